"""`invite ROLE`: a one-time link for a new member of staff."""

import argparse
import sys

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_TEXT = """
DESCRIPTION
  Prints a link that gives the role to the first person who opens it within
  24 hours. Only a hash of it is stored. The first administrator needs no
  link: ADMIN_IDS names them.

ROLES
  operator        composes polls and news, watches their delivery
  official        answers for sections of the Road Map; needs --official CODE
  administrator   invites staff and keeps the organisation's data

EXAMPLES
  python -m bot invite operator
  python -m bot invite official --official a.serik
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "invite", "Print a one-time invitation link", _TEXT, invite)
    parser.add_argument("role", choices=("operator", "official", "administrator"), metavar="ROLE")
    parser.add_argument(
        "--official", metavar="CODE", help="code of the official in the organisation's data"
    )


async def invite(settings: Settings, options: argparse.Namespace) -> int:
    """Keep an invitation and print its link."""
    from bot.link import start_link
    from services.clock import SystemClock
    from services.organisation.directory import load_organisation
    from services.people.model import Role
    from services.people.staff import invite as keep_invitation
    from services.people.staff import new_token
    from storage import migrations
    from storage.database import open_database

    role = Role(options.role)
    if (role is Role.OFFICIAL) != (options.official is not None):
        print("invite: --official CODE goes with the role official.", file=sys.stderr)
        return 2
    migrations.upgrade(settings.database_url)
    db = await open_database(settings.database_url, lock=False)
    try:
        organisation = await db.read(load_organisation)
        if options.official and options.official not in organisation.officials:
            known = ", ".join(organisation.officials) or "none yet"
            print(f"invite: no official {options.official}; known: {known}.", file=sys.stderr)
            return 2
        token = new_token()
        now = SystemClock().now()
        await db.write(keep_invitation, role, options.official, now, token)
        print(await start_link(settings, f"i_{token}"))
        return 0
    finally:
        await db.close()
