"""`table`: taking in ratings, councils, programmes and the like from tables, and templates."""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.page import Commands, add_command
from bot.settings import Settings

if TYPE_CHECKING:
    from storage.database import Database

# Each is a module with FORMS, check_table, put_table and example; imported when it is asked for.
KINDS = {
    "ratings": "services.ratings.importing",
    "councils": "services.councils.importing",
    "programmes": "services.programmes.importing",
    "attendance": "services.programmes.attendance_table",
    "proposals": "services.proposals.importing",
    "stories": "services.stories.importing",
    "openness": "services.openness.importing",
}
_TEXT = """
DESCRIPTION
  import reads FILE, an .xlsx or .csv table of this KIND, and brings the
  database to what it says. A sheet, or a CSV file, is known by the titles of
  its columns, in English, Kazakh or Russian. Every error is named by its row
  and column; with one error nothing is imported. Importing the same table
  twice changes nothing. --check only tells what is wrong.

  template writes FILE, .xlsx or .csv, with the columns of this KIND and a few
  example rows.

  KIND is one of: ratings, councils, programmes, attendance, proposals,
  stories, openness.

EXIT STATUS
  0  all went well
  1  the table has errors, or FILE cannot be read or written
  2  an argument is wrong; one line names it

EXAMPLES
  python -m bot table template ratings round.xlsx
  python -m bot table import ratings round.xlsx --check
  python -m bot table import ratings round.xlsx
  python -m bot table template councils members.csv --sheet members
"""
_LANGUAGES = ("kk", "ru")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "table", "Import ratings, councils, programmes and more", _TEXT, table
    )
    what = parser.add_subparsers(metavar="WHAT", required=True)
    importing = what.add_parser("import", help="take a table in")
    importing.add_argument("kind", choices=KINDS, metavar="KIND")
    importing.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .csv file")
    importing.add_argument("--check", action="store_true", help="only tell what is wrong")
    importing.set_defaults(table=_import)
    template = what.add_parser("template", help="write an example")
    template.add_argument("kind", choices=KINDS, metavar="KIND")
    template.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .csv file")
    template.add_argument("--sheet", metavar="SHEET", help="of a .csv file")
    template.add_argument("--language", choices=_LANGUAGES, default="kk", help="of the titles")
    template.set_defaults(table=_template)


async def table(settings: Settings, options: argparse.Namespace) -> int:
    """Do what is asked on the database of the settings."""
    from storage import migrations
    from storage.database import open_database

    migrations.upgrade(settings.database_url)
    db = await open_database(settings.database_url, lock=False)
    try:
        status: int = await options.table(db, settings, options)
    finally:
        await db.close()
    return status


async def _import(db: "Database", settings: Settings, options: argparse.Namespace) -> int:
    from bot.clock import clock_of
    from bot.commands.faults import told
    from services.audit.acts import Act
    from services.audit.shell import record_shell
    from services.tables.model import BadTable
    from services.tables.reading import read_table

    kind = import_module(KINDS[options.kind])
    try:
        data = options.file.read_bytes()
    except OSError as error:
        return _refused(f"{options.file}: {error.strerror}.")
    now = (await clock_of(settings.clock_url)).now()
    try:
        read = read_table(data, options.file.name, kind.FORMS)
        if options.check:
            await db.read(kind.check_table, read, now)
            print(f"No errors in {len(read.rows)} rows of {options.file}.")
            return 0
        done = await db.write(kind.put_table, read, now)
    except BadTable as bad:
        for fault in bad.faults:
            print(told(fault), file=sys.stderr)
        nothing = "" if options.check else "; nothing was imported"
        return _refused(f"{len(bad.faults)} errors{nothing}.")
    what = Act.IMPORT_TABLE_BY_SHELL
    await db.write(record_shell, what, f"table:{options.kind}", now, done.rows)
    print(f"Read {done.rows} rows of {options.file}. Changed: {done.changes}.")
    return 0


async def _template(_db: "Database", _settings: Settings, options: argparse.Namespace) -> int:
    kind = import_module(KINDS[options.kind])
    data = _drawn(kind, options)
    if data is None:
        sheets = ", ".join(kind.FORMS)
        print(
            f"table: FILE must end in .xlsx or .csv, and --sheet is one of: {sheets}.",
            file=sys.stderr,
        )
        return 2
    try:
        options.file.write_bytes(data)
    except OSError as error:
        return _refused(f"{options.file}: {error.strerror}.")
    print(f"Written {options.file}.")
    return 0


def _drawn(kind: Any, options: argparse.Namespace) -> bytes | None:
    """Return the example as a file; None where its name or its sheet is none."""
    from services.tables.writing import to_csv, to_xlsx

    lines, language = kind.example(options.language), options.language
    # Titles of columns that a file of this kind chooses itself.
    more = kind.example_titles(language) if hasattr(kind, "example_titles") else {}
    suffix = options.file.suffix.casefold()
    if suffix == ".xlsx":
        return to_xlsx(kind.FORMS, lines, language, more)
    sheet = options.sheet or next(iter(kind.FORMS))
    if suffix != ".csv" or sheet not in kind.FORMS:
        return None
    return to_csv(kind.FORMS[sheet], lines.get(sheet, ()), language, more.get(sheet, ()))


def _refused(why: str) -> int:
    print(f"table: {why}", file=sys.stderr)
    return 1
