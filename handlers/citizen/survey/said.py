"""Answers that are written or photographed."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.citizen.survey.showing import KEY, Surveying, enter, leave, show_below
from handlers.citizen.survey.steps import heard
from handlers.citizen.words import NotWords, Words
from handlers.screen import Screen, show
from handlers.text import _
from handlers.views.survey_screens import opening_screen, question_screen
from services.clock import Clock
from services.people.model import Person
from services.polls.answering import Filling
from services.polls.answers import Unanswered
from services.polls.ballot_box import BallotBox
from services.polls.model import Stream
from services.refusal import Refusal


async def take(
    message: Message, state: FSMContext, person: Person, ballot_box: BallotBox, clock: Clock
) -> None:
    """Put a message into the locked sheet and show the next question below it."""
    here = (await state.get_data()).get(KEY) or {}
    poll_id, shown = here.get("poll", 0), here.get("message")
    sentence = ""
    try:
        filling = await ballot_box.change(person, poll_id, heard(message), clock.now())
    except Unanswered as missing:
        sentence = _(missing.message).format(**missing.parameters)
        filling = await ballot_box.filling(person, poll_id)
    except Refusal:
        # Closed, or no longer for this person: the next message is no answer to it.
        await leave(state)
        raise
    if filling.sheet is None:
        await leave(state)
        await show(message, opening_screen(filling, Stream.OPEN))
    elif sentence or filling.sheet.message == message.message_id:
        screen = _with(sentence, filling)
        await enter(state, poll_id, await show_below(message, screen, shown))


def _with(sentence: str, filling: Filling) -> Screen:
    screen = question_screen(filling)
    if not sentence:
        return screen
    return Screen(f"⚠️ {sentence}\n\n{screen.text}", screen.keyboard)


def words() -> Router:
    """Return the router of messages; it stands after all menus."""
    router = Router(name="survey: words")
    waiting = StateFilter(Surveying.answers)
    router.message.register(take, waiting, Words())
    router.message.register(take, waiting, NotWords())
    return router
