"""`audit`: who did what, and whether the record of it is whole."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.page import Commands, add_command
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.audit.showing import Line
    from services.audit.verifying import Anchor
    from storage.database import Database

_TEXT = """
DESCRIPTION
  Every deed of the staff, every reading of personal data and every export is
  a row of the audit. Rows are only ever added; each is bound to the one
  before by a hash under DATA_KEY. No words of anybody stand in it.

  verify goes along all rows and names each that was removed, changed,
         inserted, moved or cut off
  anchor prints the number and the link of the newest row. Keep it outside of
         this machine: verify --anchor then finds even a record that somebody
         who holds the key has written anew
  show   prints rows, the newest first; itself it is written down

EXIT STATUS
  0  the audit is intact; the rows are printed
  1  something is wrong with the audit; each line names it
  2  an argument is wrong; one line names it

EXAMPLES
  python -m bot audit verify
  python -m bot audit anchor >> /mnt/elsewhere/anchors
  python -m bot audit verify --anchor 1205:3f0c…
  python -m bot audit show --who 301 --what appeal --since 2026-11-01
  python -m bot audit show --on 26-000123-5 --csv audit.csv
"""
_MANY = 1_000_000


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "audit", "Verify or show who did what", _TEXT, audit)
    kinds = parser.add_subparsers(metavar="WHAT", required=True)
    verifying = kinds.add_parser("verify", help="find what was removed or changed")
    verifying.add_argument(
        "--anchor", action="append", default=[], type=_anchor, metavar="N:LINK", help="as printed"
    )
    verifying.set_defaults(audit=_verify)
    kinds.add_parser("anchor", help="print number and link of the newest row").set_defaults(
        audit=_print_anchor
    )
    show = kinds.add_parser("show", help="print rows")
    show.add_argument("--who", type=int, metavar="ID", help="of this person")
    show.add_argument("--what", metavar="DEED", help="a deed, or the first part of several")
    show.add_argument("--on", metavar="CASE", help="number of an appeal, or as printed")
    show.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="from this day on")
    show.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="up to this day")
    show.add_argument("--limit", type=int, default=None, metavar="N", help="50; of a file, all")
    show.add_argument("--csv", type=Path, metavar="FILE", help="write a file instead")
    show.set_defaults(audit=_show)


async def audit(settings: Settings, options: argparse.Namespace) -> int:
    """Do what is asked on the database of the settings."""
    from storage import migrations
    from storage.database import open_database

    migrations.upgrade(settings.database_url)
    db = await open_database(settings.database_url, lock=False)
    try:
        status: int = await options.audit(db, settings, options)
    finally:
        await db.close()
    return status


async def _verify(db: "Database", _settings: Settings, options: argparse.Namespace) -> int:
    from services.audit.verifying import verify

    found = await db.read(verify, options.anchor)
    for trouble in found.troubles:
        print(trouble)
    if not found.intact:
        more = found.count - len(found.troubles)
        rest = f", {more} of them not printed" if more else ""
        print(f"BROKEN: {found.count} troubles in {found.rows} rows{rest}.")
        return 1
    bound = f", {found.unkeyed} of them without a key" if found.unkeyed else ""
    print(f"OK: {found.rows} rows{bound}; the newest is {found.last or 'not written yet'}")
    return 0


async def _print_anchor(db: "Database", _settings: Settings, _options: argparse.Namespace) -> int:
    from services.audit.verifying import newest

    found = await db.read(newest)
    if found is None:
        print("audit: nothing was written down yet.", file=sys.stderr)
        return 1
    print(found)
    return 0


async def _show(db: "Database", settings: Settings, options: argparse.Namespace) -> int:
    from bot.clock import clock_of
    from services.audit.export import audit_csv
    from services.audit.showing import case_of, days, show_audit
    from storage.audit_reading import Wanted

    case = None if options.on is None else await db.read(case_of, options.on)
    if options.on is not None and case is None:
        print(f"audit: no appeal has the number {options.on}.", file=sys.stderr)
        return 2
    wanted = Wanted(options.who, options.what, case, **days(options.since, options.until))
    now = (await clock_of(settings.clock_url)).now()
    file = options.csv is not None
    limit = options.limit or (_MANY if file else 50)
    lines = await db.write(show_audit, wanted, now, limit=limit, exported=file)
    if not file:
        _print(lines)
        return 0
    try:
        options.csv.write_bytes(audit_csv(lines))
    except OSError as error:
        print(f"audit: {options.csv}: {error.strerror}.", file=sys.stderr)
        return 1
    print(f"Written {options.csv}: {len(lines)} rows.")
    return 0


def _print(lines: "Sequence[Line]") -> None:
    """Print rows with their columns under each other."""
    from services.audit.export import COLUMNS, cells_of

    table = [COLUMNS, *map(cells_of, lines)]
    # What the case is called by its number says enough of it.
    kept = [
        [cell for name, cell in zip(COLUMNS, row, strict=True) if name != "on"] for row in table
    ]
    widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
    for row in kept:
        print("  ".join(map(str.ljust, row, widths)).rstrip())


def _anchor(text: str) -> "Anchor":
    from services.audit.verifying import Anchor

    try:
        return Anchor.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no anchor such as 1205:3f0c…") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day such as 2026-11-23") from None
