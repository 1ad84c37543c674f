"""Open polls, results, and what is secret about an answer."""

from collections.abc import Sequence
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.buttons import button, keyboard
from handlers.citizen.poll_results import show_in_words, show_result
from handlers.filters import MenuButton, Pressed
from handlers.menu import POLLS
from handlers.screen import Event, Screen, send, show
from handlers.text import N_, _, current_language
from handlers.views.poll_callbacks import PollList, PollOpened, Secrecy
from handlers.views.poll_pages import to_results
from handlers.views.poll_text import poll_keyboard, poll_text, secrecy_text
from services.clock import Clock
from services.people.model import Person
from services.polls.ballot_box import BallotBox
from services.polls.model import Poll, PollStatus, Stream
from services.polls.political import check_shown
from services.polls.publishing import Charts
from services.polls.reading import find_poll, find_result, polls_for
from services.refusal import Refusal
from services.text.length import shortened, utf16_length
from storage.database import Database

_LABEL_LENGTH = 60
_CAPTION = 1024


async def show_polls(
    event: Event, state: FSMContext, db: Database, person: Person, ballot_box: BallotBox,
    clock: Clock,
) -> None:  # fmt: skip
    """Show the open polls this person may answer, with a mark on those answered."""
    if isinstance(event, Message):
        await state.set_state(None)
    polls = await db.read(polls_for, person, clock.now())
    answered = await ballot_box.answered(person, polls)
    await show(event, _list_screen(polls, answered))


async def open_poll(
    callback: CallbackQuery,
    press: PollOpened,
    db: Database,
    person: Person,
    charts: Charts,
    clock: Clock,
) -> None:
    """Show the question of an open poll, the result of a closed one."""
    result = await db.read(find_result, press.poll)
    if result is None:
        await send(callback, await _question(db, press.poll, person))
        return
    await db.read(check_shown, result.poll.passport.topic_class, clock.now())
    await show_result(callback, result, db, person, charts, clock)


async def follow_link(
    event: Event, payload: str, *, db: Database, person: Person, clock: Clock, **_more: Any
) -> None:
    """Open a poll from a link `poll_<id>`."""
    if not (payload.isascii() and payload.isdigit() and len(payload) < 10):  # noqa: PLR2004
        raise Refusal(N_("There is no such poll."))
    result = await db.read(find_result, int(payload))
    if result is None:
        await send(event, await _question(db, int(payload), person))
        return
    await db.read(check_shown, result.poll.passport.topic_class, clock.now())
    await show_in_words(event, result, db, person, clock)


async def explain_secrecy(callback: CallbackQuery) -> None:
    """Say what is protected and what is not."""
    await send(callback, Screen(secrecy_text()))


def _list_screen(polls: Sequence[Poll], answered: Sequence[bool]) -> Screen:
    rows = [
        [button(_label("✅" if done else "▫️", poll), PollOpened(poll=poll.id))]
        for poll, done in zip(polls, answered, strict=True)
    ]
    text = _("There are no open polls for you now. As soon as there is one, it comes here.")
    if polls:
        text = _("Open polls. ✅ marks those you have answered; you can change an answer.")
    return Screen(f"<b>{_(POLLS)}</b>\n\n{text}", keyboard(*rows, [to_results()]))


async def _question(db: Database, poll_id: int, person: Person) -> Screen:
    found = await db.read(find_poll, poll_id)
    if found is None:
        raise Refusal(N_("There is no such poll."))
    if found.status is not PollStatus.OPEN:
        return Screen(
            _("This poll is closed; its answers are being counted. Look in a few minutes.")
        )
    if not found.poll.target.takes(person):
        raise Refusal(N_("This poll is for other people."))
    keys = poll_keyboard(found.poll, stream=Stream.OPEN)
    text = poll_text(found.poll)
    # Under a picture stands less than in a message.
    return Screen(text, keys, found.poll.photo if utf16_length(text) <= _CAPTION else None)


def _label(mark: str, poll: Poll) -> str:
    return f"{mark} {shortened(poll.title(current_language()), _LABEL_LENGTH)}"


def router() -> Router:
    """Return the router of the list of polls and their results."""
    router = Router(name="polls")
    router.message.register(show_polls, Command("polls"))
    router.message.register(show_polls, MenuButton(POLLS))
    router.callback_query.register(show_polls, Pressed(PollList))
    router.callback_query.register(open_poll, Pressed(PollOpened))
    router.callback_query.register(explain_secrecy, Pressed(Secrecy))
    return router
