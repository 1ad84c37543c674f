"""`restore FILE`: a copy in the place of the database."""

import argparse
import sys
from pathlib import Path

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_TEXT = """
DESCRIPTION
  Puts the copy FILE, made by `backup`, in the place of the database of
  DATABASE_URL. The copy is read first; a damaged one changes nothing. While
  a bot works on the database the command refuses: stop every bot before.

  What the database held is kept aside in a file whose path is printed: beside
  an SQLite file, or for PostgreSQL as a copy in the folder `replaced` beside
  FILE. It holds personal data: delete it once all is well.

  A copy of an older version is brought up to date by the next `run`.

  A poll that was open when the copy was made and has been closed since is
  open again but cannot be counted: its key is destroyed.

OPTIONS
  --yes   do not ask

EXAMPLES
  python -m bot restore /var/backups/unqosu/unqosu-20261122T030000Z.db
  python -m bot restore --yes unqosu-20261122T030000Z.db
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "restore", "Put a backup in the place of the database", _TEXT, restore
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a copy made by `backup`")
    parser.add_argument("--yes", action="store_true", help="do not ask")


async def restore(settings: Settings, options: argparse.Namespace) -> int:
    """Restore the copy, or say why not."""
    from services.clock import SystemClock
    from storage.backup import BackupFailed
    from storage.backup import restore as put_back
    from storage.lock import DatabaseInUse

    if not options.yes and not _confirmed(options.file):
        print("restore: nothing was changed.", file=sys.stderr)
        return 1
    try:
        aside = put_back(settings.database_url, options.file, SystemClock().now())
    except (BackupFailed, DatabaseInUse) as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"Restored {options.file}.")
    if aside is not None:
        print(f"What was there before is kept in {aside}.")
    return 0


def _confirmed(file: Path) -> bool:
    if not sys.stdin.isatty():
        print("restore: say --yes, for nobody can be asked here.", file=sys.stderr)
        return False
    answer = input(f"Everything in the database is replaced by {file}. Type yes to go on: ")
    return answer.strip() == "yes"
