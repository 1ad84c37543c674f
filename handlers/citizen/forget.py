"""Being forgotten: what it means, what becomes of open appeals, two confirmations, goodbye.

What was chosen, and the round of the first confirmation, stand under `forget` in the
conversation.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, ReplyKeyboardRemove

from handlers.filters import Pressed
from handlers.provided import provide
from handlers.screen import Event, show
from handlers.views.forget import (
    done_screen,
    fates_screen,
    goodbye,
    last_screen,
    meaning_screen,
    until_answered,
)
from handlers.views.mydata_callbacks import (
    AppealFate,
    FatesOpened,
    ForgetAsked,
    ForgetConfirmed,
    ForgetOpened,
)
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.directory import Directory
from services.people.model import Person
from services.polls.ballot_box import BallotBox
from services.refusal import N_, Refusal
from services.rights.erasing import Wish, before_forgetting, forget_person, open_appeals
from storage.database import Database

_KEY = "forget"
_LIVES = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Leave:
    """What forgetting somebody needs."""

    person: Person
    people: Directory
    db: Database
    clock: Clock
    organisations: Organisations
    ballot_box: BallotBox
    backup_keep: int


async def ask(message: Message, state: FSMContext, leave: Leave) -> None:
    """Say what erasing means."""
    await state.set_state(None)
    await _open(message, leave)


async def open_meaning(callback: CallbackQuery, leave: Leave) -> None:
    """Say the same by a button."""
    await _open(callback, leave)


async def open_fates(callback: CallbackQuery, state: FSMContext, leave: Leave) -> None:
    """Ask what shall become of open appeals."""
    before = await leave.db.read(before_forgetting, leave.person.id, leave.clock.now())
    screen = fates_screen(before, await _chosen(state), leave.organisations.current)
    await show(callback, screen)


async def choose(
    callback: CallbackQuery, press: AppealFate, state: FSMContext, leave: Leave
) -> None:
    """Keep what shall become of an open appeal, or of all of them."""
    chosen = await _chosen(state)
    for each in await leave.db.read(open_appeals, leave.person.id):
        if press.appeal in {0, each.id}:
            chosen[each.id] = press.answered_first
    await state.update_data({_KEY: {"chosen": _written(chosen)}})
    await open_fates(callback, state, leave)


async def confirm(callback: CallbackQuery, state: FSMContext, leave: Leave) -> None:
    """Ask a second time; the button is bound to this press."""
    now, chosen = leave.clock.now(), await _chosen(state)
    before = await leave.db.read(before_forgetting, leave.person.id, now)
    if any(each.id not in chosen for each in before.open):
        await open_fates(callback, state, leave)
        return
    own_round = hashlib.blake2s(callback.id.encode(), digest_size=6).hexdigest()
    kept = await _kept(state)
    if kept.get("round") != own_round:
        asked = {"round": own_round, "asked_at": now.isoformat()}
        await state.update_data({_KEY: {"chosen": _written(chosen), **asked}})
    organisation = leave.organisations.current
    await show(callback, last_screen(before, chosen, own_round, organisation))


async def erase(
    callback: CallbackQuery, press: ForgetConfirmed, state: FSMContext, leave: Leave, bot: Bot
) -> None:
    """Erase everything, and say goodbye in one message."""
    person, now = leave.person, leave.clock.now()
    _require_fresh(await _kept(state), press, now)
    wish = await _wish(state, leave, bot, off_board=press.off_board)
    gone = await leave.db.write(forget_person, person.id, wish, now)
    left = () if gone else await leave.db.read(open_appeals, person.id)
    leave.people.forget(person.id)
    await state.clear()
    await leave.db.scrub(anew=False)
    await show(callback, done_screen())
    if isinstance(callback.message, Message):
        farewell = goodbye() if gone else until_answered(left)
        await callback.message.answer(farewell, reply_markup=ReplyKeyboardRemove())


async def _open(event: Event, leave: Leave) -> None:
    before = await leave.db.read(before_forgetting, leave.person.id, leave.clock.now())
    await show(event, meaning_screen(before, leave.backup_keep))


async def _wish(state: FSMContext, leave: Leave, bot: Bot, *, off_board: bool) -> Wish:
    chosen = await _chosen(state)
    return Wish(
        answered_first=frozenset(number for number, first in chosen.items() if first),
        taken_back=frozenset(number for number, first in chosen.items() if not first),
        bots=(bot.id,),
        sheets=await leave.ballot_box.tags(leave.person, leave.clock.now()),
        off_board=off_board,
    )


def _require_fresh(kept: dict[str, Any], press: ForgetConfirmed, now: datetime) -> None:
    asked = kept.get("asked_at")
    fresh = asked is not None and now - datetime.fromisoformat(asked) <= _LIVES
    if kept.get("round") != press.round or not fresh:
        raise Refusal(N_("This button does not work any more. Please begin again: /forget"))


async def _kept(state: FSMContext) -> dict[str, Any]:
    return (await state.get_data()).get(_KEY) or {}


async def _chosen(state: FSMContext) -> dict[int, bool]:
    kept: dict[str, bool] = (await _kept(state)).get("chosen") or {}
    return {int(number): first for number, first in kept.items()}


def _written(chosen: dict[int, bool]) -> dict[str, bool]:
    return {str(number): first for number, first in sorted(chosen.items())}


def router() -> Router:
    """Return the router of forgetting."""
    router = provide(Router(name="forgetting"), "leave", Leave)
    router.message.register(ask, Command("forget"))
    router.callback_query.register(open_meaning, Pressed(ForgetOpened))
    router.callback_query.register(open_fates, Pressed(FatesOpened))
    router.callback_query.register(choose, Pressed(AppealFate))
    router.callback_query.register(confirm, Pressed(ForgetAsked))
    router.callback_query.register(erase, Pressed(ForgetConfirmed))
    return router
