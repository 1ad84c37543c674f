"""Signing up for a programme: its text of consent, the name, each question, the check.

The form that is being filled in stands under `programme` in the conversation.
"""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.provided import provide
from handlers.screen import Event, Screen, acknowledge, show, turn
from handlers.text import _
from handlers.views.programme_callbacks import (
    Answered,
    Asked,
    SignUpBegun,
    SignUpSent,
    TermsAgreed,
)
from handlers.views.programme_form import (
    begin_again,
    check_screen,
    done_screen,
    name_screen,
    question_screen,
    terms_screen,
)
from handlers.views.programme_screens import card_screen
from services.clock import Clock, local_date
from services.language import Language
from services.people.consent import ConsentKind
from services.people.model import Person
from services.programmes.catalogue import Card, read_card
from services.programmes.form import next_asked, read_answer, read_name
from services.programmes.model import Field, FieldKind
from services.programmes.signing_up import Wanted, sign_up
from services.refusal import ConsentNeeded, Refusal
from storage.database import Database

KEY = "programme"
_PRESSED = (FieldKind.CHOICE, FieldKind.YES_NO)


class SigningUp(StatesGroup):
    """A message is an answer; to which question, the sheet knows."""

    answers = State()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that is being filled in.

    seen: version of an earlier sign-up; consent: version of the programme's own text agreed to;
    told: answers by code, "" where skipped; at: the code of the question that was opened once
    more, None where the next one is asked; heard: the last message taken.
    """

    programme: int
    seen: int
    consent: int = 0
    name: str = ""
    told: dict[str, str] = field(default_factory=dict)
    at: str | None = None
    heard: int = 0


@dataclass(frozen=True, slots=True)
class Filling:
    """The conversation of somebody who signs up, and what it reads and writes."""

    state: FSMContext
    person: Person
    db: Database
    clock: Clock

    async def sheet(self) -> Sheet | None:
        """Return the form that was begun."""
        kept = (await self.state.get_data()).get(KEY) or {}
        return Sheet(**kept) if "programme" in kept else None

    async def keep(self, sheet: Sheet) -> Sheet:
        """Keep the form and return it."""
        await self.state.update_data({KEY: asdict(sheet)})
        return sheet

    async def card(self, programme: int) -> Card:
        """Return the programme as it is now."""
        return await self.db.read(read_card, programme, self.person.id)


async def begin(callback: CallbackQuery, press: SignUpBegun, filling: Filling) -> None:
    """Begin, or go on with what was begun; who agreed to no programme yet is asked first."""
    if not filling.person.agrees(ConsentKind.PROGRAMMES):
        raise ConsentNeeded(ConsentKind.PROGRAMMES)
    card = await filling.card(press.programme)
    own = card.own
    today = local_date(filling.clock.now())
    taken = own is not None and (own.active or own.version != press.seen)
    if taken or not card.programme.takes_on(today):
        await turn(callback, card_screen(card, filling.clock.now()))
        return
    sheet = await filling.sheet()
    if sheet is None or (sheet.programme, sheet.seen) != (press.programme, press.seen):
        sheet = Sheet(press.programme, press.seen, heard=sheet.heard if sheet else 0)
    await _go_on(callback, filling, card, replace(sheet, at=None))


async def agree(callback: CallbackQuery, press: TermsAgreed, filling: Filling) -> None:
    """Note that the programme's own text was agreed to."""
    sheet = await _sheet_for(callback, press.programme, filling)
    if sheet is not None:
        card = await filling.card(press.programme)
        await _go_on(callback, filling, card, replace(sheet, consent=press.version))


async def answer(callback: CallbackQuery, press: Answered, filling: Filling) -> None:
    """Take an answer that was pressed, or skip a question that may be skipped."""
    sheet = await _sheet_for(callback, press.programme, filling)
    if sheet is None:
        return
    card = await filling.card(press.programme)
    asked = _field(card, press.field)
    if asked is not None and (press.answer or not asked.required):
        told = read_answer(asked, press.answer) if press.answer else ""
        sheet = replace(sheet, told={**sheet.told, asked.code: told}, at=None)
    await _go_on(callback, filling, card, sheet)


async def ask_again(callback: CallbackQuery, press: Asked, filling: Filling) -> None:
    """Open a question once more."""
    sheet = await _sheet_for(callback, press.programme, filling)
    if sheet is not None:
        card = await filling.card(press.programme)
        await _go_on(callback, filling, card, replace(sheet, at=press.field))


