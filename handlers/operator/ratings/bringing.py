"""Bringing a round: a book that says everything, or a plain sheet with the rest said here."""

import asyncio
from dataclasses import replace
from datetime import date

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import StateFilter
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.operator.ratings.desk import RatingDesk
from handlers.operator.ratings.sheet import Rating, Sheet, keep, sheet_of
from handlers.operator.table_taking import fetched
from handlers.provided import provide
from handlers.screen import Event, acknowledge, show
from handlers.text import _, current_language
from handlers.views.rating_bringing import brought_screen, table_screen, term_screen
from handlers.views.rating_callbacks import RoundBegun, RoundBrought, RoundTemplate
from handlers.views.table_faults import faults_text
from services.people.deeds import Deed
from services.ratings.importing import FORMS, example, example_titles, import_table
from services.ratings.rows import check_terms
from services.ratings.table import LIMITS, LINES
from services.refusal import N_, Refusal
from services.tables.model import BadTable
from services.tables.reading import read_table
from services.tables.writing import to_xlsx
from services.text.dates import find_dates

_DAYS = {"days": 2, "as_of": 1}


async def ask_table(callback: CallbackQuery, rating: RatingDesk) -> None:
    """Ask for a table that says everything."""
    sheet = await sheet_of(rating.state)
    await keep(rating.state, replace(sheet, terms={}))
    await rating.state.set_state(Rating.table)
    await show(callback, table_screen(None))


async def begin(callback: CallbackQuery, rating: RatingDesk) -> None:
    """Ask for the first thing that a plain sheet does not say."""
    sheet = await sheet_of(rating.state)
    await _go_on(callback, await keep(rating.state, replace(sheet, terms={})), rating)


async def take_term(message: Message, words: str, rating: RatingDesk) -> None:
    """Keep one thing of the round and ask for the next; a repeated message does nothing."""
    sheet = await sheet_of(rating.state)
    missing = sheet.missing
    if missing is None or message.message_id <= sheet.heard:
        return
    sheet = await keep(rating.state, replace(sheet, heard=message.message_id))
    try:
        told = _told(missing, words, rating.day)
        sheet = replace(sheet, terms={**sheet.terms, missing: told})
        _check_days(sheet, rating.day)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await show(message, term_screen(missing, problem))
        return
    await _go_on(message, await keep(rating.state, sheet), rating)


async def take(message: Message, rating: RatingDesk) -> None:
    """Take in all of a table, or say what is wrong with it; a repeated document does nothing."""
    sheet = await sheet_of(rating.state)
    if message.document is None or message.message_id <= sheet.heard:
        return
    given, now = sheet.given, rating.clock.now()
    try:
        data = await fetched(rating.bot, message.document)
        name = message.document.file_name or ""
        table = await asyncio.to_thread(read_table, data, name, FORMS)
        done = await rating.db.write(import_table, rating.person.id, table, now, given)
    except BadTable as bad:
        await keep(rating.state, replace(sheet, heard=message.message_id))
        await show(message, table_screen(given, faults_text(bad.faults, FORMS)))
        return
    except (TelegramAPIError, TimeoutError, OSError):
        problem = _("The file could not be fetched. Please send it again.")
        await show(message, table_screen(given, problem))
        return
    await rating.organisations.refresh()
    await keep(rating.state, replace(sheet, heard=message.message_id))
    await show(message, brought_screen(done, a_round=bool(table.of(LINES))))


async def ask_document(message: Message, rating: RatingDesk) -> None:
    """Say that a document is asked for."""
    sheet = await sheet_of(rating.state)
    problem = _("Please send a table with the ending .xlsx or .csv.")
    await show(message, table_screen(sheet.given, problem))


async def ask_words(message: Message, rating: RatingDesk) -> None:
    """Say that words are asked for."""
    sheet = await sheet_of(rating.state)
    problem = _("Please write it in words, as a text message.")
    await show(message, term_screen(sheet.missing or "title_kk", problem))


async def give_example(callback: CallbackQuery) -> None:
    """Send a small sound book to begin from."""
    await acknowledge(callback)
    language = current_language()
    lines, titles = example(language), example_titles(language)
    data = await asyncio.to_thread(to_xlsx, FORMS, lines, language, titles)
    if isinstance(callback.message, Message):
        await callback.message.answer_document(BufferedInputFile(data, "rating.xlsx"))


async def _go_on(event: Event, sheet: Sheet, rating: RatingDesk) -> None:
    if sheet.missing is None:
        await rating.state.set_state(Rating.table)
        await show(event, table_screen(sheet.given))
        return
    await rating.state.set_state(Rating.terms)
    await show(event, term_screen(sheet.missing))


def _told(what: str, words: str, today: date) -> str:
    """Return what was written as it is kept; raises Refusal with what is wrong."""
    if what in _DAYS:
        days = find_dates(words, today).days
        if len(days) != _DAYS[what]:
            two = N_("Please write two days like this: 01.01.2026 – 30.06.2026")
            one = N_("This is no day. Please write it like this: 31.12.2026")
            raise Refusal(two if what == "days" else one)
        return "/".join(day.isoformat() for day in days)
    plain = " ".join(words.replace("\x00", "").split())
    limit = LIMITS[what.partition("_")[0]]
    if len(plain) > limit:
        raise Refusal(N_("Too long: at most {limit} characters."), limit=limit)
    if not plain:
        raise Refusal(N_("I see no words here. Please write in words: a few are enough."))
    return plain


def _check_days(sheet: Sheet, today: date) -> None:
    """Raise Refusal where the days that were said so far cannot be so."""
    terms = {"method_kk": "", "method_ru": "", "title_kk": "", "title_ru": "", **sheet.terms}
    given = replace(sheet, terms=terms).given if "as_of" in terms and "days" in terms else None
    wrong = None if given is None else check_terms(given, today)
    if wrong is not None:
        raise wrong


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="rating bringing"), "rating", RatingDesk)
    router.callback_query.filter(Works(Deed.BRING_RATING))
    router.callback_query.register(ask_table, Pressed(RoundBrought))
    router.callback_query.register(begin, Pressed(RoundBegun))
    router.callback_query.register(give_example, Pressed(RoundTemplate))
    return router


def words() -> Router:
    """Return the router of what is sent meanwhile; it stands after all menus."""
    router = provide(Router(name="rating bringing: sent"), "rating", RatingDesk)
    router.message.filter(Works(Deed.BRING_RATING))
    said, sent = StateFilter(Rating.terms), StateFilter(Rating.table)
    router.message.register(take_term, said, Words())
    router.message.register(ask_words, said, NotWords())
    router.message.register(take, sent, Has("document"))
    router.message.register(ask_document, sent, Words())
    router.message.register(ask_document, sent, NotWords())
    return router
