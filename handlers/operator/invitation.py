"""Joining the staff by a one-time link."""

from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.menu import home, set_own_commands
from handlers.screen import Event, Screen, send
from handlers.staff_session import ask_for_pin
from handlers.text import _
from handlers.views.staff_words import role_name
from services.clock import Clock
from services.people.directory import Directory
from services.people.invitations import accept_invitation
from services.people.model import Person
from storage.database import Database


async def open_invitation(
    event: Event,
    token: str,
    *,
    person: Person,
    people: Directory,
    clock: Clock,
    db: Database,
    state: FSMContext,
    **_more: Any,
) -> None:
    """Give the role that the link carries, show the menu that comes with it, and ask for a PIN."""
    before = person.roles
    person = await people.change(accept_invitation, person.id, token, clock.now())
    gained = ", ".join(role_name(role) for role in sorted(person.roles - before))
    if event.bot is not None:
        await set_own_commands(event.bot, person)
    text = _("Welcome. Your role: {role}").format(role=gained) if gained else _("Welcome back.")
    await send(event, Screen(text))
    await send(event, home(person))
    if person.roles and event.bot is not None:
        await ask_for_pin(event.bot, person.id, state, db)
