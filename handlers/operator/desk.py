"""The operator's desk: one screen from which appeals, polls and news are looked after."""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import button, keyboard
from handlers.filters import MenuButton, Pressed, Works
from handlers.menu import OPERATOR_DESK
from handlers.operator.appeals.callbacks import AppealsDesk
from handlers.operator.desk_callbacks import (
    CloseAsked,
    CloseConfirmed,
    DeskShown,
    RunningPolls,
)
from handlers.operator.news_callbacks import ComposeNews
from handlers.operator.poll_composer.callbacks import ComposePoll
from handlers.screen import Event, Screen, show
from handlers.text import _
from handlers.views.approval_callbacks import ApprovalsListed, PlannedListed
from handlers.views.mailing_callbacks import MailingsListed
from handlers.views.poll_desk import close_screen, running_screen
from handlers.views.poll_facts import PollFactsShown
from handlers.views.roadmap_callbacks import BoardShown
from handlers.views.source_callbacks import SourcesListed
from services.clock import Clock
from services.people.model import Person, Role
from services.polls.closing import close_early
from services.polls.reading import find_poll, running_polls
from storage.database import Database


async def show_desk(event: Event, state: FSMContext, person: Person, **_more: Any) -> None:
    """Show the desk; what was being composed stays as a draft."""
    await state.set_state(None)
    await show(event, _desk_screen(administrator=person.is_a(Role.ADMINISTRATOR)))


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


def _desk_screen(*, administrator: bool) -> Screen:
    facts = button(_("🗳 Voting days and weights"), PollFactsShown())
    text = _("<b>Operator’s desk</b>\n\nWhat would you like to do?")
    return Screen(
        text,
        keyboard(
            [button(_("📥 Appeals"), AppealsDesk())],
            [button(_("➕ New poll"), ComposePoll())],
            [button(_("📊 Running polls"), RunningPolls())],
            [button(_("➕ New post"), ComposeNews())],
            [
                button(_("🗓 Planned posts"), PlannedListed()),
                button(_("🔎 Approvals"), ApprovalsListed()),
            ],
            [
                button(_("📨 Mailings"), MailingsListed()),
                button(_("📡 Sources"), SourcesListed()),
            ],
            [facts] if administrator else [],
            [button(_("🗺 Road Map"), BoardShown())] if administrator else [],
        ),
    )


def router() -> Router:
    """Return the router of the desk."""
    router = Router(name="operator desk")
    staff = Works(Role.OPERATOR, Role.ADMINISTRATOR)
    router.message.register(show_desk, Command("desk"), staff)
    router.message.register(show_desk, MenuButton(OPERATOR_DESK), staff)
    router.callback_query.register(show_desk, Pressed(DeskShown), staff)
    router.callback_query.register(show_running, Pressed(RunningPolls), staff)
    router.callback_query.register(ask_to_close, Pressed(CloseAsked), staff)
    router.callback_query.register(close, Pressed(CloseConfirmed), staff)
    return router
