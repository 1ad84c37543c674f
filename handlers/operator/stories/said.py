"""What an author of stories sends: words, a photo, a table, or what does not fit."""

import asyncio
from dataclasses import replace

from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.types import Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Works
from handlers.operator.stories.desk import StoryWork
from handlers.operator.stories.sheet import WORDS, Composing, Sheet, sheet_of
from handlers.operator.stories.showing import go, picker
from handlers.operator.table_taking import fetched
from handlers.provided import provide
from handlers.screen import show
from handlers.text import _
from handlers.views.story_callbacks import Step
from handlers.views.story_staff import imported_screen, table_screen
from handlers.views.table_faults import faults_text
from services.people.deeds import Deed
from services.refusal import Refusal
from services.stories.checking import (
    LONGEST_DID,
    LONGEST_SAID,
    check_room,
    checked_words,
)
from services.stories.importing import FORMS, import_table
from services.tables.model import BadTable
from services.tables.reading import read_table

_SAID = (Step.SAID_KK, Step.SAID_RU)


async def take_words(message: Message, words: str, work: StoryWork) -> None:
    """Take the words that were asked for; a repeated message changes nothing."""
    sheet = await _fresh(message, work)
    if sheet is None:
        return
    if sheet.step not in WORDS:
        await go(message, work, sheet)
        return
    longest = LONGEST_SAID if sheet.step in _SAID else LONGEST_DID
    try:
        changed = sheet.changed(None, **{WORDS[sheet.step]: checked_words(words, longest)})
        check_room(changed.words)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await go(message, work, sheet, problem)
        return
    await go(message, work, changed)


async def take_photo(message: Message, work: StoryWork) -> None:
    """Take the photo that was asked for."""
    sheet = await _fresh(message, work)
    if sheet is None or not message.photo:
        return
    if sheet.step is not Step.PHOTO:
        await go(message, work, sheet, _("Here a text is needed."))
        return
    try:
        changed = sheet.changed(Step.PHOTO, photo=message.photo[-1].file_id)
        check_room(changed.words)
    except Refusal as refusal:
        await go(message, work, sheet, _(refusal.message).format(**refusal.parameters))
        return
    await go(message, work, changed)


async def take_something_else(message: Message, work: StoryWork) -> None:
    """Say what was expected instead."""
    sheet = await _fresh(message, work)
    if sheet is not None:
        await go(message, work, sheet, _("This does not fit here."))


async def take_table(message: Message, work: StoryWork, bot: Bot) -> None:
    """Prepare all stories of a table, or say what is wrong with it."""
    if message.document is None:
        return
    try:
        data = await fetched(bot, message.document)
        name = message.document.file_name or ""
        table = await asyncio.to_thread(read_table, data, name, FORMS)
        now = work.clock.now()
        imported = await work.db.write(import_table, work.person.id, table, now)
    except BadTable as bad:
        await show(message, table_screen(faults_text(bad.faults, FORMS)))
        return
    except (TelegramAPIError, TimeoutError, OSError):
        problem = _("The file could not be fetched. Please send it again.")
        await show(message, table_screen(problem))
        return
    await show(message, imported_screen(imported))


async def ask_for_table(message: Message) -> None:
    """Say that a document is asked for."""
    await show(message, table_screen(_("Please send a table with the ending .xlsx or .csv.")))


async def _fresh(message: Message, work: StoryWork) -> Sheet | None:
    """Return the draft, this message noted; None where it was taken before."""
    sheet = await sheet_of(work.state)
    if sheet is None or message.message_id <= sheet.heard:
        return None
    return replace(sheet, heard=message.message_id)


def router() -> Router:
    """Return the router of what is sent meanwhile; it stands after all menus."""
    router = provide(Router(name="story composer said"), "work", StoryWork)
    router.message.filter(Works(Deed.WRITE_STORY))
    composing, table = StateFilter(Composing.part), StateFilter(Composing.table)
    router.message.register(take_words, composing, Words())
    router.message.register(take_photo, composing, Has("photo"))
    router.message.register(take_something_else, composing, NotWords())
    router.message.register(take_table, table, Has("document"), Works(Deed.IMPORT_STORIES))
    router.message.register(ask_for_table, table, Words())
    router.message.register(ask_for_table, table, NotWords())
    router.include_router(picker().words())
    return router
