"""`migrate`: bring the database to the tables of this version."""

import argparse

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_TEXT = """
DESCRIPTION
  Applies the migrations that the database of DATABASE_URL does not have yet.
  `run` does the same at its start; this command is for administrators who
  want it to happen at a moment of their own, before new processes start.

EXAMPLES
  python -m bot migrate
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_command(commands, "migrate", "Bring the database up to date", _TEXT, migrate)


async def migrate(settings: Settings, _options: argparse.Namespace) -> int:
    """Upgrade the database and say where it stands."""
    from storage import migrations

    migrations.upgrade(settings.database_url)
    print(f"The database is at revision {migrations.current(settings.database_url)}.")
    return 0
