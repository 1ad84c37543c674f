"""Taps on inline buttons."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.client import Chat, Desk, DeskError, NotSeen
from sandbox.server import Sandbox, Settings
from tests.sandbox.conftest import AIGUL, new_bot

MARKUP = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Иә", callback_data="yes")]]
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def tap_of(bot: Bot) -> CallbackQuery:
    """Return the newest tap that waits for the bot."""
    updates = await bot.get_updates(offset=-1, timeout=5)
    query = updates[0].callback_query
    assert query is not None
    return query


async def test_answer_reaches_the_person(bot: Bot, aigul: Chat) -> None:
    """A tap waits for its pop-up, and its data and message reach the bot."""
    await bot.send_message(aigul.id, "?", reply_markup=MARKUP)
    press = asyncio.create_task(aigul.press("Иә"))
    query = await tap_of(bot)
    assert ("yes", AIGUL) == (query.data, query.from_user.id)
    await bot.answer_callback_query(query.id, text="ok", show_alert=True)
    answer = await press
    assert answer is not None
    assert ("ok", True) == (answer.text, answer.show_alert)


async def test_tap_is_answered_once(bot: Bot, aigul: Chat) -> None:
    """A second answer comes too late."""
    await bot.send_message(aigul.id, "?", reply_markup=MARKUP)
    await aigul.press("Иә", wait=0)
    query = await tap_of(bot)
    assert await bot.answer_callback_query(query.id)
    with pytest.raises(TelegramBadRequest, match=TOO_OLD):
        await bot.answer_callback_query(query.id)


async def test_tap_grows_old_on_the_clock(sandbox_factory: Any) -> None:
    """A tap that lives on the sandbox's clock dies when the clock moves past its life."""
    settings = Settings(callback_life=timedelta(minutes=1), callback_on_clock=True)
    sandbox: Sandbox = await sandbox_factory(settings=settings)
    sandbox.telegram.private(AIGUL).started = True
    async with Desk(sandbox.page) as desk, new_bot(sandbox) as bot:
        await bot.send_message(AIGUL, "?", reply_markup=MARKUP)
        await desk.chat(AIGUL).press("Иә", wait=0)
        query = await tap_of(bot)
        await desk.advance(61)
        with pytest.raises(TelegramBadRequest, match=TOO_OLD):
            await bot.answer_callback_query(query.id)


async def test_data_can_be_forged(bot: Bot, aigul: Chat) -> None:
    """A person with a changed app sends what no button held."""
    sent = await bot.send_message(aigul.id, "?", reply_markup=MARKUP)
    await aigul.press_data(sent.message_id, "forged", wait=0)
    assert "forged" == (await tap_of(bot)).data


async def test_tap_on_nothing_is_an_error(bot: Bot, aigul: Chat) -> None:
    """A label or message that is not there is said to the test."""
    await bot.send_message(aigul.id, "?", reply_markup=MARKUP)
    with pytest.raises(NotSeen, match="no button 'Жоқ'"):
        await aigul.press("Жоқ")
    with pytest.raises(DeskError, match="no such message"):
        await aigul.press_data(99, "x")
