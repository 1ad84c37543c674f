"""One update at a time, or many at once: what the intake promises to those who feed it."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, ErrorEvent, Message

from bot.runner.intake import NotNow, OutOfTime
from tests.intake.fake_telegram import FakeTelegram, message, press


def update(number: int, chat: int, text: str = "hello") -> dict[str, Any]:
    """Return a message as an update with a number of its own."""
    return {"update_id": number, "message": message(chat, text)}


async def test_one_chat_is_handled_in_the_order_of_arrival(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """Of ten messages in one chat each begins after the one before has ended."""
    seen: list[str] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        seen.append(f"begin {message.text}")
        await asyncio.sleep(0)
        seen.append(f"end {message.text}")

    intake = make_intake()
    await asyncio.gather(*(intake.take(update(n, 7, str(n))) for n in range(10)))

    assert [f"{word} {n}" for n in range(10) for word in ("begin", "end")] == seen


async def test_different_chats_go_side_by_side(dispatcher: Dispatcher, make_intake: Any) -> None:
    """Fifty chats are all in their handlers before the first handler ends."""
    inside = asyncio.Barrier(50)

    @dispatcher.message()
    async def handle(_: Message) -> None:
        await inside.wait()

    intake = make_intake()
    await asyncio.wait_for(
        asyncio.gather(*(intake.take(update(n, n + 1)) for n in range(50))), timeout=60
    )

    assert 0 == intake.waiting


async def test_a_tap_and_a_message_of_one_chat_share_a_line(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """The order holds across kinds of updates."""
    seen: list[str] = []

    @dispatcher.message()
    async def handle(_: Message) -> None:
        await asyncio.sleep(0.01)
        seen.append("message")

    @dispatcher.callback_query()
    async def tapped(_: CallbackQuery) -> None:
        seen.append("tap")

    intake = make_intake()
    await asyncio.gather(intake.take(update(1, 7)), intake.take({"update_id": 2, **press(7, "x")}))

    assert ["message", "tap"] == seen


async def test_more_than_the_limit_wait_outside(dispatcher: Dispatcher, make_intake: Any) -> None:
    """No more handlers are at work at once than allowed."""
    inside = most = 0

    @dispatcher.message()
    async def handle(_: Message) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1

    intake = make_intake(side_by_side=3)
    await asyncio.gather(*(intake.take(update(n, n + 1)) for n in range(20)))

    assert 3 == most


async def test_one_that_gives_up_waiting_does_not_hold_its_chat(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """A cancelled update leaves the line; those behind it go on."""
    gate = asyncio.Event()
    seen: list[str | None] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        await gate.wait()
        seen.append(message.text)

    intake = make_intake()
    first, second, third = (
        asyncio.ensure_future(intake.take(update(n, 7, str(n)))) for n in (1, 2, 3)
    )
    await asyncio.sleep(0)
    second.cancel()
    gate.set()
    await asyncio.gather(first, third)
    await asyncio.wait([second])

    assert ["1", "3"] == seen
    assert 0 == intake.waiting


async def test_a_chat_whose_updates_all_give_up_is_free_again(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """Cancelling those at work and those in line at once leaves nothing behind."""
    seen: list[str | None] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        if message.text == "hang":
            await asyncio.Event().wait()
        seen.append(message.text)

    intake = make_intake()
    tasks = [asyncio.ensure_future(intake.take(update(n, 7, "hang"))) for n in range(5)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.wait_for(intake.take(update(9, 7, "free")), 60)

    assert [asyncio.CancelledError] * 5 == [type(outcome) for outcome in outcomes]
    assert ["free"] == seen


async def test_a_hanging_handler_is_cancelled_and_reported(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """Past its budget a handler is cancelled and the dispatcher's error handlers hear of it."""
    errors: list[Exception] = []
    ended: list[str] = []

    @dispatcher.message()
    async def handle(_: Message) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    @dispatcher.error()
    async def failed(event: ErrorEvent) -> None:
        errors.append(event.exception)

    await make_intake(budget=0.05).take(update(1, 7))

    assert ["cancelled"] == ended
    assert [OutOfTime] == [type(error) for error in errors]


