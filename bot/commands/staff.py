"""`staff list|dismiss|reset-pin`: who works here, and the end of it, on the server."""

import argparse
import sys
from typing import TYPE_CHECKING

from bot.commands.page import Commands, add_command
from bot.settings import Settings

if TYPE_CHECKING:
    from storage.database import Database

_TEXT = """
DESCRIPTION
  list        prints everybody who works here: Telegram id, name, roles
  dismiss     ends all roles of a person at once, closes their session, hands
              over what they had open, and tells them and the administrators
  reset-pin   lets a person choose another PIN, for instance the only
              administrator, who cannot ask another one

  Administrators do the same in the chat: /staff. The last administrator
  cannot be dismissed.

EXAMPLES
  python -m bot staff list
  python -m bot staff dismiss 123456789
  python -m bot staff reset-pin 123456789
"""
_PAGE = 200


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "staff", "List the staff, end roles, reset a PIN", _TEXT, manage
    )
    parser.add_argument("action", choices=("list", "dismiss", "reset-pin"), metavar="ACTION")
    parser.add_argument("person", nargs="?", type=int, metavar="ID", help="Telegram id")


async def manage(settings: Settings, options: argparse.Namespace) -> int:
    """Do what was asked for."""
    from services.refusal import Refusal
    from storage import migrations
    from storage.database import open_database

    if (options.action == "list") != (options.person is None):
        print("staff: dismiss and reset-pin need the ID of a person.", file=sys.stderr)
        return 2
    migrations.upgrade(settings.database_url)
    db = await open_database(settings.database_url, lock=False)
    try:
        if options.action == "list":
            return await _list(db)
        if options.action == "dismiss":
            return await _dismiss(db, options.person)
        return await _reset(db, options.person)
    except Refusal as refusal:
        print(f"staff: {refusal.message}", file=sys.stderr)
        return 1
    finally:
        await db.close()


async def _list(db: "Database") -> int:
    from services.people.staff import members

    after, more = 0, True
    while more:
        found = await db.read(members, after=after, limit=_PAGE)
        for person, name, roles in found.people:
            print(f"{person:>12}  {name}  {', '.join(roles)}")
            after = person
        more = found.more
    return 0


async def _dismiss(db: "Database", person: int) -> int:
    from services.clock import SystemClock
    from services.people.dismissal import dismiss_by_shell

    left = await db.write(dismiss_by_shell, person, SystemClock().now())
    if not left.ended:
        print(f"staff: {person} is none of the staff.", file=sys.stderr)
        return 1
    roles = ", ".join(grant.role for grant in left.ended)
    print(f"Ended: {roles}. Appeals handed over: {left.appeals}, errands: {left.errands}.")
    return 0


async def _reset(db: "Database", person: int) -> int:
    from services.clock import SystemClock
    from services.people.sessions import reset_pin_by_shell

    if not await db.write(reset_pin_by_shell, person, SystemClock().now()):
        print(f"staff: {person} has no PIN.", file=sys.stderr)
        return 1
    print("The PIN is reset: the bot asks for a new one.")
    return 0
