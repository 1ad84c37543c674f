"""What goes wrong on order."""

import asyncio
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.client import Chat, Desk
from sandbox.pytest_plugin import failure_of
from sandbox.server import Sandbox


async def test_flood_on_order(bot: Bot, aigul: Chat, desk: Desk) -> None:
    """The next n calls of a method answer 429, and nothing of them happens."""
    await desk.fault("429", 2, method="sendMessage", retry_after=7)
    assert (await bot.get_me()).is_bot
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter) as refused:
            await bot.send_message(aigul.id, "a")
        assert 7 == refused.value.retry_after
        assert "Too Many Requests: retry after 7" in refused.value.message
    await bot.send_message(aigul.id, "b")
    assert ["b"] == [message.text for message in await aigul.messages()]
    calls = [(call["ok"], call["error_code"]) for call in await desk.calls("sendMessage")]
    assert [(False, 429), (False, 429), (True, None)] == calls


async def test_fault_lasts_until_it_is_cleared(bot: Bot, desk: Desk) -> None:
    """Count -1 strikes every call but getUpdates."""
    await desk.fault("500", -1)
    for _ in range(3):
        with pytest.raises(TelegramServerError, match="Internal Server Error"):
            await bot.get_me()
    assert [] == await bot.get_updates(timeout=0)
    await desk.clear_faults()
    assert (await bot.get_me()).is_bot


async def test_fault_strikes_a_share(bot: Bot, desk: Desk) -> None:
    """A chance of a half strikes every second call."""
    await desk.fault("500", -1, chance=0.5)
    answers = [await call_fails(bot) for _ in range(4)]
    assert [False, True, False, True] == answers


async def call_fails(bot: Bot) -> bool:
    """Return whether one getMe fails."""
    try:
        await bot.get_me()
    except TelegramServerError:
        return True
    return False


async def test_connection_drops_after_the_work(bot: Bot, aigul: Chat, desk: Desk) -> None:
    """The bot hears nothing, and the message is there."""
    await desk.fault("drop_after", method="sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(aigul.id, "arrived")
    assert "arrived" == (await aigul.last()).text


async def test_connection_drops_before_the_work(bot: Bot, aigul: Chat, desk: Desk) -> None:
    """The bot hears nothing, and there is no message."""
    await desk.fault("drop_before", method="sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(aigul.id, "lost")
    assert [] == await aigul.messages()


async def test_call_times_out(bot: Bot, desk: Desk) -> None:
    """A call that gets no answer ends when the bot's patience does."""
    await desk.fault("timeout")
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.get_me(request_timeout=0.2)  # type: ignore[arg-type]


async def test_update_comes_again_after_its_confirmation(
    bot: Bot, aigul: Chat, desk: Desk
) -> None:
    """A duplicate has the same update id and comes once more, then never again."""
    await desk.fault("duplicate", -1)
    await aigul.send("one")
    seen: list[int] = []
    offset = None
    for _ in range(4):
        updates = await bot.get_updates(offset=offset, timeout=0)
        seen.extend(update.update_id for update in updates)
        offset = seen[-1] + 1
    assert 2 == len(seen)
    assert 1 == len(set(seen))


async def test_tap_repeats_under_a_new_id(bot: Bot, aigul: Chat, desk: Desk) -> None:
    """A repeated tap has the same data and another update id and query id."""
    markup = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]]
    )
    await bot.send_message(aigul.id, "?", reply_markup=markup)
    await desk.fault("repeat_tap")
    await aigul.press("A", wait=0)
    updates = await bot.get_updates(timeout=0)
    queries = [update.callback_query for update in updates if update.callback_query]
    assert ["a", "a"] == [query.data for query in queries]
    assert 2 == len({query.id for query in queries})
    assert 2 == len({update.update_id for update in updates})


async def test_update_is_overtaken(bot: Bot, aigul: Chat, desk: Desk) -> None:
    """An overtaken update comes after a later one and is not lost by its confirmation."""
    await desk.fault("out_of_order")
    await aigul.send("first")
    await aigul.send("second")
    (second,) = await bot.get_updates(limit=1, timeout=0)
    assert second.message is not None
    assert "second" == second.message.text
    (first,) = await bot.get_updates(offset=second.update_id + 1, timeout=0)
    assert first.update_id < second.update_id
    assert [] == await bot.get_updates(offset=second.update_id + 1, timeout=0)


async def test_overtaken_update_comes_alone_too(bot: Bot, aigul: Chat, desk: Desk) -> None:
    """If nothing follows, an overtaken update comes by itself after a moment."""
    await desk.fault("out_of_order")
    await aigul.send("alone")
    assert [] == await bot.get_updates(timeout=0)
    assert 1 == len(await bot.get_updates(timeout=5))


async def test_unknown_method_is_told_and_counted(sandbox_factory: Any) -> None:
    """A method that the sandbox lacks answers 404 with its name."""
    sandbox: Sandbox = await sandbox_factory()
    url = f"{sandbox.bot_api}/bot{sandbox.token}/sendInvoice"
    async with aiohttp.ClientSession() as session, session.post(url) as response:
        words = "Not Found: method sendInvoice is not implemented by the sandbox"
        assert (404, words) == (response.status, (await response.json())["description"])
    assert {"sendInvoice": 1} == sandbox.unimplemented
    expected = "the bot called methods that the sandbox does not implement: sendInvoice (1)"
    assert expected == failure_of(sandbox)
    sandbox.telegram.calls.unimplemented.clear()


async def test_desk_settles_when_the_work_is_done(bot: Bot, aigul: Chat, desk: Desk) -> None:
    """settle() waits for the confirmation of the last update."""
    await aigul.send("work")

    async def work() -> None:
        (update,) = await bot.get_updates(timeout=5)
        await asyncio.sleep(0.1)
        await bot.send_message(aigul.id, "done")
        await bot.get_updates(offset=update.update_id + 1, timeout=0)

    task = asyncio.create_task(work())
    await desk.settle()
    assert "done" == (await aigul.last()).text
    await task
