"""The buttons of a draft: its topic, its screens, words and files to give up."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.states import keep
from handlers.citizen.appeal.steps import PICKER, current_draft, show_next, show_part
from handlers.filters import Pressed
from handlers.text import _
from handlers.views.appeal_callbacks import (
    DraftShown,
    FilesRemoved,
    Screens,
    TextKept,
    TextRewritten,
    TopicChosen,
)
from services.organisation.directory import Organisations
from services.people.model import Person
from storage.database import Database


async def choose_topic(
    callback: CallbackQuery,
    press: TopicChosen,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Keep the topic; one that is no longer in use is asked for again."""
    draft = await current_draft(callback, state, press.draft)
    if draft is None:
        return
    topic = organisations.current.topics.get(press.topic)
    if topic is None or topic.retired:
        note = _("This topic is no longer in use. Please choose another one.")
        part = Screens.TOPIC
        await show_part(callback, draft, part, state, organisations, db, person, note)
        return
    draft = await keep(state, draft.with_topic(topic.code))
    await show_next(callback, draft, state, organisations, db, person)


async def show_screen(
    callback: CallbackQuery,
    press: DraftShown,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Go back a step, or to the part that is to be changed."""
    draft = await current_draft(callback, state, press.draft)
    if draft is not None:
        await show_part(callback, draft, press.screen, state, organisations, db, person)


async def rewrite(
    callback: CallbackQuery,
    press: TextRewritten,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Ask for other words; those that are there stay until other ones come."""
    draft = await current_draft(callback, state, press.draft)
    if draft is not None:
        draft = await keep(state, draft.rewritten(press.since))
        await show_next(callback, draft, state, organisations, db, person)


async def keep_words(
    callback: CallbackQuery,
    press: TextKept,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Keep the words that are there after all."""
    draft = await current_draft(callback, state, press.draft)
    if draft is not None:
        draft = await keep(state, draft.with_words_kept())
        await show_next(callback, draft, state, organisations, db, person)


async def remove_files(
    callback: CallbackQuery,
    press: FilesRemoved,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Remove the files that were there when the button was shown."""
    draft = await current_draft(callback, state, press.draft)
    if draft is not None:
        draft = await keep(state, draft.without_files(press.since))
        part = Screens.FILES
        await show_part(callback, draft, part, state, organisations, db, person)


def router() -> Router:
    """Return the router of the parts of a draft."""
    router = Router(name="appeal: parts")
    router.callback_query.register(choose_topic, Pressed(TopicChosen))
    router.callback_query.register(show_screen, Pressed(DraftShown))
    router.callback_query.register(rewrite, Pressed(TextRewritten))
    router.callback_query.register(keep_words, Pressed(TextKept))
    router.callback_query.register(remove_files, Pressed(FilesRemoved))
    router.include_router(PICKER.router())
    return router