async def test_error_handlers_of_a_slow_update_see_what_middlewares_found(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """OutOfTime passes the same middlewares as any failure, so that the language is known."""
    told: list[str] = []

    @dispatcher.update.outer_middleware()
    async def find_language(handler: Any, event: Any, data: dict[str, Any]) -> Any:
        return await handler(event, {**data, "language": "kk"})

    @dispatcher.update.outer_middleware()
    async def speak(handler: Any, event: Any, data: dict[str, Any]) -> Any:
        told.append(data["language"])
        return await handler(event, data)

    @dispatcher.message()
    async def handle(_: Message) -> None:
        await asyncio.Event().wait()

    @dispatcher.error()
    async def failed(_: ErrorEvent, event_from_user: Any) -> None:
        told.append(event_from_user.first_name)

    await make_intake(budget=0.05).take(update(1, 7))

    assert ["kk", "kk", "Aigul"] == told


async def test_a_failing_handler_ends_in_the_error_handler(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """A failure is an end as well: nothing is raised to whoever confirms."""
    errors: list[str] = []

    @dispatcher.message()
    async def handle(_: Message) -> None:
        raise ValueError("broken")

    @dispatcher.error()
    async def failed(event: ErrorEvent) -> None:
        errors.append(str(event.exception))

    await make_intake().take(update(1, 7))

    assert ["broken"] == errors


async def test_a_failure_that_nobody_handles_harms_no_other(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """Without an error handler the failure goes to the log and the chat goes on."""
    seen: list[str | None] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        if message.text == "bad":
            raise ValueError("broken")
        seen.append(message.text)

    intake = make_intake()
    await intake.take(update(1, 7, "bad"))
    await intake.take(update(2, 7, "good"))

    assert ["good"] == seen


async def test_what_may_succeed_later_is_not_done(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """Where the database cannot be reached, whoever feeds the intake must not confirm."""

    @dispatcher.message()
    async def handle(_: Message) -> None:
        raise ConnectionError("the database is away")

    with pytest.raises(NotNow):
        await make_intake(later=(ConnectionError,)).take(update(1, 7))


async def test_a_slow_handler_is_not_done_while_nothing_answers(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """Where a handler waited for a database that is away, its update must not be confirmed."""

    @dispatcher.message()
    async def handle(_: Message) -> None:
        await asyncio.Event().wait()

    async def well() -> None:
        raise ConnectionError("the database is away")

    with pytest.raises(NotNow):
        await make_intake(budget=0.05, well=well).take(update(1, 7))


async def test_finish_tries_again_in_the_chats_turn(
    dispatcher: Dispatcher, make_intake: Any
) -> None:
    """While the first message of a chat cannot be stored, the second one waits behind it."""
    seen: list[str | None] = []
    failures = iter([ConnectionError("away"), ConnectionError("away")])

    @dispatcher.message()
    async def handle(message: Message) -> None:
        for error in failures:
            raise error
        seen.append(message.text)

    intake = make_intake(later=(ConnectionError,))
    await asyncio.gather(
        intake.finish(update(1, 7, "first")), intake.finish(update(2, 7, "second"))
    )

    assert ["first", "second"] == seen


async def test_a_full_quarantine_keeps_the_update_unconfirmed(
    make_intake: Any, quarantine: Any
) -> None:
    """What can neither be handled nor kept is not done."""
    quarantine.full = True

    with pytest.raises(NotNow):
        await make_intake().take({"update_id": 1, "message": 5})


async def test_the_answer_of_a_handler_is_given_back_unsent(
    dispatcher: Dispatcher, make_intake: Any, telegram: FakeTelegram
) -> None:
    """The webhook writes a handler's answer into its response, so ``take`` sends nothing."""

    @dispatcher.message()
    async def handle(message: Message) -> SendMessage:
        return message.answer("Sälem")

    answer = await make_intake().take(update(1, 7))

    assert isinstance(answer, SendMessage)
    assert (7, "Sälem") == (answer.chat_id, answer.text)
    assert [] == telegram.calls


async def test_finish_sends_the_answer(
    dispatcher: Dispatcher, make_intake: Any, telegram: FakeTelegram
) -> None:
    """Long polling has no response to write into, so ``finish`` calls Telegram."""

    @dispatcher.message()
    async def handle(message: Message, bot: Bot) -> SendMessage:
        assert bot is message.bot
        return message.answer("Sälem")

    await make_intake().finish(update(1, 7))

    assert ["sendMessage"] == [method for method, _ in telegram.calls]
