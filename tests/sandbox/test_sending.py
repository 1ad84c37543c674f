"""What Telegram takes from a bot and what it refuses, in its own words."""

from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from sandbox.client import Chat
from sandbox.server import Sandbox
from tests.sandbox.conftest import AIGUL, OLEG


def keyboard(**button: str) -> dict[str, object]:
    """Return an inline keyboard of one button."""
    return {"inline_keyboard": [[{"text": "A"} | button]]}


REFUSALS = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "ә" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"chat_id": 999, "text": "a"}, "chat not found"),
    ({"chat_id": "@nobody", "text": "a"}, "chat not found"),
    ({"chat_id": None, "text": "a"}, "chat_id is empty"),
    ({"text": "a", "reply_markup": keyboard(callback_data="ә" * 33)}, "BUTTON_DATA_INVALID"),
    ({"text": "a", "reply_markup": keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
    (
        {"text": "a", "reply_markup": keyboard()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "a", "reply_markup": keyboard(url="nonsense")},
        "inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL",
    ),
    (
        {
            "text": "a",
            "reply_markup": {"inline_keyboard": [[{"text": "A", "url": "t.me/a"}] * 101]},
        },
        "REPLY_MARKUP_TOO_LONG",
    ),
    ({"text": "a", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    ({"text": "a", "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
]


@pytest.mark.parametrize(("wrong", "words"), REFUSALS)
async def test_wrong_message_is_refused(
    sandbox: Sandbox, aigul: Chat, wrong: dict[str, object], words: str
) -> None:
    """A wrong sendMessage gets 400 with Telegram's words."""
    url = f"{sandbox.bot_api}/bot{sandbox.token}/sendMessage"
    body = {"chat_id": aigul.id} | wrong
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        expected = {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
        assert (400, expected) == (response.status, await response.json())


async def test_lengths_are_counted_after_parsing(bot: Bot, aigul: Chat) -> None:
    """4,096 UTF-16 units fit, whatever the tags and references around them take."""
    sent = await bot.send_message(aigul.id, f"<b>{'&lt;' * 4094}😀</b>", parse_mode="HTML")
    assert "<" * 4094 + "😀" == sent.text


@pytest.mark.parametrize("way", ["json", "data", "params"])
async def test_parameters_come_in_any_form(sandbox: Sandbox, aigul: Chat, way: str) -> None:
    """JSON, a form and the query string carry the same call, the method's name in any case."""
    url = f"{sandbox.bot_api}/bot{sandbox.token}/SENDmessage"
    call: dict[str, Any] = {way: {"chat_id": str(aigul.id), "text": "сәлем"}}
    async with aiohttp.ClientSession() as session, session.post(url, **call) as response:
        answer = await response.json()
    assert (True, "сәлем") == (answer["ok"], answer["result"]["text"])


async def test_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    """Another bot's token gets 401."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.bot_api}/bot1:A/getMe") as response,
    ):
        expected = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        assert (401, expected) == (response.status, await response.json())


async def test_stranger_cannot_be_written_to(bot: Bot) -> None:
    """A person who never pressed start gets nothing."""
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a use"):
        await bot.send_message(OLEG, "hello")


async def test_reply_keyboard_is_shown_used_and_removed(bot: Bot, aigul: Chat) -> None:
    """A one-time keyboard hides after a tap; ReplyKeyboardRemove takes any away."""
    markup = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Иә")]], one_time_keyboard=True, resize_keyboard=True
    )
    await bot.send_message(aigul.id, "?", reply_markup=markup)
    await aigul.tap("Иә")
    assert await aigul.reply_keyboard() is None
    await bot.send_message(
        aigul.id, "?", reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="1")]])
    )
    await aigul.tap("1")
    assert [[{"text": "1"}]] == await aigul.reply_keyboard()
    await bot.send_message(aigul.id, "!", reply_markup=ReplyKeyboardRemove())
    assert await aigul.reply_keyboard() is None


async def test_message_ids_grow_over_all_private_chats(
    sandbox: Sandbox, bot: Bot, aigul: Chat
) -> None:
    """The bot's private chats share one row of message numbers."""
    sandbox.telegram.private(OLEG).started = True
    sent = [await bot.send_message(chat, "a") for chat in (AIGUL, OLEG, AIGUL)]
    assert [1, 2, 3] == [message.message_id for message in sent]
    assert 2 == len(await aigul.messages())


async def test_reply_carries_what_it_answers(bot: Bot, aigul: Chat) -> None:
    """A reply shows the message it answers."""
    question = await aigul.send("question")
    sent = await bot.send_message(
        aigul.id, "answer", reply_parameters=ReplyParameters(message_id=question.id)
    )
    assert sent.reply_to_message is not None
    assert "question" == sent.reply_to_message.text


async def test_copy_and_forward(bot: Bot, aigul: Chat) -> None:
    """A copy has no origin, a forward names it."""
    source = await aigul.send("from me")
    copied = await bot.copy_message(aigul.id, aigul.id, source.id)
    forwarded = await bot.forward_message(aigul.id, aigul.id, source.id)
    chat = {message.id: message for message in await aigul.messages()}
    assert "forward_origin" not in chat[copied.message_id].json
    assert forwarded.forward_origin is not None
    assert "user" == forwarded.forward_origin.type


async def test_actions_show_until_the_next_message(bot: Bot, aigul: Chat) -> None:
    """«typing…» disappears when the message is there."""
    await bot.send_chat_action(aigul.id, "typing")
    assert ["typing"] == (await aigul.shown())["actions"]
    await bot.send_message(aigul.id, "done")
    assert [] == (await aigul.shown())["actions"]


async def test_pin_and_unpin(bot: Bot, aigul: Chat) -> None:
    """A pinned message is part of getChat until it is unpinned."""
    sent = await bot.send_message(aigul.id, "important")
    await bot.pin_chat_message(aigul.id, sent.message_id)
    pinned = (await bot.get_chat(aigul.id)).pinned_message
    assert pinned is not None
    assert sent.message_id == pinned.message_id
    await bot.unpin_chat_message(aigul.id)
    assert (await bot.get_chat(aigul.id)).pinned_message is None


EDIT_REFUSALS = [
    (
        "same",
        (
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        ),
    ),
    ("missing", "message to edit not found"),
    ("foreign", "message can't be edited"),
    ("fixed", "message can't be edited"),
]


@pytest.mark.parametrize(("which", "words"), EDIT_REFUSALS)
async def test_wrong_edit_is_refused(bot: Bot, aigul: Chat, which: str, words: str) -> None:
    """Unchanged, missing, foreign messages and those with a reply keyboard are not edited."""
    same = await bot.send_message(aigul.id, "<b>text</b>", parse_mode="HTML")
    fixed = await bot.send_message(aigul.id, "text", reply_markup=ReplyKeyboardRemove())
    ids = {
        "same": same.message_id,
        "missing": 999,
        "foreign": (await aigul.send("mine")).id,
        "fixed": fixed.message_id,
    }
    with pytest.raises(TelegramBadRequest, match=f"Bad Request: {words}"):
        await bot.edit_message_text(
            "<b>text</b>", chat_id=aigul.id, message_id=ids[which], parse_mode="HTML"
        )


async def test_edit_changes_text_and_keyboard_in_place(bot: Bot, aigul: Chat) -> None:
    """An edit keeps the number, sets the date of the edit, and drops an unnamed keyboard."""
    markup = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]]
    )
    sent = await bot.send_message(aigul.id, "before", reply_markup=markup)
    await bot.edit_message_text("after", chat_id=aigul.id, message_id=sent.message_id)
    last = await aigul.last()
    assert (sent.message_id, "after", []) == (last.id, last.text, last.labels)
    assert "edit_date" in last.json


async def test_delete_removes_young_messages_only(sandbox: Sandbox, bot: Bot, aigul: Chat) -> None:
    """A message can be deleted once, and within 48 hours of the sandbox's clock."""
    first = await bot.send_message(aigul.id, "a")
    second = await bot.send_message(aigul.id, "b")
    assert await bot.delete_message(aigul.id, first.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(aigul.id, first.message_id)
    sandbox.clock.advance(sandbox.telegram.settings.callback_life * 2000)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_message(aigul.id, second.message_id)
