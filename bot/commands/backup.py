"""`backup DIR`: a copy of the database, made while the bot works."""

import argparse
import sys
from pathlib import Path

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_TEXT = """
DESCRIPTION
  Copies the database into a new file of DIR and prints its path. The copy
  holds one moment of the database, also while the bot runs, and was opened
  and read before its path is printed. Only its owner can read it.

  The keys of open polls are not in it: they lie in KEYS_DIR and belong in no
  backup. So the sealed answers in a copy cannot be opened. Updates as they
  came from Telegram are left out as well.

  With BACKUP_DIR set the bot makes a copy by itself each night after 03:00
  (Asia/Almaty) and keeps the newest BACKUP_KEEP.

  For PostgreSQL pg_dump must be there: apt-get install postgresql-client.

OPTIONS
  --keep N   afterwards delete all copies in DIR but the newest N

EXAMPLES
  python -m bot backup /var/backups/unqosu
  python -m bot backup /var/backups/unqosu --keep 14
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "backup", "Copy the database while the bot works", _TEXT, backup
    )
    parser.add_argument("directory", type=Path, metavar="DIR", help="folder of the copies")
    parser.add_argument("--keep", type=_positive, metavar="N", help="how many copies stay in DIR")


async def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Make a copy and print its path, or say why there is none."""
    from bot.clock import clock_of
    from storage.backup import BackupFailed, rotate
    from storage.backup import backup as make_backup

    clock = await clock_of(settings.clock_url)
    try:
        print(make_backup(settings.database_url, options.directory, clock.now()))
    except BackupFailed as reason:
        print(reason, file=sys.stderr)
        return 1
    if options.keep is not None:
        rotate(options.directory, options.keep)
    return 0


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one copy must stay")
    return number
