"""Own appeals: where they stand, and what the citizen says of an answer."""

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.buttons import keyboard
from handlers.filters import MenuButton, Pressed
from handlers.menu import MY_APPEALS
from handlers.screen import acknowledge, send, show
from handlers.text import _
from handlers.views.appeal_callbacks import AnswerJudged, AnswerRated, OwnAppeal, OwnAppeals
from handlers.views.appeal_card import own_card_screen, own_list_screen, rating_rows
from services.appeals.answering import rate_appeal
from services.appeals.model import RatedAppeal
from services.appeals.reading import appeal_card, list_own
from services.clock import Clock, local_date
from services.organisation.directory import Organisations
from services.people.model import Person
from storage.database import Database

PAGE = 6


async def open_list(
    message: Message,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Show the newest appeals and leave whatever was going on."""
    await state.set_state(None)
    today = local_date(clock.now())
    lines = await db.read(list_own, person.id, None, PAGE + 1, today)
    more = len(lines) > PAGE
    organisation = organisations.current
    await show(message, own_list_screen(lines[:PAGE], organisation, first=True, more=more))


async def turn_page(
    callback: CallbackQuery,
    press: OwnAppeals,
    organisations: Organisations,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Show a page of appeals in place."""
    after = press.after or None
    lines = await db.read(list_own, person.id, after, PAGE + 1, local_date(clock.now()))
    more = len(lines) > PAGE
    organisation = organisations.current
    first = after is None
    await show(callback, own_list_screen(lines[:PAGE], organisation, first=first, more=more))


async def open_card(
    callback: CallbackQuery,
    press: OwnAppeal,
    organisations: Organisations,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Show one own appeal: in place, but never instead of its receipt."""
    card = await db.read(appeal_card, press.appeal, person.id, local_date(clock.now()))
    screen = own_card_screen(card, organisations.current)
    await (send if press.receipt else show)(callback, screen)


async def rate(
    callback: CallbackQuery, press: AnswerRated, db: Database, person: Person, clock: Clock
) -> None:
    """Keep a rating from 1 to 5 and say thank you."""
    rated = await db.write(rate_appeal, press.appeal, person.id, clock.now(), rating=press.rating)
    thanks = _("Thank you! Your rating: {rating} of 5.")
    await _mark(callback, rated, thanks.format(rating=press.rating))


async def judge(
    callback: CallbackQuery, press: AnswerJudged, db: Database, person: Person, clock: Clock
) -> None:
    """Keep whether the matter is solved and say thank you."""
    rated = await db.write(rate_appeal, press.appeal, person.id, clock.now(), solved=press.solved)
    if press.solved:
        thanks = _("Thank you! We are glad that the matter is solved.")
    else:
        thanks = _("Thank you for telling us. It is recorded that the matter is not solved.")
    await _mark(callback, rated, thanks)


async def _mark(callback: CallbackQuery, rated: RatedAppeal, thanks: str) -> None:
    """Thank in a pop-up and mark the choice under the answer, which stays as it is."""
    await acknowledge(callback, thanks)
    message = callback.message
    if not isinstance(message, Message):
        return
    ratings = rating_rows(rated.id, rated.rating, solved=rated.solved)
    try:
        await message.edit_reply_markup(reply_markup=keyboard(*ratings, *_others(message)))
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            raise


def _others(message: Message) -> list[list[InlineKeyboardButton]]:
    """Return the rows of the message that are not about rating, such as «Back»."""
    markup = message.reply_markup
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
    prefixes = (f"{AnswerRated.__prefix__}:", f"{AnswerJudged.__prefix__}:")
    return [
        row
        for row in rows
        if not any((button.callback_data or "").startswith(prefixes) for button in row)
    ]


def router() -> Router:
    """Return the router of /my, of own appeals and of ratings."""
    router = Router(name="own appeals")
    router.message.register(open_list, Command("my"))
    router.message.register(open_list, MenuButton(MY_APPEALS))
    router.callback_query.register(turn_page, Pressed(OwnAppeals))
    router.callback_query.register(open_card, Pressed(OwnAppeal))
    router.callback_query.register(rate, Pressed(AnswerRated))
    router.callback_query.register(judge, Pressed(AnswerJudged))
    return router
