"""The shortcut of the intake: less work for what it knows, nothing lost where it does not."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from aiogram import Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import ErrorEvent, Message

from bot.runner.intake import OutOfTime
from tests.intake.fake_telegram import message


def update(number: int, chat: int) -> dict[str, Any]:
    """Return a message as an update with a number of its own."""
    return {"update_id": number, "message": message(chat, "hello")}


@pytest.fixture
def handled(dispatcher: Dispatcher) -> list[int]:
    """Collect the chats whose messages went through the dispatcher."""
    chats: list[int] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        chats.append(message.chat.id)

    return chats


async def test_what_the_shortcut_answers_is_done(make_intake: Any, handled: list[int]) -> None:
    """Its answer is returned unsent, and the dispatcher never sees the update."""
    answer = SendMessage(chat_id=7, text="done")

    async def shortcut(_: Mapping[str, Any]) -> SendMessage:
        return answer

    assert answer is await make_intake(shortcut=shortcut).take(update(1, 7))
    assert [] == handled


async def test_what_the_shortcut_does_not_know_goes_the_usual_way(
    make_intake: Any, handled: list[int]
) -> None:
    """None from the shortcut means that the dispatcher gets the update."""

    async def shortcut(_: Mapping[str, Any]) -> None:
        return None

    await make_intake(shortcut=shortcut).take(update(1, 7))

    assert [7] == handled


async def test_where_the_shortcut_fails_the_update_goes_the_usual_way(
    make_intake: Any, handled: list[int]
) -> None:
    """No failure of the shortcut loses an update."""

    async def shortcut(_: Mapping[str, Any]) -> None:
        raise LookupError

    await make_intake(shortcut=shortcut).take(update(1, 7))

    assert [7] == handled


async def test_a_shortcut_that_hangs_ends_like_a_handler_that_hangs(
    dispatcher: Dispatcher, make_intake: Any, handled: list[int]
) -> None:
    """Its budget is the handler's, and OutOfTime reaches the error handlers."""
    errors: list[type[Exception]] = []

    @dispatcher.error()
    async def failed(event: ErrorEvent) -> None:
        errors.append(type(event.exception))

    async def shortcut(_: Mapping[str, Any]) -> None:
        await asyncio.Event().wait()

    await make_intake(budget=0.05, shortcut=shortcut).take(update(1, 7))

    assert [OutOfTime] == errors
    assert [] == handled
