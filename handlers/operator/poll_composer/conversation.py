"""Composing a poll: the buttons that lead from step to step, and those of the whole poll."""

from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.desk import show_desk
from handlers.operator.poll_composer import questions
from handlers.operator.poll_composer.asking import ask
from handlers.operator.poll_composer.audience import PICKER
from handlers.operator.poll_composer.callbacks import (
    ClosingChosen,
    ComposePoll,
    DraftDropped,
    GoneOn,
    PartOpened,
    PollCopied,
    PollSet,
    PollSetting,
    SampleFileSent,
    Step,
    SurveyWanted,
    TopicChosen,
)
from handlers.operator.poll_composer.composition import begin, composition_of, drop, keep
from handlers.operator.poll_composer.files import send_sample
from handlers.operator.poll_composer.going import go
from handlers.operator.poll_composer.received import router as received
from handlers.operator.poll_composer.showing import draft_of
from handlers.views.poll_composer_parts import TOPICS
from services.clock import Clock
from services.people.deeds import Deed
from services.polls.composing import check_closing, closing_after
from services.polls.model import PollKind
from services.polls.reading import find_poll
from storage.database import Database


async def compose(callback: CallbackQuery, state: FSMContext, db: Database, clock: Clock) -> None:
    """Go on with the draft that was begun, or begin one."""
    composition = await composition_of(state)
    if composition is None:
        if callback.message is None:
            return
        composition = await begin(state, callback.message.message_id, callback.from_user.id)
    await keep(state, composition)
    await ask(callback, composition, state, db, clock.now())


async def open_part(
    callback: CallbackQuery, press: PartOpened, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Go to a step to say it anew; to the list where the question of it is no longer there."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    composition = composition.at(press.step, press.code)
    if press.code and composition.question is None:
        composition = composition.at(Step.LIST)
    unready = press.step is Step.PASSPORT and not composition.draft.complete
    if press.step is Step.CHECK or unready:
        composition = composition.to_poll()
    await go(callback, composition, state, db, clock.now())


async def go_on(
    callback: CallbackQuery, press: GoneOn, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Go to what the poll still lacks, or to the check."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None:
        await go(callback, composition.to_poll(), state, db, clock.now())


async def want_survey(
    callback: CallbackQuery, press: SurveyWanted, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Begin a survey with its title; the empty question is taken back."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    begun = tuple(one for one in composition.draft.questions if one.text_kk)
    composition = composition.changed(questions=begun).at(Step.TITLE_KK)
    await go(callback, composition, state, db, clock.now())


async def choose_topic(
    callback: CallbackQuery, press: TopicChosen, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Say what the poll is about."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None and press.topic in TOPICS:
        composition = composition.changed(topic_class=press.topic, legal=None).to_poll()
        await go(callback, composition, state, db, clock.now())


async def choose_closing(
    callback: CallbackQuery, press: ClosingChosen, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Close after so many days."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    moment = closing_after(press.days, clock.now())
    check_closing(moment, clock.now())
    composition = composition.changed(closes_at=moment).to_poll()
    await go(callback, composition, state, db, clock.now())


async def set_poll(
    callback: CallbackQuery, press: PollSet, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Set what is seldom set."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    on = bool(press.value)
    match press.setting:
        case PollSetting.NAMED:
            kind = PollKind.NAMED if on else PollKind.SECRET
            composition = composition.changed(kind=kind)
        case PollSetting.TWO_KEYS:
            composition = composition.changed(two_keys=on)
        case PollSetting.VERIFIED:
            composition = composition.changed(verified=on)
        case PollSetting.COVER:
            composition = composition.changed(photo=None)
    composition = composition.at(Step.MORE)
    await go(callback, composition, state, db, clock.now())


async def copy_poll(
    callback: CallbackQuery, press: PollCopied, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Take the questions of an earlier poll; whom to ask and until when is said anew."""
    composition = await draft_of(callback, press.draft, state)
    found = await db.read(find_poll, press.poll)
    if composition is None or found is None:
        return
    poll = found.poll
    survey = len(poll.questions) > 1
    composition = composition.changed(
        title_kk=poll.title_kk if survey else "",
        title_ru=poll.title_ru if survey else "",
        questions=poll.questions,
        photo=poll.photo,
        kind=poll.passport.kind,
    )
    composition = composition.at(Step.LIST) if survey else composition.to_poll()
    await go(callback, composition, state, db, clock.now())


async def drop_draft(
    callback: CallbackQuery, press: DraftDropped, state: FSMContext, **resources: Any
) -> None:
    """Throw the draft away and go back to the desk."""
    composition = await draft_of(callback, press.draft, state)
    if composition is not None:
        await drop(state, press.draft)
        await show_desk(callback, state=state, **resources)


def router() -> Router:
    """Return the router of the composer's buttons."""
    router = Router(name="poll composer")
    router.callback_query.filter(Works(Deed.LAUNCH_POLL))
    router.callback_query.register(compose, Pressed(ComposePoll))
    router.callback_query.register(open_part, Pressed(PartOpened))
    router.callback_query.register(go_on, Pressed(GoneOn))
    router.callback_query.register(want_survey, Pressed(SurveyWanted))
    router.callback_query.register(choose_topic, Pressed(TopicChosen))
    router.callback_query.register(choose_closing, Pressed(ClosingChosen))
    router.callback_query.register(set_poll, Pressed(PollSet))
    router.callback_query.register(copy_poll, Pressed(PollCopied))
    router.callback_query.register(send_sample, Pressed(SampleFileSent))
    router.callback_query.register(drop_draft, Pressed(DraftDropped))
    router.include_routers(PICKER.router(), questions.router())
    return router


def words() -> Router:
    """Return the router of what the operator sends; it stands after all menus."""
    return received()
