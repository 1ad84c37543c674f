"""`retention`: deleting what has been kept long enough, or saying what that would be."""

import argparse
from datetime import datetime

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_TEXT = """
DESCRIPTION
  Deletes or anonymises what has been kept long enough: drafts after 30 days,
  messages of the bot after 90, files of appeals a year after their end, their
  words and authors after three years, and so on. docs/administrator.md lists
  all terms with their reasons. The bot does the same by itself each night at
  03:00; this command may run beside it, in small steps that hold up nobody.

  With --dry-run it prints for each kind how many rows are due and since when
  the oldest of them is kept, and changes nothing. The run after it deletes
  exactly as many, unless something else happened in between.

EXIT STATUS
  0  all went well
  2  an argument is wrong; one line names it

EXAMPLES
  python -m bot retention --dry-run
  python -m bot retention
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "retention", "Delete what has been kept long enough", _TEXT, retention
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what is due")


async def retention(settings: Settings, options: argparse.Namespace) -> int:
    """Print one line for each kind."""
    from services.rights.retaining import count_due, retain
    from storage import migrations
    from storage.database import open_database

    migrations.upgrade(settings.database_url)
    now = await now_of(settings)
    db = await open_database(settings.database_url, lock=False)
    try:
        if options.dry_run:
            for each in await db.read(count_due, now):
                since = f"{each.due.oldest:%Y-%m-%d}" if each.due.oldest else "-"
                print(f"{each.kind:<18} {each.due.count:>8}  {since}")
            return 0
        token = settings.bot_token.get_secret_value() if settings.bot_token else ""
        # A bot's token begins with its id.
        bots = (int(token.partition(":")[0]),) if token else ()
        for kind, count in (await retain(db, bots, now)).items():
            print(f"{kind:<18} {count:>8}")
    finally:
        await db.close()
    return 0


async def now_of(settings: Settings) -> datetime:
    """Return the moment by which it is counted."""
    from bot.clock import clock_of

    return (await clock_of(settings.clock_url)).now()
