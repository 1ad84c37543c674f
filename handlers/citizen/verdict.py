"""What the citizen says of an answer: solved, not solved and why, how good, kept or not."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.buttons import keyboard
from handlers.citizen.consent_needed import ask_below
from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.screen import acknowledge, change_buttons, send, show
from handlers.text import _
from handlers.views.appeal_verdict import (
    Rows,
    comment_problem_screen,
    comment_screen,
    dispute_screen,
    disputed_screen,
    undisputed_screen,
    verdict_rows,
)
from handlers.views.verdict_callbacks import (
    AnswerRated,
    DisputeBegun,
    DisputeDropped,
    DisputeSent,
    PromiseKept,
    SolvedSaid,
)
from services.appeals.verdict import (
    confirm_appeal,
    disputable,
    dispute_appeal,
    keep_promise,
    rate_appeal,
)
from services.appeals.wording import comment_problem
from services.clock import Clock
from services.organisation.directory import Organisation, Organisations
from services.people.consent import ConsentKind
from services.people.model import Person
from storage.database import Database

_DRAFT = "dispute"


class Disputing(StatesGroup):
    """What the bot waits for."""

    words = State()


async def confirm(
    callback: CallbackQuery, press: SolvedSaid, db: Database, person: Person, clock: Clock
) -> None:
    """Keep that the matter is solved, and ask for a mark in the place of the question."""
    said = await db.write(confirm_appeal, press.appeal, press.decision, person.id, clock.now())
    await acknowledge(callback, _("Thank you! How good is the answer, from 1 to 5?"))
    await _change_rows(callback, verdict_rows(said.id, press.decision, said.status, said.rating))


async def rate(
    callback: CallbackQuery, press: AnswerRated, db: Database, person: Person, clock: Clock
) -> None:
    """Keep a mark from 1 to 5 and show it."""
    decision, now = press.decision, clock.now()
    said = await db.write(rate_appeal, press.appeal, decision, person.id, press.rating, now)
    thanks = _("Thank you! Your rating: {rating} of 5.")
    await acknowledge(callback, thanks.format(rating=said.rating))
    await _change_rows(callback, verdict_rows(said.id, decision, said.status, said.rating))


async def keep(
    callback: CallbackQuery, press: PromiseKept, db: Database, person: Person, clock: Clock
) -> None:
    """Keep that what was promised is done."""
    await db.write(keep_promise, press.appeal, press.decision, person.id, clock.now())
    await acknowledge(callback, _("Thank you! We are glad that it is done."))
    await _change_rows(callback, [])


async def begin(
    callback: CallbackQuery,
    press: DisputeBegun,
    state: FSMContext,
    db: Database,
    person: Person,
    organisations: Organisations,
) -> None:
    """Ask what is not solved, below the answer, which stays as it is."""
    number = await db.read(disputable, press.appeal, press.decision, person.id)
    if not person.agrees(ConsentKind.APPEALS):
        await ask_below(callback, ConsentKind.APPEALS, state, organisations)
        return
    data = await state.get_data()
    draft = {"appeal": press.appeal, "decision": press.decision}
    if not _is_for(data.get(_DRAFT), draft):
        await state.update_data({_DRAFT: draft})
    await state.set_state(Disputing.words)
    await send(callback, dispute_screen(number, press.appeal))


async def take_words(
    message: Message, words: str, state: FSMContext, organisations: Organisations
) -> None:
    """Keep the comment and show it; newer words replace older ones."""
    draft = (await state.get_data())[_DRAFT]
    if message.message_id <= draft.get("message", 0):
        return
    problem = comment_problem(words)
    if problem is not None:
        await show(message, comment_problem_screen(draft["appeal"], _(problem)))
        return
    draft |= {"text": words.strip(), "message": message.message_id}
    await state.update_data({_DRAFT: draft})
    await show(message, _preview(draft, organisations.current))


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that it needs words."""
    draft = (await state.get_data())[_DRAFT]
    words = _("Please write it in words, as a text message.")
    await show(message, comment_problem_screen(draft["appeal"], words))


async def send_comment(
    callback: CallbackQuery,
    press: DisputeSent,
    state: FSMContext,
    db: Database,
    person: Person,
    clock: Clock,
    organisations: Organisations,
) -> None:
    """Open the appeal again with the comment that was shown; a repeated tap changes nothing."""
    draft = (await state.get_data()).get(_DRAFT) or {}
    if draft.get("appeal") == press.appeal and "text" in draft:
        if draft["message"] != press.words:
            # The button of an older comment: the newer words want a look first.
            await show(callback, _preview(draft, organisations.current))
            return
        words, now = draft["text"], clock.now()
        decision, message_id = draft["decision"], draft["message"]
        await db.write(dispute_appeal, press.appeal, decision, person.id, message_id, words, now)
        await state.update_data({_DRAFT: None})
        await state.set_state(None)
    await show(callback, disputed_screen(press.appeal))


async def drop(callback: CallbackQuery, press: DisputeDropped, state: FSMContext) -> None:
    """Leave the answer as it is; the words written so far are kept."""
    await state.set_state(None)
    await show(callback, undisputed_screen(press.appeal))


def _is_for(old: dict[str, Any] | None, draft: dict[str, Any]) -> bool:
    return old is not None and all(old.get(name) == value for name, value in draft.items())


def _preview(draft: dict[str, Any], organisation: Organisation) -> Any:
    seen = (draft["appeal"], draft["decision"], draft["message"], draft["text"])
    return comment_screen(*seen, organisation)


async def _change_rows(callback: CallbackQuery, rows: Rows) -> None:
    """Put these rows in the place of those about the verdict; the message stays as it is."""
    message = callback.message
    if isinstance(message, Message):
        await change_buttons(callback, keyboard(*rows, *_others(message)))


def _others(message: Message) -> list[list[InlineKeyboardButton]]:
    """Return the rows of the message that say nothing of the answer, such as «Back»."""
    markup = message.reply_markup
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
    kinds = (SolvedSaid, DisputeBegun, AnswerRated, PromiseKept)
    prefixes = tuple(f"{kind.__prefix__}:" for kind in kinds)
    return [
        row
        for row in rows
        if not any((button.callback_data or "").startswith(prefixes) for button in row)
    ]


def router() -> Router:
    """Return the router of verdicts."""
    router = Router(name="verdict")
    router.callback_query.register(confirm, Pressed(SolvedSaid))
    router.callback_query.register(rate, Pressed(AnswerRated))
    router.callback_query.register(keep, Pressed(PromiseKept))
    router.callback_query.register(begin, Pressed(DisputeBegun))
    router.callback_query.register(send_comment, Pressed(DisputeSent))
    router.callback_query.register(drop, Pressed(DisputeDropped))
    return router


def words() -> Router:
    """Return the router of comments; it stands after all menus."""
    router = Router(name="verdict: words")
    waiting = StateFilter(Disputing.words)
    router.message.register(take_words, waiting, Words())
    router.message.register(take_something_else, waiting, NotWords())
    return router
