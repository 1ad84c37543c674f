"""The operator's desk: one screen from which appeals, polls and news are looked after."""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import button, keyboard
from handlers.filters import MenuButton, Pressed, Works
from handlers.menu import MY_WORK, OPERATOR_DESK
from handlers.official.workload_callbacks import WorkloadShown
from handlers.operator.appeals.callbacks import AppealsDesk
from handlers.operator.appeals.quote_callbacks import QuotesListed
from handlers.operator.desk_callbacks import (
    CloseAsked,
    CloseConfirmed,
    DeskShown,
    RunningPolls,
)
from handlers.operator.news_callbacks import ComposeNews
from handlers.operator.party_desk import may_run_party_life
from handlers.operator.poll_composer.callbacks import ComposePoll
from handlers.screen import Event, Screen, show
from handlers.text import N_, _
from handlers.views.approval_callbacks import ApprovalsListed, PlannedListed
from handlers.views.mailing_callbacks import MailingsListed
from handlers.views.party_callbacks import PartyDeskShown
from handlers.views.poll_desk import close_screen, running_screen
from handlers.views.poll_facts import PollFactsShown
from handlers.views.poll_report_callbacks import ReportsListed, TextsListed
from handlers.views.roadmap_callbacks import BoardShown
from handlers.views.source_callbacks import SourcesListed
from services.appeals.rights import DESK
from services.clock import Clock
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person, Role
from services.polls.closing import close_early
from services.polls.reading import find_poll, running_polls
from storage.database import Database

# What stands on the desk of who may do it, row by row.
_ROWS: tuple[tuple[tuple[Deed, str, CallbackData], ...], ...] = (
    ((Deed.READ_QUEUE, N_("📥 Appeals"), AppealsDesk()),),
    ((Deed.LAUNCH_POLL, N_("➕ New poll"), ComposePoll()),),
    ((Deed.LAUNCH_POLL, N_("📊 Running polls"), RunningPolls()),),
    ((Deed.PUBLISH_NEWS, N_("➕ New post"), ComposeNews()),),
    (
        (Deed.CALL_OFF_NEWS, N_("🗓 Planned posts"), PlannedListed()),
        (Deed.LET_SEND, N_("🔎 Approvals"), ApprovalsListed()),
    ),
    (
        (Deed.READ_MAILINGS, N_("📨 Mailings"), MailingsListed()),
        (Deed.CHANGE_SOURCES, N_("📡 Sources"), SourcesListed()),
    ),
    ((Deed.SET_VOTING_DAYS, N_("🗳 Voting days and weights"), PollFactsShown()),),
    ((Deed.EDIT_INDICATOR, N_("🗺 Road Map"), BoardShown()),),
)

# And on that of who looks after neither the queue nor the bot.
_MORE: tuple[tuple[tuple[Deed, str, CallbackData], ...], ...] = (
    ((Deed.APPROVE_QUOTE, N_("💬 Quotes"), QuotesListed()),),
    ((Deed.READ_ANSWERS, N_("💬 Answers in words"), TextsListed()),),
    ((Deed.READ_REPORT, N_("📑 Reports of polls"), ReportsListed()),),
    ((Deed.READ_WORKLOAD, N_("👥 Workload of officials"), WorkloadShown()),),
    ((Deed.LET_EXPORT, N_("🔎 Approvals"), ApprovalsListed()),),
)


async def show_desk(event: Event, state: FSMContext, person: Person, **_more: Any) -> None:
    """Show the desk; what was being composed stays as a draft."""
    await state.set_state(None)
    await show(event, _desk_screen(person.roles))


async def show_running(callback: CallbackQuery, db: Database, clock: Clock) -> None:
    """Show the polls that take answers, with participation and never any counts."""
    await _show_running(callback, db, clock.now())


async def ask_to_close(callback: CallbackQuery, press: CloseAsked, db: Database) -> None:
    """Ask before something that cannot be taken back."""
    found = await db.read(find_poll, press.poll)
    if found is not None:
        await show(callback, close_screen(found.poll))


async def close(
    callback: CallbackQuery, press: CloseConfirmed, db: Database, clock: Clock, person: Person
) -> None:
    """Take no more answers; the result comes within minutes and says that it was early."""
    await db.write(close_early, press.poll, person.id, clock.now())
    note = _("The poll is closed and is being counted. The result comes in a few minutes.")
    await _show_running(callback, db, clock.now(), note)


async def _show_running(
    callback: CallbackQuery, db: Database, now: datetime, note: str = ""
) -> None:
    await show(callback, running_screen(await db.read(running_polls, now), now, note))


def _desk_screen(roles: frozenset[Role]) -> Screen:
    if not roles.isdisjoint(DESK):
        text, offered = _("<b>Operator’s desk</b>\n\nWhat would you like to do?"), _ROWS
    else:
        text, offered = _("<b>My work</b>\n\nWhat would you like to do?"), _ROWS + _MORE
    rows = [
        [button(_(label), data) for deed, label, data in row if may_somewhere(roles, deed)]
        for row in offered
    ]
    if may_run_party_life(roles):
        rows.append([button(_("🏛 Party life"), PartyDeskShown())])
    return Screen(text, keyboard(*rows))


def router() -> Router:
    """Return the router of the desk."""
    router = Router(name="operator desk")
    staff = Works(*(deed for row in (*_ROWS, *_MORE) for deed, _label, _data in row))
    polls, closing = Works(Deed.LAUNCH_POLL), Works(Deed.CLOSE_POLL)
    router.message.register(show_desk, Command("desk"), staff)
    router.message.register(show_desk, MenuButton(OPERATOR_DESK), staff)
    router.message.register(show_desk, MenuButton(MY_WORK), staff)
    router.callback_query.register(show_desk, Pressed(DeskShown), staff)
    router.callback_query.register(show_running, Pressed(RunningPolls), polls)
    router.callback_query.register(ask_to_close, Pressed(CloseAsked), closing)
    router.callback_query.register(close, Pressed(CloseConfirmed), closing)
    return router
