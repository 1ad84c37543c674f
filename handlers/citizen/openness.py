"""/openness: the party's own figures of each month, as words, as a picture and as a file."""

from datetime import date
from pathlib import Path
from typing import Protocol

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, FSInputFile, Message
from aiogram.utils.i18n import I18n

from handlers.filters import Pressed
from handlers.screen import Event, Screen, acknowledge, send, show
from handlers.views.openness_callbacks import (
    OpennessChart,
    OpennessCorrections,
    OpennessFile,
    OpennessMonths,
    OpennessRegions,
    OpennessShown,
    OpennessTopics,
)
from handlers.views.openness_chart import openness_card
from handlers.views.openness_file import file_words
from handlers.views.openness_screens import (
    PAGE,
    caption,
    corrections_screen,
    month_screen,
    months_screen,
    nothing_screen,
    regions_screen,
    topics_screen,
)
from services.clock import Clock
from services.openness.figures import Cell
from services.openness.file import as_json
from services.openness.reading import (
    OpenMonth,
    existing_month,
    months_out,
    read_line,
    read_month,
    read_months,
)
from services.organisation.directory import Organisations
from services.places.atlas import atlas
from services.polls.chart import Card
from services.refusal import N_, Refusal
from storage.database import Database

# Months in one file; nobody has more in ten years.
_MOST = 120


class Pictures(Protocol):
    """Draws cards apart from the bot's own process."""

    async def picture(self, written: Card) -> Path:
        """Return the picture of a card, drawn unless it is there."""


async def open_openness(
    event: Event,
    state: FSMContext,
    db: Database,
    organisations: Organisations,
    press: OpennessShown | None = None,
) -> None:
    """Show a month: the newest, or the one pressed, of the country, a region or a topic."""
    await state.set_state(None)
    press = press or OpennessShown()
    month = await _month(db, press.month) if press.month else await db.read(read_month)
    if month is None:
        await show(event, nothing_screen())
        return
    await show(event, month_screen(month, _cell(press, organisations), organisations.current))


async def show_regions(callback: CallbackQuery, press: OpennessRegions, db: Database) -> None:
    """Show all regions."""
    await show(callback, regions_screen(await _month(db, press.month)))


async def show_topics(
    callback: CallbackQuery, press: OpennessTopics, db: Database, organisations: Organisations
) -> None:
    """Show a page of topics."""
    month = await _month(db, press.month)
    await show(callback, topics_screen(month, press.page, organisations.current))


async def show_months(callback: CallbackQuery, press: OpennessMonths, db: Database) -> None:
    """Show months that are out."""
    before = _day(press.before) if press.before else None
    await show(callback, months_screen(await db.read(months_out, PAGE + 1, before)))


async def show_corrections(
    callback: CallbackQuery, press: OpennessCorrections, db: Database, organisations: Organisations
) -> None:
    """Show what was wrong in a month, and both values."""
    month = await _month(db, press.month)
    await show(callback, corrections_screen(month, organisations.current))


async def show_chart(
    callback: CallbackQuery,
    press: OpennessChart,
    db: Database,
    organisations: Organisations,
    charts: Pictures,
) -> None:
    """Show the months up to this one as a picture, below."""
    month, cell = await _month(db, press.month), _cell(press, organisations)
    line = await db.read(read_line, cell, month.month)
    organisation = organisations.current
    picture = await charts.picture(openness_card(month, line, cell, organisation))
    words = caption(month, cell, organisation)
    await send(callback, Screen(words.text, words.keyboard, FSInputFile(picture)))


async def send_file(
    callback: CallbackQuery,
    press: OpennessFile,
    db: Database,
    organisations: Organisations,
    clock: Clock,
    i18n: I18n,
) -> None:
    """Send the figures of one month or of all as a JSON file, below."""
    months = (await _month(db, press.month),) if press.month else await db.read(read_months, _MOST)
    await acknowledge(callback)
    if not months or not isinstance(callback.message, Message):
        return
    words = file_words(i18n)
    data = as_json(months, organisations.current, words, clock.now())
    name = f"openness-{months[0].month:%Y-%m}.json" if press.month else "openness.json"
    await callback.message.answer_document(BufferedInputFile(data, name))


async def _month(db: Database, key: str) -> OpenMonth:
    return await db.read(existing_month, _day(key))


def _day(key: str) -> date:
    try:
        return date.fromisoformat(key)
    except ValueError:
        raise Refusal(N_("There are no figures of this month.")) from None


def _cell(press: OpennessShown | OpennessChart, organisations: Organisations) -> Cell:
    """Return the cell that was pressed; the country where there is no such."""
    region = press.region if press.region in atlas().regions else ""
    topic = press.topic if press.topic in organisations.current.topics and not region else ""
    return Cell(region, topic)


def router() -> Router:
    """Return the router of /openness."""
    router = Router(name="openness")
    router.message.register(open_openness, Command("openness"))
    router.callback_query.register(open_openness, Pressed(OpennessShown))
    router.callback_query.register(show_regions, Pressed(OpennessRegions))
    router.callback_query.register(show_topics, Pressed(OpennessTopics))
    router.callback_query.register(show_months, Pressed(OpennessMonths))
    router.callback_query.register(show_corrections, Pressed(OpennessCorrections))
    router.callback_query.register(show_chart, Pressed(OpennessChart))
    router.callback_query.register(send_file, Pressed(OpennessFile))
    return router
