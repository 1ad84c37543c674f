"""What an administrator keeps for polls: voting days, and margins for the weights."""

from datetime import date
from io import BytesIO

from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Document, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.poll_facts import (
    MarginsAsked,
    MarginsFetched,
    PollFactsShown,
    VotingDayAsked,
    VotingDayDropped,
    VotingDayOpened,
    day_question,
    facts_screen,
    kept_words,
    margins_question,
    strike_screen,
)
from services.clock import Clock, local_date
from services.people.deeds import Deed
from services.people.model import Person
from services.polls.political import (
    add_voting_day,
    drop_voting_day,
    read_voting_day,
    voting_days,
)
from services.polls.uploading import LARGEST_FILE, keep_margins, table_in_force
from services.refusal import Refusal
from storage.database import Database

_PATIENCE = 30  # seconds


class PollFacts(StatesGroup):
    """An administrator writes a voting day, or sends a table of margins."""

    day = State()
    margins = State()


async def show_facts(
    callback: CallbackQuery, state: FSMContext, db: Database, clock: Clock
) -> None:
    """Show the voting days and the table in force."""
    await _show(callback, state, db, clock)


async def ask_day(callback: CallbackQuery, state: FSMContext) -> None:
    """Ask for a voting day."""
    await state.set_state(PollFacts.day)
    await show(callback, day_question())


async def take_day(
    message: Message, words: str, state: FSMContext, db: Database, clock: Clock, person: Person
) -> None:
    """Keep a voting day; the same words again change nothing."""
    try:
        one = read_voting_day(words)
        await db.write(add_voting_day, one, person.id, clock.now())
    except Refusal as refusal:
        await show(message, day_question(_said(refusal)))
        return
    await _show(message, state, db, clock)


async def open_day(callback: CallbackQuery, press: VotingDayOpened) -> None:
    """Ask before a voting day is struck out."""
    await show(callback, strike_screen(_day(press.day)))


async def drop_day(
    callback: CallbackQuery,
    press: VotingDayDropped,
    state: FSMContext,
    db: Database,
    clock: Clock,
    person: Person,
) -> None:
    """Strike a voting day out."""
    await db.write(drop_voting_day, _day(press.day), person.id, clock.now())
    await _show(callback, state, db, clock)


async def ask_margins(callback: CallbackQuery, state: FSMContext) -> None:
    """Ask for a table of margins."""
    await state.set_state(PollFacts.margins)
    await show(callback, margins_question())


async def send_margins(callback: CallbackQuery, db: Database) -> None:
    """Send the table in force as a file."""
    await acknowledge(callback)
    if isinstance(callback.message, Message):
        table, as_of = await db.read(table_in_force)
        file = BufferedInputFile(table.encode(), "margins.csv")
        await callback.message.answer_document(file, caption=as_of)


async def take_margins(
    message: Message, state: FSMContext, db: Database, clock: Clock, person: Person, bot: Bot
) -> None:
    """Take a table that fits, or say in which line it does not."""
    document = message.document
    if document is None:
        return
    try:
        file = await _fetched(bot, document)
    except (TelegramAPIError, TimeoutError, OSError):
        problem = _("The file could not be fetched. Please send it again.")
        await show(message, margins_question(problem))
        return
    try:
        kept = await db.write(keep_margins, file, message.caption or "", person.id, clock.now())
    except Refusal as refusal:
        await show(message, margins_question(_said(refusal)))
        return
    await _show(message, state, db, clock, kept_words(kept))


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say what is needed."""
    if await state.get_state() == PollFacts.day.state:
        await show(message, day_question(_("Please send this as a text message.")))
    else:
        await show(message, margins_question(_("Please send the table as a file.")))


async def _show(
    event: Event, state: FSMContext, db: Database, clock: Clock, note: str = ""
) -> None:
    await state.set_state(None)
    days = await db.read(voting_days, local_date(clock.now()))
    _table, as_of = await db.read(table_in_force)
    await show(event, facts_screen(days, as_of, note))


async def _fetched(bot: Bot, document: Document) -> bytes:
    """Return the file; of one that is too large only the beginning of what says so."""
    if document.file_size is not None and document.file_size > LARGEST_FILE:
        return bytes(LARGEST_FILE + 1)
    found = await bot.get_file(document.file_id)
    file = BytesIO()
    if found.file_path is not None:
        await bot.download_file(found.file_path, file, timeout=_PATIENCE)
    return file.getvalue()


def _day(ordinal: int) -> date:
    """Return the day of a button; a forged one is some day that is not kept."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def _said(refusal: Refusal) -> str:
    return _(refusal.message).format(**refusal.parameters)


def router() -> Router:
    """Return the router of voting days and margins; for administrators."""
    router = Router(name="poll facts")
    router.callback_query.filter(Works(Deed.SET_VOTING_DAYS, Deed.KEEP_MARGINS))
    router.callback_query.register(show_facts, Pressed(PollFactsShown))
    router.callback_query.register(ask_day, Pressed(VotingDayAsked))
    router.callback_query.register(open_day, Pressed(VotingDayOpened))
    router.callback_query.register(drop_day, Pressed(VotingDayDropped))
    router.callback_query.register(ask_margins, Pressed(MarginsAsked))
    router.callback_query.register(send_margins, Pressed(MarginsFetched))
    return router


def words() -> Router:
    """Return the router of what an administrator sends; it stands after all menus."""
    router = Router(name="poll facts: words")
    router.message.filter(Works(Deed.SET_VOTING_DAYS, Deed.KEEP_MARGINS))
    router.message.register(take_margins, StateFilter(PollFacts.margins), Has("document"))
    router.message.register(take_day, StateFilter(PollFacts.day), Words())
    router.message.register(take_something_else, StateFilter(PollFacts.day), NotWords())
    router.message.register(take_something_else, StateFilter(PollFacts.margins), NotWords())
    router.message.register(take_something_else, StateFilter(PollFacts.margins), Words())
    return router
