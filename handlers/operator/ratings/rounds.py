"""Rounds as editors see them: looking through one, publishing it, sending it back."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.ratings.desk import RatingDesk
from handlers.operator.ratings.sheet import Rating, keep, sheet_of
from handlers.provided import provide
from handlers.screen import show
from handlers.text import _
from handlers.views.rating_callbacks import (
    RoundLines,
    RoundPublished,
    RoundReturned,
    RoundShown,
    RoundsShown,
)
from handlers.views.rating_rounds import lines_screen, returning_screen
from services.people.deeds import Deed
from services.ratings.approving import publish_round, return_round
from services.ratings.desk import read_round
from services.refusal import Refusal


async def open_rounds(callback: CallbackQuery, rating: RatingDesk) -> None:
    """Show all rounds and what waits."""
    await rating.show_rounds(callback)


async def open_round(callback: CallbackQuery, press: RoundShown, rating: RatingDesk) -> None:
    """Show one round."""
    await rating.show_round(callback, press.code)


async def open_lines(callback: CallbackQuery, press: RoundLines, rating: RatingDesk) -> None:
    """Show the lines of a round, page by page."""
    opened = await rating.db.read(read_round, rating.person.id, press.code)
    await show(callback, lines_screen(opened, max(press.after, 0)))


async def publish(callback: CallbackQuery, press: RoundPublished, rating: RatingDesk) -> None:
    """Publish a round; a repeated tap shows the same."""
    seen = (press.code, press.version)
    await rating.db.write(publish_round, rating.person.id, *seen, rating.clock.now())
    await rating.show_round(callback, press.code, _("✅ Published: citizens see it now."))


async def ask_reason(callback: CallbackQuery, press: RoundReturned, rating: RatingDesk) -> None:
    """Ask why a round is sent back."""
    sheet = await sheet_of(rating.state)
    await keep(rating.state, replace(sheet, code=press.code, version=press.version))
    await rating.state.set_state(Rating.returning)
    await show(callback, returning_screen(press.code))


async def send_back(message: Message, words: str, rating: RatingDesk) -> None:
    """Send a round back with a reason; a repeated message does nothing."""
    sheet = await sheet_of(rating.state)
    if message.message_id <= sheet.heard:
        return
    await keep(rating.state, replace(sheet, heard=message.message_id))
    seen = (sheet.code, sheet.version)
    try:
        await rating.db.write(return_round, rating.person.id, *seen, words, rating.clock.now())
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await show(message, returning_screen(sheet.code, problem))
        return
    note = _("↩️ Sent back. Who brought it reads your reason.")
    await rating.show_round(message, sheet.code, note)


async def ask_words(message: Message, rating: RatingDesk) -> None:
    """Say that a reason is asked for."""
    sheet = await sheet_of(rating.state)
    problem = _("Please write it in words, as a text message.")
    await show(message, returning_screen(sheet.code, problem))


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="rating rounds"), "rating", RatingDesk)
    router.callback_query.filter(Works(Deed.READ_RATINGS))
    router.callback_query.register(open_rounds, Pressed(RoundsShown))
    router.callback_query.register(open_round, Pressed(RoundShown))
    router.callback_query.register(open_lines, Pressed(RoundLines))
    router.callback_query.register(publish, Pressed(RoundPublished))
    router.callback_query.register(ask_reason, Pressed(RoundReturned))
    return router


def words() -> Router:
    """Return the router of reasons; it stands after all menus."""
    router = provide(Router(name="rating rounds: reasons"), "rating", RatingDesk)
    router.message.filter(Works(Deed.DECIDE_RATING))
    asked = StateFilter(Rating.returning)
    router.message.register(send_back, asked, Words())
    router.message.register(ask_words, asked, NotWords())
    return router
