"""The switchboard: the handler that aiogram would run, found without asking everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram import BaseMiddleware, Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.filters import Command, Filter, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

from bot.switchboard import Switchboard
from handlers.filters import Pressed
from tests.intake.fake_telegram import TOKEN, message, press


class Opened(CallbackData, prefix="o"):
    """A press."""

    number: int


class OpenedToo(CallbackData, prefix="oo"):
    """A press whose prefix begins like another."""

    number: int


class Loud(Filter):
    """Passes words with an exclamation mark and counts those it was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Match, and hand on how many marks there are."""
        self.asked += 1
        marks = (message.text or "").count("!")
        return {"marks": marks} if marks else False


class Adding(BaseMiddleware):
    """Adds a word to the data of inner handlers."""

    async def __call__(
        self, handler: Callable[..., Any], event: TelegramObject, data: dict[str, Any]
    ) -> Any:
        """Add and go on."""
        return await handler(event, {**data, "word": "inner"})


def tree() -> Router:
    """Return routers inside of routers, with all that decides between them."""
    root, first, inner, last = (Router(name=name) for name in ("root", "first", "inner", "last"))

    @first.message(Command("go"))
    async def go(_: Message) -> str:
        return "go"

    @first.message(Loud())
    async def skipping(_: Message, marks: int) -> str:
        if marks > 1:
            raise SkipHandler
        return f"loud {marks}"

    @first.callback_query(Pressed(Opened, number=1))
    async def one(_: CallbackQuery, press: Opened) -> str:
        return f"one {press.number}"

    @first.callback_query(Pressed(OpenedToo))
    async def too(_: CallbackQuery) -> object:
        return UNHANDLED

    @first.callback_query(Pressed(OpenedToo))
    async def never(_: CallbackQuery) -> str:
        return "never"

    @inner.message(StateFilter("writing"))
    async def writing(_: Message, word: str, state: FSMContext) -> str:
        return f"{word} {await state.get_state()}"

    @last.message()
    async def rest(_: Message, event_router: Router) -> str:
        return event_router.name

    @last.callback_query()
    async def other(callback: CallbackQuery) -> str:
        return f"other {callback.data}"

    inner.message.middleware(Adding())
    first.include_router(inner)
    root.include_routers(first, last)
    return root


@pytest.mark.parametrize("state", [None, "writing", "elsewhere"])
@pytest.mark.parametrize(
    "event",
    [
        {"message": message(7, "/go")},
        {"message": message(7, "/stop")},
        {"message": message(7, "hello")},
        {"message": message(7, "hello!")},
        {"message": message(7, "hello!!")},
        press(7, "o:1"),
        press(7, "o:2"),
        press(7, "oo:1"),
        press(7, "x"),
        {"edited_message": message(7, "hello")},
    ],
)
async def test_the_same_handler_as_aiograms(event: dict[str, Any], state: str | None) -> None:
    """Whatever comes in whatever state, the outcome is that of aiogram's own dispatcher."""
    bot = Bot(TOKEN)
    outcomes = []
    for kind in (Dispatcher, Switchboard):
        dispatcher = kind()
        dispatcher.include_router(tree())
        context = dispatcher.fsm.get_context(bot, 7, 7)
        await context.set_state(state)
        update = Update.model_validate({"update_id": 1, **event}, context={"bot": bot})
        outcomes.append(await dispatcher.feed_update(bot, update))

    assert outcomes[0] == outcomes[1]


async def test_a_filter_after_a_foreign_prefix_is_not_asked() -> None:
    """Commands and buttons are told apart before any filter of theirs is asked."""
    bot, loud = Bot(TOKEN), Loud()
    dispatcher = Switchboard()

    @dispatcher.message(Command("go"), loud)
    async def go(_: Message) -> str:
        return "go"

    update = Update.model_validate(
        {"update_id": 1, "message": message(7, "hello!")}, context={"bot": bot}
    )

    assert await dispatcher.feed_update(bot, update) is UNHANDLED
    assert 0 == loud.asked
