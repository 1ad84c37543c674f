"""`import FILE`: the organisation's data, from one YAML file."""

import argparse
import sys
from pathlib import Path

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_TEXT = """
DESCRIPTION
  Reads the party's names, offices, officials, the sections of the Road Map,
  topics, routes, news topics and calendar days from FILE and brings the
  database to what it says. Every error is named by its place in the file;
  with one error nothing is imported. Importing the same file twice changes
  nothing. A running bot shows the new data within a minute.

  services/organisation/demonstration.yaml is an example with comments.

EXAMPLES
  python -m bot import organisation.yaml
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "import", "Import the organisation's data from a file", _TEXT, import_file
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="YAML file")


async def import_file(settings: Settings, options: argparse.Namespace) -> int:
    """Import the file or say what is wrong with it."""
    from services.audit.acts import Act
    from services.audit.shell import record_shell
    from services.clock import SystemClock, local_date
    from services.organisation.importing import (
        BadOrganisationFile,
        import_organisation,
        read_organisation,
    )
    from storage import migrations
    from storage.database import open_database

    try:
        file = read_organisation(options.file)
    except BadOrganisationFile as error:
        for line in error.lines:
            print(line, file=sys.stderr)
        return 1
    migrations.upgrade(settings.database_url)
    db = await open_database(settings.database_url, lock=False)
    now = SystemClock().now()
    try:
        await db.write(import_organisation, file, local_date(now))
        await db.write(record_shell, Act.IMPORT_BY_SHELL, "organisation", now)
    finally:
        await db.close()
    print(f"Imported {options.file}.")
    return 0
