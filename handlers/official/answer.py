"""Answering an appeal: words, a look at them, sent; for officials and operators alike.

What is being written stands under `reply` in the conversation, so that a restart of the bot or a
look elsewhere loses nothing. Every button names the appeal and the words that were seen: an
answer that somebody else gave meanwhile is never overwritten.
"""

from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.official.callbacks import (
    AnswerBegun,
    AnswerPreviewed,
    AnswerSent,
    ReasonAsked,
    TemplateShown,
    TemplatesShown,
)
from handlers.operator.appeals.showing import show_card, tell_refusal
from handlers.screen import Event, Screen, acknowledge, show
from handlers.text import _
from handlers.views.answer_draft import AnswerDraft
from handlers.views.answer_screens import (
    answer_screen,
    answered_screen,
    desk_answered_screen,
    preview_screen,
    problem_screen,
    reason_screen,
    template_screen,
    templates_screen,
)
from services.appeals.answering import answer_appeal, answer_sheet, review_answer
from services.appeals.dossier import open_dossier
from services.appeals.model import Channel
from services.appeals.queue import keep_lent
from services.appeals.wording import answer_problem, comment_problem
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.model import Person, Role
from services.refusal import Refusal
from services.roadmap.desk import first_overdue
from storage.database import Database

_DRAFT = "reply"


class Answering(StatesGroup):
    """What the bot waits for."""

    words = State()
    reason = State()


