"""A poll as a citizen will meet it, before it is launched: answers go nowhere."""

import base64
from contextlib import AbstractContextManager
from dataclasses import replace

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.utils.i18n import I18n

from handlers.buttons import button, keyboard
from handlers.citizen.survey.steps import heard, pressed
from handlers.filters import Pressed, Works
from handlers.operator.poll_composer.callbacks import PartOpened, Previewed, Step
from handlers.operator.poll_composer.composition import Composition, composition_of, keep
from handlers.operator.poll_composer.showing import draft_of
from handlers.screen import Event, Screen, acknowledge, show
from handlers.text import _
from handlers.views.poll_composer import as_poll
from handlers.views.poll_text import poll_keyboard, poll_text
from handlers.views.survey_callbacks import STEPS, SurveyBegun, SurveyOpened, SurveySealed
from handlers.views.survey_screens import opening_screen, question_screen
from services.language import Language
from services.people.deeds import Deed
from services.polls.answering import Filling
from services.polls.answering import Step as SheetStep
from services.polls.answers import Unanswered
from services.polls.checking import faults
from services.polls.model import Stream
from services.polls.sheet import Sheet, SheetForm


async def preview(callback: CallbackQuery, press: Previewed, state: FSMContext) -> None:
    """Show the poll in place as citizens of this language will get it; it can be tried out."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None or not composition.draft.complete:
        return
    if faults(composition.draft.questions):
        await acknowledge(callback, _("Please correct the questions first."))
        return
    composition = replace(composition.at(Step.REHEARSAL), language=press.language)
    await keep(state, composition)
    await _show(callback, composition)


async def begin(callback: CallbackQuery, state: FSMContext) -> None:
    """Show the first question with nothing answered."""
    composition = await _rehearsed(callback, state)
    if composition is not None:
        await _keep_sheet(callback, composition, Sheet(), state)


async def reopen(callback: CallbackQuery, state: FSMContext) -> None:
    """Show what stands before the first question."""
    composition = await _rehearsed(callback, state)
    if composition is not None:
        composition = replace(composition, sheet="")
        await keep(state, composition)
        await _show(callback, composition)


async def step(callback: CallbackQuery, press: CallbackData, state: FSMContext) -> None:
    """Answer a question."""
    composition = await _rehearsed(callback, state)
    if composition is not None:
        await _turn(callback, composition, pressed(press), state)


async def seal(callback: CallbackQuery, state: FSMContext) -> None:
    """End the rehearsal: nothing is kept of it."""
    composition = await _rehearsed(callback, state)
    if composition is None:
        return
    await keep(state, replace(composition, sheet=""))
    with _in(composition):
        text = _("✅ This is where the answers would be sealed. It was a trial: nothing is kept.")
    await show(callback, Screen(text, _way_out(composition)))


async def hear(message: Message, composition: Composition, state: FSMContext) -> None:
    """Take a number, words or a photo as the answer of the trial."""
    if composition.sheet:
        await _turn(message, composition, heard(message), state)
    else:
        await _show(message, composition)


async def _turn(
    event: Event, composition: Composition, turn: SheetStep, state: FSMContext
) -> None:
    questions = composition.draft.questions
    try:
        sheet = turn(questions, _sheet(composition) or Sheet())
    except Unanswered as refusal:
        with _in(composition):
            problem = _(refusal.message).format(**refusal.parameters)
        if isinstance(event, CallbackQuery):
            await acknowledge(event, problem)
        else:
            await show(event, Screen(f"⚠️ {problem}"))
        return
    await _keep_sheet(event, composition, sheet, state)


async def _keep_sheet(
    event: Event, composition: Composition, sheet: Sheet, state: FSMContext
) -> None:
    form = SheetForm(composition.draft.questions)
    composition = replace(composition, sheet=base64.b64encode(form.encode(sheet)).decode("ascii"))
    await keep(state, composition)
    await _show(event, composition)


async def _show(event: Event, composition: Composition) -> None:
    poll, sheet = as_poll(composition.draft), _sheet(composition)
    with _in(composition):
        if poll.plain:
            screen = Screen(poll_text(poll), poll_keyboard(poll, live=False), poll.photo)
        elif sheet is None:
            screen = opening_screen(Filling(poll, None), Stream.INVITED)
            screen = replace(screen, photo=poll.photo)
        else:
            screen = question_screen(Filling(poll, sheet, tag=composition.draft.id.encode()))
    rows = (
        screen.keyboard.inline_keyboard
        if isinstance(screen.keyboard, InlineKeyboardMarkup)
        else []
    )
    await show(event, replace(screen, keyboard=keyboard(*rows, *_out(composition))))


async def _rehearsed(callback: CallbackQuery, state: FSMContext) -> Composition | None:
    """Return what is being tried; of another screen's button nothing comes."""
    composition = await composition_of(state)
    if composition is None or composition.step is not Step.REHEARSAL:
        await acknowledge(callback, _("This trial is over."))
        return None
    return composition


def _sheet(composition: Composition) -> Sheet | None:
    if not composition.sheet:
        return None
    plain = base64.b64decode(composition.sheet)
    return SheetForm(composition.draft.questions).decode(plain)


def _in(composition: Composition) -> AbstractContextManager[None]:
    language = composition.language or Language.KAZAKH
    return I18n.get_current(no_error=False).use_locale(language.value)


def _out(composition: Composition) -> list[list[InlineKeyboardButton]]:
    check = PartOpened(draft=composition.draft.id, step=Step.CHECK)
    return [[button(_("‹ Back to composing"), check)]]


def _way_out(composition: Composition) -> InlineKeyboardMarkup:
    return keyboard(*_out(composition))


def router() -> Router:
    """Return the router of previews and trials; buttons of surveys carry poll 0 in them."""
    router = Router(name="poll rehearsal")
    router.callback_query.filter(Works(Deed.LAUNCH_POLL))
    router.callback_query.register(preview, Pressed(Previewed))
    router.callback_query.register(begin, Pressed(SurveyBegun, poll=0))
    router.callback_query.register(reopen, Pressed(SurveyOpened, poll=0))
    router.callback_query.register(seal, Pressed(SurveySealed, poll=0))
    for kind in STEPS:
        router.callback_query.register(step, Pressed(kind, poll=0))
    return router
