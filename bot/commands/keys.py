"""`keys`: the keys that seal what people wrote."""

import argparse
import asyncio
import sys
from collections import Counter
from pathlib import Path

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_STAYS = "confirmed_phones.phone_blind"  # nobody keeps the numbers
_NEW = """
DESCRIPTION
  Prints a fresh key for DATA_KEY: 32 random bytes in base64. Keep a copy
  where no backup of the database lies: without its key nothing sealed can
  ever be read again, and with both anybody can.

EXAMPLES
  python -m bot keys new
"""
_CHECK = """
DESCRIPTION
  Counts how many values of each table and how many files are sealed under
  which key of DATA_KEY, by its name (8 digits that do not tell the key), and
  how many are not sealed. Walks through the whole database; changes nothing,
  and may run beside the bot.

  An older key may leave DATA_KEY once nothing is under it. The numbers that
  people confirmed (confirmed_phones) are kept as hashes only and cannot be
  brought under a new key: those under a key that is removed count no longer
  as confirmed by that account, and may be confirmed anew.

EXIT STATUS
  0  everything is under the newest key
  1  something is under another key, or not sealed

EXAMPLES
  python -m bot keys check
"""
_ROTATE = """
DESCRIPTION
  Brings everything under the newest key, the first of DATA_KEY: values,
  hashes of phones of appeals, the index of words, files. It may be stopped
  at any time and goes on where it was.

  A running bot does this by itself, a little at a time, after it was started
  with a new first key. On SQLite this command therefore needs the bot to be
  stopped; on PostgreSQL it may run beside it.

EXAMPLES
  DATA_KEY=NEW,OLD python -m bot keys rotate
"""


_OPEN = """
DESCRIPTION
  Writes what a citizen sent to the standard output: the content of a copy
  under ATTACHMENTS_DIR, opened with its key of DATA_KEY.

EXAMPLES
  python -m bot keys open var/files/000012/12345-678.pdf > letter.pdf
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("keys", help="Make, change and check the keys of DATA_KEY")
    ways = parser.add_subparsers(title="COMMANDS", metavar="COMMAND", required=True)
    add_command(ways, "new", "Print a fresh key", _NEW, new)
    add_command(ways, "check", "Count what is under which key", _CHECK, check)
    add_command(ways, "rotate", "Bring everything under the newest key", _ROTATE, rotate)
    opening = add_command(ways, "open", "Open a copy of a citizen's file", _OPEN, open_copy)
    opening.add_argument("file", type=Path, metavar="FILE", help="a file under ATTACHMENTS_DIR")


async def new(_settings: Settings, _options: argparse.Namespace) -> int:
    """Print a fresh key."""
    from storage.vault import new_key

    print(new_key())
    return 0


async def check(settings: Settings, _options: argparse.Namespace) -> int:
    """Print what is under which key."""
    from bot.kept_files import copies_in, folders_of_copies, key_of_copy
    from services.appeals.search import keys_of_words
    from storage import vault
    from storage.database import open_database
    from storage.sealed import keys_of_values

    db = await open_database(settings.database_url, lock=False)
    try:
        found = dict(await db.read(keys_of_values))
        found["appeal_words.tokens"] = await db.read(keys_of_words)
    finally:
        await db.close()
    folders = folders_of_copies(settings.attachments_dir)
    copies = (copy for folder in folders for copy in copies_in(folder))
    found["files"] = Counter(map(key_of_copy, copies))
    for place, counts in found.items():
        for name, count in sorted(counts.items(), key=lambda pair: pair[0] or ""):
            if count:
                print(f"{place}: {count} {_under(name, list(vault.key_names()))}")
    found.pop(_STAYS, None)
    others = {name for counts in found.values() for name, count in counts.items() if count}
    others.discard(vault.newest_key())
    print(_verdict(others, newest=vault.newest_key()))
    return 1 if others else 0


async def rotate(settings: Settings, _options: argparse.Namespace) -> int:
    """Seal everything under the newest key."""
    from bot.clock import clock_of
    from bot.resealing import seal_all_anew
    from storage import vault
    from storage.database import DatabaseInUse, open_database

    if not vault.is_locked():
        print("DATA_KEY is not set; python -m bot keys new prints a key.", file=sys.stderr)
        return 1
    clock = await clock_of(settings.clock_url)
    try:
        db = await open_database(settings.database_url)
    except DatabaseInUse:
        print(
            "The bot works on the database: started with the new key first, it changes the keys "
            "by itself; python -m bot keys check says how far it is.",
            file=sys.stderr,
        )
        return 1
    try:
        tally = await seal_all_anew(db, clock, settings.attachments_dir)
    finally:
        await db.close()
    print(
        f"Sealed anew: rows {tally.rows}, appeals' words {tally.words}, files {tally.files}; "
        f"the newest key is {vault.newest_key()}."
    )
    if tally.broken:
        words = f"{tally.broken} rows cannot be opened: their key is missing, or they were changed"
        print(f"{words}.", file=sys.stderr)
    return 1 if tally.broken else 0


async def open_copy(_settings: Settings, options: argparse.Namespace) -> int:
    """Write the content of a copy, or say why not."""
    from bot.kept_files import read_copy
    from storage.vault import SealBroken

    try:
        sys.stdout.buffer.write(await asyncio.to_thread(read_copy, options.file))
    except OSError as error:
        print(f"{options.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    except SealBroken as error:
        print(f"{options.file} cannot be opened: {error}.", file=sys.stderr)
        return 1
    return 0


def _under(name: str | None, ring: list[str]) -> str:
    if name is None:
        return "not sealed"
    if name not in ring:
        return f"under {name}, which DATA_KEY lacks"
    return f"under {name}" + (", the newest key" if name == ring[0] else "")


def _verdict(others: set[str | None], *, newest: str | None) -> str:
    if newest is None:
        return "DATA_KEY is not set: nothing that is written now is sealed."
    if not others:
        return f"Everything is under the newest key, {newest}; no other is needed."
    return f"Not everything is under the newest key, {newest}: python -m bot keys rotate."
