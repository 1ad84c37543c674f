"""Long polling: nothing confirmed before its work has ended, nothing held up by its neighbour."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiohttp import web

from bot.nursery import Nursery
from bot.runner.polling import poll
from bot.runner.token import TokenRefused
from tests.intake.fake_telegram import FakeTelegram, message, refusal


@pytest.fixture
def end() -> asyncio.Event:
    """Give what slow handlers wait for."""
    return asyncio.Event()


@pytest.fixture
def texts(dispatcher: Dispatcher, end: asyncio.Event) -> list[str | None]:
    """Handle messages by noting their texts; "slow" waits for the end, "hang" for ever."""
    seen: list[str | None] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        if message.text == "hang":
            await asyncio.Event().wait()
        if message.text == "slow":
            await end.wait()
        seen.append(message.text)

    return seen


async def test_nothing_is_confirmed_before_its_work_has_ended(
    telegram: FakeTelegram, dispatcher: Dispatcher, make_intake: Any, polling: Any, eventually: Any
) -> None:
    """While a handler works Telegram keeps its update; afterwards it forgets it."""
    gate = asyncio.Event()

    @dispatcher.message()
    async def handle(_: Message) -> None:
        await gate.wait()

    number = telegram.say(7)
    async with polling(make_intake()):
        await eventually(lambda: len(telegram.asked) >= 3)
        kept = number in telegram.queue
        gate.set()
        await eventually(lambda: telegram.confirmed[number])

    assert kept


async def test_an_update_in_work_is_not_handed_out_again(
    telegram: FakeTelegram, dispatcher: Dispatcher, make_intake: Any, polling: Any, eventually: Any
) -> None:
    """Telegram repeats what nobody confirmed; it is known by its number."""
    gate = asyncio.Event()
    begun: list[str | None] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        begun.append(message.text)
        if message.text == "first":
            await gate.wait()

    telegram.say(7, "first")
    telegram.say(8, "second")
    async with polling(make_intake()):
        await eventually(lambda: len(telegram.asked) >= 3)
        gate.set()
        await eventually(lambda: not telegram.queue)

    assert ["first", "second"] == begun


async def test_waiting_for_a_handler_is_not_a_busy_loop(
    telegram: FakeTelegram, texts: list[str], make_intake: Any, polling: Any, end: asyncio.Event
) -> None:
    """A handler of two seconds costs a few questions, not thousands."""
    telegram.say(7, "slow")
    async with polling(make_intake()):
        await asyncio.sleep(2)
        end.set()

    print(f"{len(telegram.asked)} questions in two seconds")
    assert ["slow"] == texts
    assert len(telegram.asked) < 20


@pytest.mark.usefixtures("texts")
async def test_what_takes_long_is_parked_until_it_ends(
    telegram: FakeTelegram,
    make_intake: Any,
    polling: Any,
    eventually: Any,
    shelf: Any,
    end: asyncio.Event,
) -> None:
    """Past a second the shelf keeps an update instead of Telegram, and forgets it at its end."""
    number = telegram.say(7, "slow")
    async with polling(make_intake()):
        await eventually(lambda: telegram.confirmed[number])
        parked = set(shelf.kept)
        end.set()
        await eventually(lambda: not shelf.kept)

    assert {number} == parked
    assert {} == shelf.kept


async def test_a_chat_that_hangs_with_a_full_window_holds_up_nobody(
    telegram: FakeTelegram,
    texts: list[str],
    make_intake: Any,
    polling: Any,
    eventually: Any,
    shelf: Any,
) -> None:
    """Behind 300 updates of a hanging chat, those of another chat are handled at once."""
    for _ in range(300):
        telegram.say(7, "hang")
    telegram.say(8, "good")
    async with polling(make_intake(budget=60), drain=0):
        await eventually(lambda: texts)

    assert ["good"] == texts
    assert 300 == len(shelf.kept)


async def test_the_parked_are_taken_up_at_the_next_start(
    telegram: FakeTelegram,
    texts: list[str],
    make_intake: Any,
    polling: Any,
    eventually: Any,
    shelf: Any,
) -> None:
    """An update that was parked when the program died is handled by the next one, in order."""
    shelf.kept = {
        -1: b'{"update_id": -1, "message": 5}',
        -2: b'{"update_id": -2, "message": %s}' % web.json_response(message(7, "old")).body,
    }
    telegram.say(7, "new")
    async with polling(make_intake()):
        await eventually(lambda: len(texts) == 2 and not shelf.kept)

    assert ["old", "new"] == texts


async def test_a_parked_update_that_telegram_repeats_runs_once(
    telegram: FakeTelegram,
    texts: list[str],
    make_intake: Any,
    polling: Any,
    eventually: Any,
    shelf: Any,
) -> None:
    """A kill between parking and confirming leaves an update in both places."""
    number = telegram.say(7, "both")
    shelf.kept = {number: telegram.queue[number]}
    telegram.say(7, "last")
    async with polling(make_intake()):
        await eventually(lambda: "last" in texts)

    assert ["both", "last"] == texts


async def test_a_parked_update_that_comes_again_in_work_runs_once(
    telegram: FakeTelegram,
    texts: list[str],
    make_intake: Any,
    polling: Any,
    eventually: Any,
    end: asyncio.Event,
) -> None:
    """Telegram may repeat what was confirmed and is still in work; the poller lives on."""
    number = telegram.say(7, "slow")
    body = telegram.queue[number]
    async with polling(make_intake()):
        await eventually(lambda: telegram.confirmed[number])
        telegram.give_bytes(number, body)
        asked = len(telegram.asked)
        await eventually(lambda: len(telegram.asked) > asked)
        end.set()
        await eventually(lambda: texts)
        telegram.say(8, "after")
        await eventually(lambda: "after" in texts)

    assert ["slow", "after"] == texts


async def test_a_shelf_that_fails_keeps_updates_with_telegram(
    telegram: FakeTelegram,
    texts: list[str],
    make_intake: Any,
    polling: Any,
    eventually: Any,
    shelf: Any,
    monkeypatch: pytest.MonkeyPatch,
    end: asyncio.Event,
) -> None:
    """What cannot be written down is not confirmed, and others go on within the window."""
    tried = asyncio.Event()

    async def full(_: object) -> None:
        tried.set()
        raise OSError("no space left on device")

    monkeypatch.setattr(shelf, "put", full)
    number = telegram.say(7, "slow")
    async with polling(make_intake()):
        await tried.wait()
        telegram.say(8, "quick")
        await eventually(lambda: texts)
        kept = number in telegram.queue
        end.set()
        await eventually(lambda: not telegram.queue)

    assert kept
    assert ["quick", "slow"] == texts


async def test_what_is_secret_never_lies_on_the_shelf(
    telegram: FakeTelegram,
    texts: list[str],
    make_intake: Any,
    polling: Any,
    eventually: Any,
    shelf: Any,
    end: asyncio.Event,
) -> None:
    """An update that may not be written down stays with Telegram until its work has ended."""
    shelf.secret = lambda _: True
    number = telegram.say(7, "slow")
    async with polling(make_intake()):
        await asyncio.sleep(1.5)
        kept = number in telegram.queue
        end.set()
        await eventually(lambda: texts)

    assert kept
    assert set() == shelf.ever


async def test_stopping_lets_handlers_end_and_confirms_them(
    telegram: FakeTelegram,
    texts: list[str],
    make_intake: Any,
    polling: Any,
    eventually: Any,
    end: asyncio.Event,
) -> None:
    """After the signal what was begun is finished and confirmed, and nothing new is begun."""
    numbers = [telegram.say(chat, "slow") for chat in range(1, 51)]
    async with polling(make_intake()) as stop:
        await eventually(lambda: len(telegram.asked) >= 2)
        stop.set()
        telegram.say(99, "too late")
        asyncio.get_running_loop().call_later(0.3, end.set)

    assert ["slow"] * 50 == texts
    assert [1] * 50 == [telegram.confirmed[number] for number in numbers]
    assert 1 == len(telegram.queue)


async def test_what_does_not_end_in_time_comes_again(
    telegram: FakeTelegram, texts: list[str], make_intake: Any, polling: Any, eventually: Any
) -> None:
    """A handler that outlives the drain is cancelled and its update is not confirmed."""
    telegram.say(7, "good")
    hanging = telegram.say(8, "hang")
    async with polling(make_intake(), drain=0.1):
        await eventually(lambda: texts)

    assert [hanging] == list(telegram.queue)


async def test_the_answer_of_a_handler_is_sent(
    telegram: FakeTelegram, dispatcher: Dispatcher, make_intake: Any, polling: Any, eventually: Any
) -> None:
    """A method that a handler returns is called before its update is confirmed."""

    @dispatcher.message()
    async def handle(message: Message) -> SendMessage:
        return message.answer("Sälem")

    number = telegram.say(7)
    async with polling(make_intake()):
        await eventually(lambda: telegram.confirmed[number])

    assert ["sendMessage"] == [method for method, _ in telegram.calls]


@pytest.mark.parametrize(
    "fault",
    [
        lambda: refusal(500, "Internal Server Error"),
        lambda: refusal(502, "Bad Gateway"),
        lambda: refusal(429, "Too Many Requests: retry after 1", retry_after=1),
        lambda: web.Response(text="<html>a proxy speaks</html>"),
        lambda: web.Response(text="<html>a proxy fails</html>", status=503),
        lambda: web.json_response(["not an answer"]),
        lambda: web.json_response({"ok": True, "result": "not a list"}),
        lambda: web.json_response({"ok": True, "result": [None, 5, "x", {"message": {}}]}),
    ],
    ids=["500", "502", "429", "html", "503-html", "list", "no-list", "nameless"],
)
async def test_polling_goes_on_after_a_fault(
    fault: Any,
    telegram: FakeTelegram,
    texts: list[str],
    make_intake: Any,
    polling: Any,
    eventually: Any,
) -> None:
    """After any odd answer the loop asks again and loses nothing."""
    telegram.faults.extend([fault(), fault()])
    number = telegram.say(7)
    async with polling(make_intake()):
        await eventually(lambda: telegram.confirmed[number])

    assert ["hello"] == texts


async def test_a_dead_telegram_is_asked_again(
    texts: list[str], make_intake: Any, polling: Any, eventually: Any, telegram: FakeTelegram
) -> None:
    """Connections that are refused or cut do not end the polling."""
    url = telegram.url
    await telegram.__aexit__()
    async with polling(make_intake()):
        await asyncio.sleep(0.3)
        async with FakeTelegram(int(url.rpartition(":")[2])) as revived:
            revived.say(7, "alive")
            await eventually(lambda: texts)

    assert ["alive"] == texts


async def test_a_webhook_in_the_way_is_removed_with_nothing_dropped(
    telegram: FakeTelegram, texts: list[str], make_intake: Any, polling: Any, eventually: Any
) -> None:
    """Whoever polls wants to poll: the webhook goes, the waiting updates stay."""
    conflict = "Conflict: can't use getUpdates method while webhook is active"
    telegram.faults.append(refusal(409, conflict))
    telegram.say(7)
    async with polling(make_intake()):
        await eventually(lambda: texts)

    assert "deleteWebhook" == telegram.calls[0][0]
    assert "true" != telegram.calls[0][1].get("drop_pending_updates")


async def test_a_second_poller_is_waited_out(
    telegram: FakeTelegram, make_intake: Any, polling: Any, eventually: Any
) -> None:
    """A conflict is asked about slowly, and the wait ends at once with the signal to stop."""
    conflict = "Conflict: terminated by other getUpdates request"
    telegram.faults.extend(refusal(409, conflict) for _ in range(100))
    async with polling(make_intake()):
        await eventually(lambda: telegram.asked)
        await asyncio.sleep(0.2)

    assert 2 >= len(telegram.asked)


async def test_an_unknown_token_ends_the_polling(
    telegram: FakeTelegram, make_intake: Any, bot: Bot, shelf: Any
) -> None:
    """No patience helps against a wrong token, so the program ends with a sentence."""
    telegram.faults.append(refusal(401, "Unauthorized"))
    async with Nursery() as nursery:
        with pytest.raises(TokenRefused, match="BotFather"):
            await poll(
                bot, make_intake(), asyncio.Event(), [], nursery=nursery, shelf=shelf, drain=1
            )


async def test_numbering_that_begins_anew_loses_nothing(
    telegram: FakeTelegram, texts: list[str], make_intake: Any, polling: Any, eventually: Any
) -> None:
    """After a quiet week Telegram may go on with lower numbers."""
    async with polling(make_intake()):
        for number in (900, 901, 50, 51, 52):
            body = web.json_response({"update_id": number, "message": message(7, str(number))})
            telegram.give_bytes(number, body.body)  # type: ignore[arg-type]
            await eventually(lambda: len(texts) == len(set(texts)) and not telegram.queue)

    assert ["900", "901", "50", "51", "52"] == texts


async def test_ten_thousand_waiting_updates_are_worked_off(
    telegram: FakeTelegram, texts: list[str], make_intake: Any, polling: Any, eventually: Any
) -> None:
    """A backlog of 10,000 is handled, each update once, each chat in order, and confirmed."""
    for number in range(10_000):
        telegram.say(number % 500 + 1, str(number))
    async with polling(make_intake()):
        await eventually(lambda: not telegram.queue, seconds=120)

    print(f"{len(texts)} updates, {len(telegram.asked)} questions")
    assert sorted(map(str, range(10_000))) == sorted(str(text) for text in texts)
    assert all(
        chat == sorted(chat)
        for chat in ([int(str(t)) for t in texts if int(str(t)) % 500 == c] for c in range(500))
    )
