"""What rides in the response to the webhook, and what is said by a call of its own."""

import asyncio
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, Message

from bot.allowance import Allowance
from bot.runner.reply import RidingAnswers, Seats
from handlers.screen import Screen, acknowledge, send, show
from handlers.seat import present_seat
from tests.intake.fake_telegram import FakeTelegram, message, press
from tests.intake.test_webhook import open_hook

__all__ = ["open_hook"]


def update(number: int, content: dict[str, Any]) -> dict[str, Any]:
    """Return an update."""
    return {"update_id": number, **content}


def methods(telegram: FakeTelegram) -> list[str]:
    """Return which methods were called, in their order."""
    return [method for method, _ in telegram.calls]


async def test_the_answer_to_a_press_rides(
    dispatcher: Dispatcher, telegram: FakeTelegram, make_intake: Any, open_hook: Any
) -> None:
    """The press is answered in the response, the screen by a call."""

    @dispatcher.callback_query()
    async def handle(callback: CallbackQuery) -> None:
        await show(callback, Screen("next"))

    intake = make_intake()
    intake.bot.session.middleware(RidingAnswers())
    response = await (await open_hook(intake)).post(update(1, press(7, "x")))

    assert "answerCallbackQuery" == (await response.json())["method"]
    assert ["editMessageText"] == methods(telegram)


async def test_words_take_the_seat_of_silence(
    dispatcher: Dispatcher, telegram: FakeTelegram, make_intake: Any, open_hook: Any
) -> None:
    """Of two answers to one press the one that says something is shown."""

    @dispatcher.callback_query()
    async def handle(callback: CallbackQuery) -> None:
        await acknowledge(callback)
        await acknowledge(callback, "done")

    intake = make_intake()
    intake.bot.session.middleware(RidingAnswers())
    response = await (await open_hook(intake)).post(update(1, press(7, "x")))

    assert "done" == (await response.json())["text"]
    assert [] == methods(telegram)


async def test_silence_does_not_overtake_words(
    dispatcher: Dispatcher, telegram: FakeTelegram, make_intake: Any, open_hook: Any
) -> None:
    """What is said in a pop-up is seen, though the screen after it answers the press too."""

    @dispatcher.callback_query()
    async def handle(callback: CallbackQuery) -> None:
        await acknowledge(callback, "no")
        await show(callback, Screen("as it is now"))

    intake = make_intake()
    intake.bot.session.middleware(RidingAnswers())
    response = await (await open_hook(intake)).post(update(1, press(7, "x")))

    assert "no" == (await response.json())["text"]
    assert ["editMessageText"] == methods(telegram)


async def test_the_last_screen_rides_and_order_is_kept(
    dispatcher: Dispatcher, telegram: FakeTelegram, make_intake: Any, open_hook: Any
) -> None:
    """Of several screens the last one rides; those before it are sent before."""

    @dispatcher.message()
    async def handle(message: Message, bot: Bot) -> None:
        await send(message, Screen("first"))
        await bot.send_chat_action(message.chat.id, "typing")
        await send(message, Screen("second"))
        await send(message, Screen("third"))

    intake = make_intake()
    intake.bot.session.middleware(RidingAnswers())
    hook = await open_hook(intake, seats=Seats(Allowance(30)))
    response = await hook.post(update(1, {"message": message(7, "hello")}))

    assert "third" == (await response.json())["text"]
    assert ["sendMessage", "sendChatAction", "sendMessage"] == methods(telegram)
    assert ["first", "second"] == [facts["text"] for _, facts in telegram.calls if "text" in facts]


async def test_what_rides_is_counted(
    dispatcher: Dispatcher, telegram: FakeTelegram, make_intake: Any, open_hook: Any
) -> None:
    """Where the chat has had its share, or Telegram asked for a pause, nothing rides."""

    @dispatcher.message()
    async def handle(message: Message) -> None:
        await send(message, Screen("screen"))

    allowance = Allowance(1000, free=1000, chat_burst=2)
    intake = make_intake()
    intake.bot.session.middleware(RidingAnswers())
    hook = await open_hook(intake, seats=Seats(allowance))
    said = [update(number, {"message": message(7, "hello")}) for number in range(1, 5)]
    rode = [bool(await (await hook.post(one)).read()) for one in said[:3]]
    allowance.flooded(60)
    rode.append(bool(await (await hook.post({**said[3], "message": message(8, "hello")})).read()))

    assert [True, True, False, False] == rode
    assert ["sendMessage", "sendMessage"] == methods(telegram)


async def test_what_must_wait_shows_nothing(
    dispatcher: Dispatcher, telegram: FakeTelegram, make_intake: Any, open_hook: Any
) -> None:
    """A screen of an update that comes again is not sent before the word that it comes again."""

    @dispatcher.message()
    async def handle(message: Message) -> None:
        await send(message, Screen("done"))
        raise ConnectionError

    async def sorry(_raw: object, _waited: float) -> None:
        await intake.bot.send_message(7, "sorry")

    intake = make_intake(later=(ConnectionError,), sorry=sorry)
    intake.bot.session.middleware(RidingAnswers())
    response = await (await open_hook(intake)).post(update(1, {"message": message(7, "hello")}))

    assert 503 == response.status
    assert ["sorry"] == [facts["text"] for _, facts in telegram.calls]


async def test_a_task_that_outlives_its_update_makes_calls(
    dispatcher: Dispatcher, telegram: FakeTelegram, make_intake: Any, open_hook: Any
) -> None:
    """Once the response went, nothing can ride in it."""
    gone = asyncio.Event()

    async def later(message: Message) -> None:
        await gone.wait()
        await send(message, Screen("later"))

    tasks = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        assert present_seat() is not None
        tasks.append(asyncio.ensure_future(later(message)))

    hook = await open_hook(make_intake())
    response = await hook.post(update(1, {"message": message(7, "hello")}))
    gone.set()
    await asyncio.gather(*tasks)

    assert b"" == await response.read()
    assert ["sendMessage"] == methods(telegram)
