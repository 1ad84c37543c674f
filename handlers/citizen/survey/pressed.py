"""The buttons of a survey: what is protected, the questions, the check, the seal.

Answers lie in the sheet, locked with the poll's tag key; the conversation knows the poll only.
"""

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import button, keyboard
from handlers.citizen.profile import ask_profile
from handlers.citizen.survey.showing import enter, leave, show_pressed
from handlers.citizen.survey.steps import pressed
from handlers.filters import Pressed
from handlers.screen import acknowledge, change_buttons, send
from handlers.text import _
from handlers.views.poll_callbacks import PollOpened
from handlers.views.survey_callbacks import (
    STEPS,
    SurveyBegun,
    SurveyOpened,
    SurveySealed,
)
from handlers.views.survey_screens import opening_screen, question_screen, sealed_screen
from services.clock import Clock
from services.people.model import Person
from services.polls.answering import Filling, PollClosed
from services.polls.answers import Unanswered
from services.polls.ballot_box import BallotBox
from services.polls.model import Stream

# What only the survey's own screens have.
_OWN = ("svg:", "svb:", "svn:", "svs:", "svc:", "svv:", "svr:", "svu:", "sve:", "polls")


async def open_survey(
    callback: CallbackQuery,
    press: SurveyOpened,
    state: FSMContext,
    person: Person,
    ballot_box: BallotBox,
) -> None:
    """Say what is protected, below the invitation, which stays as it is."""
    try:
        filling = await ballot_box.filling(person, press.poll)
    except PollClosed as closed:
        await refuse(callback, press.poll, closed)
        return
    await leave(state)
    screen = opening_screen(filling, press.stream)
    if _is_survey(callback):
        await show_pressed(callback, screen)
    else:
        await send(callback, screen)


async def begin(
    callback: CallbackQuery,
    press: SurveyBegun,
    state: FSMContext,
    person: Person,
    ballot_box: BallotBox,
    clock: Clock,
) -> None:
    """Lay the sheet before the person; whoever was never asked about themselves is asked first."""
    if not person.profile.asked:
        await ask_profile(callback, state, press.pack())
        return
    try:
        filling = await ballot_box.begin(
            person, press.poll, press.stream, clock.now(), anew=press.anew
        )
    except PollClosed as closed:
        await refuse(callback, press.poll, closed)
        return
    await enter(state, press.poll, await show_pressed(callback, question_screen(filling)))


async def step(
    callback: CallbackQuery,
    press: CallbackData,
    state: FSMContext,
    person: Person,
    ballot_box: BallotBox,
    clock: Clock,
) -> None:
    """Take a step and show the question that is then before the person."""
    poll_id: int = press.poll  # type: ignore[attr-defined]  # every one of STEPS has it
    try:
        filling = await ballot_box.change(person, poll_id, pressed(press), clock.now())
    except PollClosed as closed:
        await refuse(callback, poll_id, closed)
        return
    except Unanswered as missing:
        await acknowledge(callback, _(missing.message).format(**missing.parameters))
        return
    await _show(callback, state, filling, poll_id)


async def seal(
    callback: CallbackQuery,
    press: SurveySealed,
    state: FSMContext,
    person: Person,
    ballot_box: BallotBox,
    clock: Clock,
) -> None:
    """Seal the answers as checked; the screen then says nothing of them."""
    try:
        filling = await ballot_box.seal_sheet(person, press.poll, clock.now())
    except PollClosed as closed:
        await refuse(callback, press.poll, closed)
        return
    if filling.sheet is not None or not filling.answered:
        await _show(callback, state, filling, press.poll)
        return
    await leave(state)
    await show_pressed(callback, sealed_screen(filling.poll, press.stream))


async def refuse(callback: CallbackQuery, poll_id: int, closed: PollClosed) -> None:
    """Say that the poll is closed, and put the way to its result in place of the buttons."""
    await acknowledge(callback, _(closed.message))
    await change_buttons(callback, keyboard([button(_("📈 Result"), PollOpened(poll=poll_id))]))


async def _show(
    callback: CallbackQuery, state: FSMContext, filling: Filling, poll_id: int
) -> None:
    """Show the present question; without a sheet (a button of old) the beginning."""
    if filling.sheet is None:
        await show_pressed(callback, opening_screen(filling, Stream.OPEN))
        return
    await enter(state, poll_id, await show_pressed(callback, question_screen(filling)))


def _is_survey(callback: CallbackQuery) -> bool:
    """Tell whether the pressed message is the survey's own, and no invitation."""
    markup = getattr(callback.message, "reply_markup", None)
    rows = markup.inline_keyboard if markup is not None else []
    pressed_data = [each.callback_data or "" for row in rows for each in row]
    return any(data.startswith(_OWN) for data in pressed_data)


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="survey")
    router.callback_query.register(open_survey, Pressed(SurveyOpened))
    router.callback_query.register(begin, Pressed(SurveyBegun))
    router.callback_query.register(seal, Pressed(SurveySealed))
    for kind in STEPS:
        router.callback_query.register(step, Pressed(kind))
    return router