async def take_words(message: Message, words: str, filling: Filling) -> None:
    """Take what was written as the answer to the question that stands open."""
    sheet = await filling.sheet()
    if sheet is None or message.message_id <= sheet.heard:
        return
    sheet = replace(sheet, heard=message.message_id)
    card = await filling.card(sheet.programme)
    if _terms_wait(card, sheet):
        await _go_on(message, filling, card, sheet)
        return
    asked = _open(card, sheet)
    try:
        if not sheet.name or sheet.at == "":
            sheet = replace(sheet, name=read_name(words), at=None)
        elif asked is not None:
            said = read_answer(asked, words)
            sheet = replace(sheet, told={**sheet.told, asked.code: said}, at=None)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await filling.keep(sheet)
        await _ask(message, filling, card, sheet, problem)
        return
    await _go_on(message, filling, card, sheet)


async def take_something_else(message: Message, filling: Filling) -> None:
    """Say what fits; a shared contact is an answer where a phone is asked for."""
    sheet = await filling.sheet()
    if sheet is None or message.message_id <= sheet.heard:
        return
    card = await filling.card(sheet.programme)
    asked = _open(card, sheet)
    if message.contact and sheet.name and asked and asked.kind is FieldKind.PHONE:
        await take_words(message, message.contact.phone_number, filling)
        return
    sheet = await filling.keep(replace(sheet, heard=message.message_id))
    problem = _("Please write it in words, as a text message.")
    if asked is not None and asked.kind in _PRESSED:
        problem = _("Please choose one of the answers below.")
    await _ask(message, filling, card, sheet, problem)


async def send(callback: CallbackQuery, press: SignUpSent, filling: Filling) -> None:
    """Sign up with what was checked; pressed again, show how the person stands."""
    sheet = await filling.sheet()
    card = await filling.card(press.programme)
    if sheet is None or (sheet.programme, sheet.seen) != (press.programme, press.seen):
        ended = card.own is not None and card.own.active
        await turn(
            callback, done_screen(card) if ended else begin_again(press.programme, _of(card))
        )
        return
    wanted = Wanted(
        sheet.name, {code: said for code, said in sheet.told.items() if said}, sheet.consent
    )
    language = filling.person.language or Language.KAZAKH
    try:
        await filling.db.write(
            sign_up,
            filling.person.id,
            press.programme,
            wanted,
            press.seen,
            language,
            filling.clock.now(),
        )
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await _go_on(callback, filling, card, sheet, problem)
        return
    await filling.state.update_data({KEY: {}})
    await filling.state.set_state(None)
    await turn(callback, done_screen(await filling.card(press.programme)))


async def _go_on(
    event: Event, filling: Filling, card: Card, sheet: Sheet, problem: str = ""
) -> None:
    await filling.keep(sheet)
    await filling.state.set_state(SigningUp.answers)
    await _ask(event, filling, card, sheet, problem)


async def _ask(
    event: Event, filling: Filling, card: Card, sheet: Sheet, problem: str = ""
) -> None:
    screen = _screen(card, sheet, filling, problem)
    if isinstance(event, CallbackQuery):
        await turn(event, screen)
    else:
        await show(event, screen)


def _screen(card: Card, sheet: Sheet, filling: Filling, problem: str) -> Screen:
    programme = card.programme
    if _terms_wait(card, sheet):
        return terms_screen(programme)
    if not sheet.name or sheet.at == "":
        return name_screen(programme, problem)
    asked = _open(card, sheet)
    if asked is not None:
        return question_screen(programme, card.fields, asked, problem)
    today = local_date(filling.clock.now())
    return check_screen(card, sheet.name, sheet.told, sheet.seen, today, problem)


def _terms_wait(card: Card, sheet: Sheet) -> bool:
    programme = card.programme
    return bool(programme.consent_kk) and sheet.consent != programme.consent_version


def _open(card: Card, sheet: Sheet) -> Field | None:
    """Return the question that stands open; None at the check."""
    again = _field(card, sheet.at) if sheet.at else None
    return again or next_asked(card.fields, sheet.told)


def _field(card: Card, code: str) -> Field | None:
    return next((one for one in card.fields if one.code == code), None)


def _of(card: Card) -> int:
    return card.own.version if card.own else 0


async def _sheet_for(callback: CallbackQuery, programme: int, filling: Filling) -> Sheet | None:
    sheet = await filling.sheet()
    if sheet is None or sheet.programme != programme:
        await acknowledge(callback, _("This button belongs to an older draft."))
        return None
    return sheet


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="programme form"), "filling", Filling)
    router.callback_query.register(begin, Pressed(SignUpBegun))
    router.callback_query.register(agree, Pressed(TermsAgreed))
    router.callback_query.register(answer, Pressed(Answered))
    router.callback_query.register(ask_again, Pressed(Asked))
    router.callback_query.register(send, Pressed(SignUpSent))
    return router


def words() -> Router:
    """Return the router of what is written; it stands after all menus."""
    router = provide(Router(name="programme form words"), "filling", Filling)
    waiting: Any = StateFilter(SigningUp.answers)
    router.message.register(take_words, waiting, Words())
    router.message.register(take_something_else, waiting, NotWords())
    return router
