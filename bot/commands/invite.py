"""`invite ROLE`: a one-time link for a new member of staff."""

import argparse
import sys

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_ROLES = ("operator", "moderator", "analyst", "editor", "official", "administrator", "auditor")
_TEXT = """
DESCRIPTION
  Prints a link that gives the role to the first person who opens it within
  24 hours. Only a hash of it is stored. The first administrator needs no
  link: ADMIN_IDS names them. Administrators invite in the chat too: /staff.

ROLES
  operator        appeals, polls, news, mailings
  moderator       quotes, answers in words, items of sources
  analyst         reports and numbers, no persons
  editor          news, polls, texts of the Road Map
  official        answers for sections of the Road Map; needs --official CODE
  administrator   staff, the organisation's data, everything else
  auditor         who did what; reads no case

  --area and --section keep a role to a place and a section; an official, an
  administrator and an auditor have none.

EXAMPLES
  python -m bot invite operator
  python -m bot invite operator --area 27 --section water
  python -m bot invite official --official a.serik
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "invite", "Print a one-time invitation link", _TEXT, invite)
    parser.add_argument("role", choices=_ROLES, metavar="ROLE")
    parser.add_argument(
        "--official", metavar="CODE", help="code of the official in the organisation's data"
    )
    parser.add_argument(
        "--area", metavar="KATO", default="", help="two digits of a region or six of a district"
    )
    parser.add_argument(
        "--section", metavar="CODE", default="", help="code of a section of the Road Map"
    )


async def invite(settings: Settings, options: argparse.Namespace) -> int:
    """Keep an invitation and print its link."""
    from bot.link import start_link
    from services.clock import SystemClock
    from services.organisation.directory import load_organisation
    from services.people.invitations import keep_invitation, new_token
    from services.people.model import Role
    from services.people.rights import Grant
    from services.refusal import Refusal
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
        grant = Grant(role, options.area, options.section, options.official)
        await db.write(keep_invitation, grant, SystemClock().now(), token)
        print(await start_link(settings, f"i_{token}"))
    except Refusal as refusal:
        print(f"invite: {refusal.message}", file=sys.stderr)
        return 2
    finally:
        await db.close()
    return 0
