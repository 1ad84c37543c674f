"""`roles`: the page of who may do what, written from the code."""

import argparse

from bot.commands.page import Commands, add_command
from bot.roles.page import page
from bot.roles.reading import ROOT, Uses
from bot.settings import Settings

PAGE = ROOT / "docs/roles.md"
_TEXT = """
DESCRIPTION
  Writes docs/roles.md: every right of the staff, the roles that have it, how
  far it goes, and the use cases that ask for it, all as the code has them.
  For developers, after a change of the table of rights.

EXAMPLES
  python -m bot roles
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_command(commands, "roles", "Write docs/roles.md from the code", _TEXT, roles)


async def roles(_settings: Settings, _options: argparse.Namespace) -> int:
    """Write the page and name it."""
    PAGE.write_text(page(Uses()), "utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
    return 0
