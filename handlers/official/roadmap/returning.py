"""Returning a report with a question, and replying to it: one message each.

What is being asked stands under `fact_question` in the conversation.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.official.roadmap.talk import RoadmapTalk
from handlers.provided import provide
from handlers.screen import Event, Screen, show
from handlers.text import _
from handlers.views.roadmap_callbacks import ReturnBegun, ReturnReplied
from handlers.views.roadmap_returning import (
    question_screen,
    replied_screen,
    reply_screen,
    returned_screen,
)
from services.refusal import N_, Refusal
from services.roadmap.board import read_fact
from services.roadmap.fact import Fact
from services.roadmap.reporting import checked_words
from services.roadmap.returning import may_reply, may_return, reply_to_return, return_fact

_KEY = "fact_question"


class Returning(StatesGroup):
    """What the bot waits for."""

    question = State()
    reply = State()


@dataclass(frozen=True, slots=True)
class _Asked:
    """The report that is spoken of, and the last message that was taken."""

    fact: int = 0
    heard: int = 0


async def begin_question(callback: CallbackQuery, press: ReturnBegun, talk: RoadmapTalk) -> None:
    """Ask for the question."""
    if not await talk.db.read(may_return, talk.person.id, press.fact, talk.clock.now()):
        raise Refusal(N_("This report cannot be returned any more."))
    await _begin(press.fact, talk)
    await talk.state.set_state(Returning.question)
    await _ask(callback, press.fact, talk)


async def begin_reply(callback: CallbackQuery, press: ReturnReplied, talk: RoadmapTalk) -> None:
    """Ask for the reply."""
    if not await talk.db.read(may_reply, talk.person.id, press.fact, talk.clock.now()):
        raise Refusal(N_("Nothing is asked about this report any more."))
    await _begin(press.fact, talk)
    await talk.state.set_state(Returning.reply)
    await _ask(callback, press.fact, talk)


async def take_question(message: Message, words: str, talk: RoadmapTalk) -> None:
    """Return the report with these words."""
    await _take(message, words, talk, return_fact, returned_screen)


async def take_reply(message: Message, words: str, talk: RoadmapTalk) -> None:
    """Send these words to who asked."""
    await _take(message, words, talk, reply_to_return, replied_screen)


async def take_something_else(message: Message, talk: RoadmapTalk) -> None:
    """Say that words are asked for."""
    asked = await _heard(message, talk)
    if asked is not None:
        problem = _("Please write it in words, as a text message.")
        await _ask(message, asked.fact, talk, problem)


async def _ask(event: Event, fact_id: int, talk: RoadmapTalk, problem: str = "") -> None:
    fact = await talk.db.read(read_fact, talk.person.id, fact_id, talk.day)
    indicator = (await talk.line(fact.indicator)).indicator
    replying = await talk.state.get_state() == Returning.reply.state
    screen = reply_screen if replying else question_screen
    await show(event, screen(indicator, fact, problem))


async def _begin(fact: int, talk: RoadmapTalk) -> None:
    await _keep(replace(await _asked(talk), fact=fact), talk)


async def _end(message: Message, asked: _Asked, talk: RoadmapTalk) -> None:
    await _keep(_Asked(asked.fact, message.message_id), talk)
    await talk.state.set_state(None)


async def _take(
    message: Message,
    words: str,
    talk: RoadmapTalk,
    command: Callable[..., Fact],
    screen: Callable[[str], Screen],
) -> None:
    """Do with the words what was asked for, and show what came of it."""
    asked = await _heard(message, talk)
    if asked is None:
        return
    try:
        words = checked_words(words)
    except Refusal as refusal:
        await _ask(message, asked.fact, talk, _(refusal.message))
        return
    now = talk.clock.now()
    try:
        fact = await talk.db.write(command, talk.person.id, asked.fact, words, now)
    except Refusal:
        # Nobody is asked any more: the next words are not for this.
        await _end(message, asked, talk)
        raise
    await _end(message, asked, talk)
    await show(message, screen(fact.indicator))


async def _heard(message: Message, talk: RoadmapTalk) -> _Asked | None:
    """Return what is spoken of, for a message that comes for the first time."""
    asked = await _asked(talk)
    return None if message.message_id <= asked.heard else asked


async def _asked(talk: RoadmapTalk) -> _Asked:
    return _Asked(**(await talk.state.get_data()).get(_KEY) or {})


async def _keep(asked: _Asked, talk: RoadmapTalk) -> None:
    await talk.state.update_data({_KEY: asdict(asked)})


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="road map returning"), "talk", RoadmapTalk)
    router.callback_query.register(begin_question, Pressed(ReturnBegun))
    router.callback_query.register(begin_reply, Pressed(ReturnReplied))
    return router


def words() -> Router:
    """Return the router of what is sent meanwhile; it stands after all menus."""
    router = provide(Router(name="road map returning words"), "talk", RoadmapTalk)
    router.message.register(take_question, StateFilter(Returning.question), Words())
    router.message.register(take_reply, StateFilter(Returning.reply), Words())
    router.message.register(take_something_else, StateFilter(Returning), NotWords())
    return router