async def begin(
    callback: CallbackQuery,
    press: AnswerBegun,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Ask for the words; words written for this appeal before are kept."""
    sheet = await db.read(answer_sheet, press.appeal, person.id, clock.now())
    if not sheet.open:
        await acknowledge(callback, _("This appeal has already been answered."))
        await show_card(
            callback, sheet.id, person=person, organisations=organisations, db=db, clock=clock
        )
        return
    await db.write(keep_lent, sheet.id, person.id, clock.now())
    draft = await _draft(state)
    if draft is None or not draft.is_for(sheet.id, sheet.version):
        desk = not person.is_a(Role.OFFICIAL)
        draft = AnswerDraft(sheet.id, sheet.version, press.kind, desk)
        await _keep(state, draft)
    await state.set_state(Answering.words)
    templates = organisations.current.templates_for(sheet.topic)
    await show(callback, answer_screen(sheet, draft, len(templates)))


async def show_templates(
    callback: CallbackQuery,
    press: TemplatesShown,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show the templates for the appeal's topic and for all."""
    draft = await _draft_of(callback, state, press.appeal)
    if draft is not None:
        sheet = await db.read(answer_sheet, press.appeal, person.id, clock.now())
        templates = organisations.current.templates_for(sheet.topic)
        await show(callback, templates_screen(draft, templates))


async def show_template(
    callback: CallbackQuery,
    press: TemplateShown,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show one template in the language of the appeal; its words are sent back filled in."""
    draft = await _draft_of(callback, state, press.appeal)
    template = organisations.current.templates.get(press.template)
    if draft is None or template is None:
        return
    sheet = await db.read(answer_sheet, press.appeal, person.id, clock.now())
    await state.set_state(Answering.words)
    await show(callback, template_screen(draft, template, sheet.language))


async def take_words(
    message: Message, words: str, state: FSMContext, person: Person, db: Database, clock: Clock
) -> None:
    """Keep the words and show them as the citizen will read them; newer words replace older."""
    draft = await _draft(state)
    if draft is None or message.message_id <= draft.last:
        return
    words = words.strip()
    problem = answer_problem(words)
    if problem is not None:
        await show(message, problem_screen(draft, _(problem)))
        return
    draft = draft.with_text(message.message_id, words)
    await _keep(state, draft)
    await _preview(message, draft, person, db, clock)


async def ask_reason(
    callback: CallbackQuery,
    press: ReasonAsked,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Ask why the answer is sent in spite of doubts."""
    draft = await _draft_of(callback, state, press.appeal)
    if draft is None:
        return
    if draft.message != press.words:
        await _preview(callback, draft, person, db, clock)
        return
    await state.set_state(Answering.reason)
    await show(callback, reason_screen(draft))


async def take_reason(
    message: Message, words: str, state: FSMContext, person: Person, db: Database, clock: Clock
) -> None:
    """Keep the reason and show the answer again, ready to be sent."""
    draft = await _draft(state)
    if draft is None or message.message_id <= draft.last:
        return
    problem = comment_problem(words)
    if problem is not None:
        await show(message, problem_screen(draft, _(problem)))
        return
    draft = draft.with_reason(message.message_id, words.strip())
    await _keep(state, draft)
    await state.set_state(Answering.words)
    await _preview(message, draft, person, db, clock)


async def look(
    callback: CallbackQuery,
    press: AnswerPreviewed,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Show the answer as it stands."""
    draft = await _draft_of(callback, state, press.appeal)
    if draft is not None:
        await state.set_state(Answering.words)
        await _preview(callback, draft, person, db, clock)


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that an answer is made of words."""
    draft = await _draft(state)
    if draft is not None:
        words = _("An answer is sent in words. Please write it as a text message.")
        await show(message, problem_screen(draft, words))


async def send(
    callback: CallbackQuery,
    press: AnswerSent,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Send the previewed words; a repeated tap shows that they are on their way."""
    draft = await _draft(state)
    if draft is None or draft.appeal != press.appeal:
        sheet = await db.read(answer_sheet, press.appeal, person.id, clock.now())
        if not sheet.open and sheet.answered_by == person.id:
            await show(callback, await _after(sheet.id, person, db, clock))
        else:
            await show_card(
                callback, sheet.id, person=person, organisations=organisations, db=db, clock=clock
            )
        return
    seen = (press.version, press.words, press.reason)
    if seen != (draft.version, draft.message, draft.reason_message):
        # The button of an older preview: the newer words want a look first.
        await _preview(callback, draft, person, db, clock)
        return
    try:
        sent = await db.write(
            answer_appeal,
            draft.appeal,
            draft.version,
            person.id,
            draft.text,
            clock.now(),
            reason=draft.reason,
            promised=_day(press.promised),
        )
    except Refusal as refusal:
        await tell_refusal(callback, refusal)
        await state.update_data({_DRAFT: None})
        await state.set_state(None)
        await show_card(
            callback, draft.appeal, person=person, organisations=organisations, db=db, clock=clock
        )
        return
    await state.update_data({_DRAFT: None})
    await state.set_state(None)
    await show(callback, await _after(sent.id, person, db, clock))


async def _after(appeal: int, person: Person, db: Database, clock: Clock) -> Screen:
    dossier = await db.write(open_dossier, appeal, person.id, clock.now())
    number, visitor = dossier.card.number, dossier.channel is Channel.DESK
    if not person.is_a(Role.OFFICIAL):
        return desk_answered_screen(number, visitor=visitor)
    onward = await db.read(first_overdue, person.id, clock.now())
    return answered_screen(number, onward, visitor=visitor)


async def _preview(
    event: Event, draft: AnswerDraft, person: Person, db: Database, clock: Clock
) -> None:
    review = await db.read(review_answer, draft.appeal, person.id, draft.text, clock.now())
    await show(event, preview_screen(draft, review))


async def _draft(state: FSMContext) -> AnswerDraft | None:
    kept = (await state.get_data()).get(_DRAFT)
    return AnswerDraft.from_data(kept) if kept else None


async def _draft_of(callback: CallbackQuery, state: FSMContext, appeal: int) -> AnswerDraft | None:
    """Return the draft that a button speaks of; say so where it is no longer the present one."""
    draft = await _draft(state)
    if draft is not None and draft.appeal == appeal:
        return draft
    old = _("This button belongs to an earlier answer. Please open the appeal again.")
    await acknowledge(callback, old)
    return None


async def _keep(state: FSMContext, draft: AnswerDraft) -> None:
    await state.update_data({_DRAFT: draft.to_data()})


def _day(ordinal: int) -> date | None:
    """Return the day; None for 0 and for forged numbers."""
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None


def router() -> Router:
    """Return the router of answers; it waits for words, so it stands behind the menu."""
    router = Router(name="official answer")
    router.callback_query.register(begin, Pressed(AnswerBegun))
    router.callback_query.register(show_templates, Pressed(TemplatesShown))
    router.callback_query.register(show_template, Pressed(TemplateShown))
    router.callback_query.register(ask_reason, Pressed(ReasonAsked))
    router.callback_query.register(look, Pressed(AnswerPreviewed))
    router.callback_query.register(send, Pressed(AnswerSent))
    router.message.register(take_words, StateFilter(Answering.words), Words())
    router.message.register(take_reason, StateFilter(Answering.reason), Words())
    router.message.register(take_something_else, StateFilter(Answering), NotWords())
    return router
