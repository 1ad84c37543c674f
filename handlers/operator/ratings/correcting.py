"""Correcting a line of a published round: whose, which number, why; and deciding on it."""

from dataclasses import replace
from decimal import Decimal

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.ratings.desk import RatingDesk
from handlers.operator.ratings.sheet import Rating, Sheet, keep, sheet_of
from handlers.provided import provide
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.rating_callbacks import (
    CorrectionBegun,
    CorrectionDecided,
    CorrectionShown,
    Decision,
    LineChosen,
    NumberChosen,
)
from handlers.views.rating_correcting import (
    ASKED,
    correction_screen,
    numbers_screen,
    part_screen,
    who_screen,
)
from services.people.deeds import Deed
from services.ratings.correcting import (
    SCORE,
    Wanted,
    ask_correction,
    decline_correction,
    make_correction,
)
from services.ratings.desk import find_in_round, read_correction, read_round
from services.refusal import Refusal
from services.tables.cells import an_amount

_LONGEST_REASON = 500


async def begin(callback: CallbackQuery, press: CorrectionBegun, rating: RatingDesk) -> None:
    """Ask whose line is to be corrected."""
    sheet = await sheet_of(rating.state)
    await keep(rating.state, replace(sheet, code=press.round, correction={}))
    await rating.state.set_state(Rating.name)
    await show(callback, who_screen(press.round))


async def find(message: Message, words: str, rating: RatingDesk) -> None:
    """Show who of the round is called so."""
    sheet = await sheet_of(rating.state)
    found = await rating.db.read(find_in_round, rating.person.id, sheet.code, words)
    await show(message, who_screen(sheet.code, found, said=words))


async def choose_line(callback: CallbackQuery, press: LineChosen, rating: RatingDesk) -> None:
    """Ask which number of the line is wrong."""
    sheet = await sheet_of(rating.state)
    opened = await rating.db.read(read_round, rating.person.id, sheet.code)
    if press.deputy not in opened.deputies:
        await acknowledge(callback, _("This button belongs to an older draft."))
        return
    await rating.state.set_state(None)
    await show(callback, numbers_screen(opened, press.deputy))


async def choose_number(callback: CallbackQuery, press: NumberChosen, rating: RatingDesk) -> None:
    """Ask for the right number."""
    sheet = await sheet_of(rating.state)
    opened = await rating.db.read(read_round, rating.person.id, sheet.code)
    whats = (SCORE, *(each.code for each in opened.kept.indicators))
    if press.deputy not in opened.deputies or not 0 <= press.number < len(whats):
        await acknowledge(callback, _("This button belongs to an older draft."))
        return
    begun = {"deputy": press.deputy, "what": whats[press.number]}
    sheet = await keep(rating.state, replace(sheet, correction=begun))
    await _ask(callback, sheet, rating)


async def take(message: Message, words: str, rating: RatingDesk) -> None:
    """Keep the number or a reason and ask for what is missing; at last ask the second person."""
    sheet = await sheet_of(rating.state)
    missing = _missing(sheet)
    if missing is None or message.message_id <= sheet.heard:
        return
    sheet = await keep(rating.state, replace(sheet, heard=message.message_id))
    try:
        told = _told(missing, words)
        correction = {**sheet.correction, missing: told}
        if _missing(replace(sheet, correction=correction)) is None:
            key = f"{rating.person.id}:{message.message_id}"
            await _finish(message, replace(sheet, correction=correction), key, rating)
            return
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await _ask(message, sheet, rating, problem)
        return
    await _ask(message, await keep(rating.state, replace(sheet, correction=correction)), rating)


async def ask_words(message: Message, rating: RatingDesk) -> None:
    """Say that words are asked for."""
    sheet = await sheet_of(rating.state)
    problem = _("Please write it in words, as a text message.")
    if _missing(sheet) is not None:
        await _ask(message, sheet, rating, problem)


async def open_correction(
    callback: CallbackQuery, press: CorrectionShown, rating: RatingDesk
) -> None:
    """Show a correction that waits."""
    asked = await rating.db.read(read_correction, rating.person.id, press.id)
    await show(callback, correction_screen(asked, rating.person.id))


async def decide(callback: CallbackQuery, press: CorrectionDecided, rating: RatingDesk) -> None:
    """Let a correction through, or leave the round as it is; a repeated tap shows the same."""
    made = press.decision is Decision.MADE
    command = make_correction if made else decline_correction
    await rating.db.write(command, rating.person.id, press.id, rating.clock.now())
    asked = await rating.db.read(read_correction, rating.person.id, press.id)
    await show(callback, correction_screen(asked, rating.person.id))


async def _finish(message: Message, sheet: Sheet, key: str, rating: RatingDesk) -> None:
    said = sheet.correction
    wanted = Wanted(
        sheet.code,
        said["deputy"],
        said["what"],
        Decimal(said["value"]),
        said["reason_kk"],
        said["reason_ru"],
        key,
    )
    now = rating.clock.now()
    asked = await rating.db.write(ask_correction, rating.person.id, wanted, now)
    await keep(rating.state, replace(sheet, correction={}))
    await rating.state.set_state(None)
    found = await rating.db.read(read_correction, rating.person.id, asked.id)
    await show(message, correction_screen(found, rating.person.id))


async def _ask(event: Event, sheet: Sheet, rating: RatingDesk, problem: str = "") -> None:
    opened = await rating.db.read(read_round, rating.person.id, sheet.code)
    await rating.state.set_state(Rating.value)
    missing = _missing(sheet) or "value"
    await show(event, part_screen(opened, sheet.correction, missing, problem))


def _missing(sheet: Sheet) -> str | None:
    if "what" not in sheet.correction:
        return None
    return next((name for name in ASKED if name not in sheet.correction), None)


def _told(what: str, words: str) -> str:
    """Return what was written as it is kept; raises Refusal with what is wrong."""
    if what == "value":
        return str(an_amount(words.strip()))
    return " ".join(words.replace("\x00", "").split())[: _LONGEST_REASON + 1]


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="rating correcting"), "rating", RatingDesk)
    router.callback_query.filter(Works(Deed.CORRECT_RATING))
    router.callback_query.register(begin, Pressed(CorrectionBegun))
    router.callback_query.register(choose_line, Pressed(LineChosen))
    router.callback_query.register(choose_number, Pressed(NumberChosen))
    router.callback_query.register(open_correction, Pressed(CorrectionShown))
    router.callback_query.register(decide, Pressed(CorrectionDecided))
    return router


def words() -> Router:
    """Return the router of names, numbers and reasons; it stands after all menus."""
    router = provide(Router(name="rating correcting: words"), "rating", RatingDesk)
    router.message.filter(Works(Deed.CORRECT_RATING))
    name, value = StateFilter(Rating.name), StateFilter(Rating.value)
    router.message.register(find, name, Words(at_most=100))
    router.message.register(take, value, Words())
    router.message.register(ask_words, value, NotWords())
    return router
