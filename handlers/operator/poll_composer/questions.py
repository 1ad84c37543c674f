"""The buttons of one question: its kind, its settings, its place, and where answers lead."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed
from handlers.operator.poll_composer.callbacks import (
    Kind,
    KindChosen,
    QuestionDropped,
    QuestionMoved,
    QuestionSet,
    Setting,
    Step,
    WayOpened,
    WaySet,
)
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.going import go
from handlers.operator.poll_composer.showing import draft_of
from handlers.screen import show
from handlers.views.poll_composer_question import way_screen
from services.clock import Clock
from services.polls.model import MOST_QUESTIONS, OptionRole, Question, QuestionType
from services.polls.shaping import (
    added,
    find,
    moved,
    selectable,
    with_role,
    with_skip,
    without,
)
from storage.database import Database

_SCALES = {Kind.SCALE5: (1, 5), Kind.SCALE10: (0, 10)}
_ROLES = {
    Setting.OTHER: OptionRole.OTHER,
    Setting.NONE: OptionRole.NONE,
    Setting.DIFFICULT: OptionRole.DIFFICULT,
}


async def choose_kind(
    callback: CallbackQuery, press: KindChosen, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Add a question of this kind; a question that says nothing yet gives way to it."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    draft = composition.draft
    if press.version == draft.version and len(draft.questions) < MOST_QUESTIONS:
        begun = [one for one in draft.questions if one.text_kk or one.text_ru]
        kept = draft.questions
        for one in kept:
            if one not in begun:
                kept = without(kept, one.code)
        kind = _SCALES.get(press.kind)
        type_ = QuestionType.SCALE if kind else QuestionType(press.kind.value)
        questions = added(kept, type_, kind)
        composition = composition.at(Step.QUESTION_KK, questions[-1].code)
        composition = composition.changed(questions=questions)
    await go(callback, composition, state, db, clock.now())


async def set_question(
    callback: CallbackQuery, press: QuestionSet, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Set one thing about a question."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    question = find(composition.draft.questions, press.code)
    if question is None:
        composition = composition.at(Step.LIST)
    else:
        step = composition.step
        changed = composition.at(Step.CARD, press.code).with_question(_set(question, press))
        composition = changed if step is Step.CHECK else changed.at(Step.CARD, press.code)
    await go(callback, composition, state, db, clock.now())


async def move_question(
    callback: CallbackQuery, press: QuestionMoved, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Put a question at another place."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    questions = composition.draft.questions
    place = max(0, min(press.position, len(questions) - 1))
    composition = composition.changed(questions=moved(questions, press.code, place))
    await go(callback, composition.at(Step.LIST), state, db, clock.now())


async def drop_question(
    callback: CallbackQuery, press: QuestionDropped, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Delete a question; a repeated press finds it gone."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    questions = without(composition.draft.questions, press.code)
    composition = composition.changed(questions=questions)
    await go(callback, _after_deleting(composition), state, db, clock.now())


async def open_way(callback: CallbackQuery, press: WayOpened, state: FSMContext) -> None:
    """Ask where one answer leads."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    question = find(composition.draft.questions, press.code)
    if question is not None:
        await show(callback, way_screen(composition, question, press.option))


async def set_way(
    callback: CallbackQuery, press: WaySet, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Let one answer lead elsewhere."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    question = find(composition.draft.questions, press.code)
    if question is not None:
        led = with_skip(question, press.option, press.target or None)
        composition = composition.with_question(led).at(Step.WAYS, press.code)
    await go(callback, composition, state, db, clock.now())


def _set(question: Question, press: QuestionSet) -> Question:
    on = bool(press.value)
    match press.setting:
        case Setting.RANDOM:
            return replace(question, random=on)
        case Setting.REQUIRED:
            return replace(question, required=on)
        case Setting.PICTURE:
            return replace(question, photo=None)
        case Setting.MOST:
            most = max(1, min(press.value, selectable(question)))
            ranking = question.type is QuestionType.RANKING
            least = most if ranking else min(question.least, most)
            return replace(question, most=most, least=least)
        case Setting.LEAST:
            return replace(question, least=max(1, min(press.value, question.most)))
    return with_role(question, _ROLES[press.setting], offered=on)


def _after_deleting(composition: Composition) -> Composition:
    return composition.at(Step.LIST if composition.draft.questions else Step.KIND)


def router() -> Router:
    """Return the router of these buttons; the composer admits."""
    router = Router(name="poll questions")
    router.callback_query.register(choose_kind, Pressed(KindChosen))
    router.callback_query.register(set_question, Pressed(QuestionSet))
    router.callback_query.register(move_question, Pressed(QuestionMoved))
    router.callback_query.register(drop_question, Pressed(QuestionDropped))
    router.callback_query.register(open_way, Pressed(WayOpened))
    router.callback_query.register(set_way, Pressed(WaySet))
    return router
