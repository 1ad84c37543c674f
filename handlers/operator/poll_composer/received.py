"""What an operator sends to the composer: words, pictures, a file."""

from dataclasses import replace
from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.citizen.words import Words
from handlers.filters import Has, Works
from handlers.operator.poll_composer.asking import ask
from handlers.operator.poll_composer.audience import take_place
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import (
    Composition,
    PollComposing,
    composition_of,
    keep,
)
from handlers.operator.poll_composer.files import surveyed
from handlers.operator.poll_composer.rehearsing import hear
from handlers.operator.poll_composer.showing import gone
from handlers.text import N_, _
from services.clock import Clock
from services.people.deeds import Deed
from services.polls.composing import (
    MOST_PLAIN,
    check_bounds,
    check_ends,
    check_options,
    check_question,
    check_translation,
    parse_closing,
)
from services.polls.model import MOST_RANKED, Question, QuestionType
from services.polls.shaping import plain_of, with_texts
from services.refusal import Refusal
from storage.database import Database

_TEXTS = {
    Step.QUESTION_KK,
    Step.QUESTION_RU,
    Step.OPTIONS_KK,
    Step.OPTIONS_RU,
    Step.ENDS_KK,
    Step.ENDS_RU,
    Step.BOUNDS,
    Step.TITLE_KK,
    Step.TITLE_RU,
    Step.CLOSING,
}


async def take_words(
    message: Message, words: str, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Take a text for the step at hand; a repeated message only shows the screen again."""
    composition = await composition_of(state)
    if composition is None:
        await gone(message, state)
        return
    now, problem = clock.now(), ""
    if composition.step is Step.REHEARSAL:
        await hear(message, composition, state)
        return
    if composition.step is Step.AUDIENCE:
        await take_place(message, words, composition.draft.id, state, db, clock)
        return
    if message.message_id not in composition.taken:
        try:
            composition = _said(composition, words, message.message_id, now)
        except Refusal as refusal:
            problem = _(refusal.message).format(**refusal.parameters)
        else:
            await keep(state, composition)
    await ask(message, composition, state, db, now, problem)


async def take_photo(message: Message, state: FSMContext, db: Database, clock: Clock) -> None:
    """Take a picture for a question or for the invitation."""
    composition = await composition_of(state)
    if composition is None:
        await gone(message, state)
        return
    if composition.step is Step.REHEARSAL:
        await hear(message, composition, state)
        return
    if message.message_id in composition.taken or not message.photo:
        await ask(message, composition, state, db, clock.now())
        return
    photo, question = message.photo[-1].file_id, composition.question
    if composition.step is Step.PICTURE and question is not None:
        pictured = composition.with_question(replace(question, photo=photo), message.message_id)
        pictured = pictured.at(Step.CARD, question.code)
    elif composition.step is Step.COVER:
        pictured = composition.changed(message.message_id, photo=photo).at(Step.MORE)
    else:
        await take_something_else(message, state, db, clock)
        return
    await keep(state, pictured)
    await ask(message, pictured, state, db, clock.now())


async def take_file(
    message: Message, state: FSMContext, db: Database, clock: Clock, bot: Bot
) -> None:
    """Take a whole survey out of one file; what is wrong in it is told by row."""
    composition = await composition_of(state)
    if composition is None:
        await gone(message, state)
        return
    if composition.step is not Step.FILE:
        await take_something_else(message, state, db, clock)
        return
    problem = ""
    if message.message_id not in composition.taken and message.document is not None:
        composition, problem = await surveyed(composition, message, message.document, bot)
        await keep(state, composition)
    await ask(message, composition, state, db, clock.now(), problem)


async def take_something_else(
    message: Message, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Say what is needed: a sticker or a voice message is not a question."""
    composition = await composition_of(state)
    if composition is None:
        await gone(message, state)
        return
    if composition.step is Step.REHEARSAL:
        await hear(message, composition, state)
        return
    problem = _("Please choose with the buttons below.")
    if composition.step in _TEXTS:
        problem = _("Please send this as a text message.")
    elif composition.step in {Step.PICTURE, Step.COVER}:
        problem = _("Please send a photo.")
    elif composition.step is Step.FILE:
        problem = _("Please send a file with the ending .xlsx or .yaml.")
    await ask(message, composition, state, db, clock.now(), problem)


def _said(composition: Composition, words: str, message_id: int, now: datetime) -> Composition:
    """Return what the words change at this step; raises Refusal."""
    question = composition.question
    if question is not None:
        told = _of_question(composition.step, question, words)
        return composition.with_question(told, message_id)
    match composition.step:
        case Step.TITLE_KK:
            changed = composition.changed(message_id, title_kk=check_question(words))
        case Step.TITLE_RU:
            changed = composition.changed(message_id, title_ru=check_question(words))
        case Step.CLOSING:
            changed = composition.changed(message_id, closes_at=parse_closing(words, now))
        case Step.PICTURE | Step.COVER:
            raise Refusal(N_("Please send a photo."))
        case Step.FILE:
            raise Refusal(N_("Please send a file with the ending .xlsx or .yaml."))
        case _:
            raise Refusal(N_("Please choose with the buttons below."))
    return changed.to_poll()


def _of_question(  # noqa: PLR0911  # one a step
    step: Step, question: Question, words: str
) -> Question:
    plain = plain_of(question)
    kk, ru = [one.text_kk for one in plain], [one.text_ru for one in plain]
    scale = question.scale
    match step:
        case Step.QUESTION_KK:
            return replace(question, text_kk=check_question(words))
        case Step.QUESTION_RU:
            return replace(question, text_ru=check_question(words))
        case Step.OPTIONS_KK:
            ranking = question.type is QuestionType.RANKING
            options = check_options(words, MOST_RANKED if ranking else MOST_PLAIN)
            return with_texts(question, options, ru if len(ru) == len(options) else ())
        case Step.OPTIONS_RU:
            options = check_options(words)
            check_translation(tuple(kk), options)
            return with_texts(question, kk, options)
        case Step.ENDS_KK if scale is not None:
            low, high = check_ends(words)
            return replace(question, scale=replace(scale, low_kk=low, high_kk=high))
        case Step.ENDS_RU if scale is not None:
            low, high = check_ends(words)
            return replace(question, scale=replace(scale, low_ru=low, high_ru=high))
        case Step.BOUNDS:
            least, most = check_bounds(words)
            return replace(question, least=least, most=most)
        case Step.PICTURE:
            raise Refusal(N_("Please send a photo."))
    raise Refusal(N_("Please choose with the buttons below."))


def router() -> Router:
    """Return the router of what is sent while composing; waits for free text."""
    router = Router(name="poll composer words")
    router.message.filter(StateFilter(PollComposing), Works(Deed.LAUNCH_POLL))
    router.message.register(take_words, Words())
    router.message.register(take_photo, Has("photo"))
    router.message.register(take_file, Has("document"))
    rest = Router(name="poll composer rest")
    rest.message.filter(StateFilter(PollComposing))
    rest.message.register(take_something_else)
    router.include_router(rest)
    return router
