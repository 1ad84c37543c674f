"""Joining the staff by a one-time link."""

from typing import Any

from handlers.menu import home, set_own_commands
from handlers.screen import Event, Screen, send
from handlers.text import N_, _
from services.clock import Clock
from services.people.directory import Directory
from services.people.model import Person, Role
from services.people.staff import accept_invitation

ROLE_NAMES = {
    Role.OPERATOR: N_("operator"),
    Role.OFFICIAL: N_("responsible official"),
    Role.ADMINISTRATOR: N_("administrator"),
}


async def open_invitation(
    event: Event, token: str, *, person: Person, people: Directory, clock: Clock, **_more: Any
) -> None:
    """Give the role that the link carries and show the menu that comes with it."""
    before = person.roles
    person = await people.change(accept_invitation, person.id, token, clock.now())
    gained = ", ".join(_(ROLE_NAMES[role]) for role in sorted(person.roles - before))
    if event.bot is not None:
        await set_own_commands(event.bot, person)
    text = _("Welcome. Your role: {role}").format(role=gained) if gained else _("Welcome back.")
    await send(event, Screen(text))
    await send(event, home(person))
