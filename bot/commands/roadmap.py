"""`roadmap`: taking the Road Map in from a table, giving it out, and how it stands."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.page import Commands, add_command
from bot.settings import Settings

if TYPE_CHECKING:
    from services.roadmap.board import Line
    from storage.database import Database

_TEXT = """
DESCRIPTION
  import reads FILE, an .xlsx or .csv table of indicators, of the officials
  who answer for them, and of those who answer for sections, and brings the
  Road Map to what it says. Each of the three is a sheet, or a CSV file of its
  own; it is known by the titles of its columns, in English, Kazakh or
  Russian. What the table does not name stays as it is; an indicator leaves
  the board by "yes" in the column "retired". Every error is named by its row
  and column; with one error nothing is imported. Importing the same table
  twice changes nothing.

  export writes the Road Map into FILE: an .xlsx file with all sheets, or a
  .csv file with the sheet that --sheet names. The import takes it back.

  show prints each indicator with its plan, its fact and who answers.

EXIT STATUS
  0  all went well
  1  the table has errors, or FILE cannot be read or written
  2  an argument is wrong; one line names it

EXAMPLES
  python -m bot roadmap export roadmap.xlsx
  python -m bot roadmap export officials.csv --sheet indicator_officials
  python -m bot roadmap import roadmap.xlsx
  python -m bot roadmap show --section water
"""
_SHEETS = ("indicators", "indicator_officials", "section_officials")
_LANGUAGES = ("kk", "ru")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "roadmap", "Import, export or show the Road Map", _TEXT, roadmap
    )
    kinds = parser.add_subparsers(metavar="WHAT", required=True)
    importing = kinds.add_parser("import", help="take a table in")
    importing.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .csv file")
    importing.set_defaults(roadmap=_import)
    exporting = kinds.add_parser("export", help="give a table out")
    exporting.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .csv file")
    exporting.add_argument("--sheet", choices=_SHEETS, default=_SHEETS[0], help="of a .csv file")
    exporting.add_argument("--language", choices=_LANGUAGES, default="kk", help="of the titles")
    exporting.set_defaults(roadmap=_export)
    show = kinds.add_parser("show", help="print how it stands")
    show.add_argument("--section", metavar="CODE", help="one section only")
    show.set_defaults(roadmap=_show)


async def roadmap(settings: Settings, options: argparse.Namespace) -> int:
    """Do what is asked on the database of the settings."""
    from storage import migrations
    from storage.database import open_database

    migrations.upgrade(settings.database_url)
    db = await open_database(settings.database_url, lock=False)
    try:
        status: int = await options.roadmap(db, settings, options)
    finally:
        await db.close()
    return status


async def _import(db: "Database", settings: Settings, options: argparse.Namespace) -> int:
    from bot.clock import clock_of
    from bot.commands.faults import told
    from services.audit.acts import Act
    from services.audit.shell import record_shell
    from services.roadmap.importing import put_table
    from services.roadmap.table import FORMS
    from services.tables.model import BadTable
    from services.tables.reading import read_table

    try:
        data = options.file.read_bytes()
    except OSError as error:
        print(f"roadmap: {options.file}: {error.strerror}.", file=sys.stderr)
        return 1
    now = (await clock_of(settings.clock_url)).now()
    try:
        done = await db.write(put_table, read_table(data, options.file.name, FORMS), now)
        await db.write(record_shell, Act.IMPORT_ROADMAP_BY_SHELL, "roadmap", now, done.rows)
    except BadTable as bad:
        for fault in bad.faults:
            print(told(fault), file=sys.stderr)
        print(f"roadmap: {len(bad.faults)} errors; nothing was imported.", file=sys.stderr)
        return 1
    officials = done.indicator_officials + done.section_officials
    print(
        f"Read {done.rows} rows of {options.file}. "
        f"Changed: {done.indicators} indicators, {officials} who answer."
    )
    return 0


async def _export(db: "Database", settings: Settings, options: argparse.Namespace) -> int:
    from bot.clock import clock_of
    from services.audit.acts import Act
    from services.audit.shell import record_shell
    from services.roadmap.exporting import table_csv, table_xlsx, whole_table
    from services.roadmap.table import Sheet

    kind = options.file.suffix.casefold()
    if kind not in {".xlsx", ".csv"}:
        print("roadmap: FILE must end in .xlsx or .csv.", file=sys.stderr)
        return 2
    now = (await clock_of(settings.clock_url)).now()
    export = await db.read(whole_table, options.language)
    await db.write(record_shell, Act.EXPORT_ROADMAP_BY_SHELL, "roadmap", now)
    if kind == ".xlsx":
        data = table_xlsx(export, options.language)
    else:
        data = table_csv(export, Sheet(options.sheet), options.language)
    try:
        options.file.write_bytes(data)
    except OSError as error:
        print(f"roadmap: {options.file}: {error.strerror}.", file=sys.stderr)
        return 1
    print(f"Written {options.file}.")
    return 0


async def _show(db: "Database", settings: Settings, options: argparse.Namespace) -> int:
    from bot.clock import clock_of
    from services.clock import local_date
    from services.roadmap.board import read_board
    from services.roadmap.scope import Area, Scope

    sections = None if options.section is None else (options.section,)
    scope = Scope((Area(sections),), everything=sections is None)
    today = local_date((await clock_of(settings.clock_url)).now())
    lines = await db.read(read_board, scope, today)
    for line in lines:
        print(_line(line))
    if not lines:
        print("No indicators.")
    return 0


def _line(line: "Line") -> str:
    indicator = line.indicator
    place = indicator.district or indicator.region or "--"
    fact = "-" if line.fact is None else f"{line.fact.value:f} ({line.fact.day})"
    return (
        f"{indicator.code:<28} {place:<6} {line.state.value:<8} {line.percent:>4} %  "
        f"{indicator.start:f} > {fact} > {indicator.plan:f} {indicator.unit_ru} "
        f"by {indicator.due_on}  {line.official or 'nobody'}"
    )
