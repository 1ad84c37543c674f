"""`review`: how the programme was carried out in a quarter, as files."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.page import Commands, add_command
from bot.settings import Settings
from services.language import Language
from services.reports.quarter import Quarter

if TYPE_CHECKING:
    from services.reports.execution import Review
    from storage.database import Database

_TEXT = """
DESCRIPTION
  Writes the review of a quarter as a PDF and an XLSX file in each language:
  numbers of the quarter, indicators behind plan with those who answer for
  them, how officials answer, citizens' words that a moderator let out. The
  state of open appeals and of indicators is that of today. Changes nothing,
  and may run beside the bot.

EXIT STATUS
  0  the files are written; their names are printed
  1  the quarter is not over yet
  2  an argument is wrong; one line names it

EXAMPLES
  python -m bot review --out reviews
  python -m bot review --quarter 2026-3 --region 61 --language kk --out reviews
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "review", "Write the review of a quarter", _TEXT, review)
    parser.add_argument(
        "--quarter", type=_quarter, metavar="YEAR-NUMBER", help="as 2026-3; else the last one"
    )
    parser.add_argument("--region", metavar="KATO", help="code of two digits; else the country")
    parser.add_argument("--language", choices=[each.value for each in Language], help="else both")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where to")


async def review(settings: Settings, options: argparse.Namespace) -> int:
    """Write the files."""
    from bot.clock import clock_of
    from services.audit.acts import Act
    from services.audit.shell import record_shell
    from services.places.atlas import atlas
    from services.refusal import Refusal
    from services.reports.execution import compose_review, last_quarter
    from storage import migrations
    from storage.database import open_database

    if options.region is not None and options.region not in atlas().regions:
        known = ", ".join(atlas().regions)
        print(f"review: no region {options.region}; known: {known}.", file=sys.stderr)
        return 2
    now = (await clock_of(settings.clock_url)).now()
    quarter = options.quarter or last_quarter(now)
    migrations.upgrade(settings.database_url)
    db = await open_database(settings.database_url, lock=False)
    try:
        found = await db.read(compose_review, quarter, options.region, now)
        of = f"review:{quarter}:{options.region or ''}"
        await db.write(record_shell, Act.REVIEW_BY_SHELL, of, now)
        await _write(db, found, now, options)
    except Refusal as refusal:
        print(f"review: {refusal.message}", file=sys.stderr)
        return 1
    finally:
        await db.close()
    return 0


async def _write(
    db: "Database", found: "Review", now: datetime, options: argparse.Namespace
) -> None:
    """Write a PDF and a spreadsheet in each language that is asked for."""
    from bot.i18n import Catalogues
    from handlers.official.execution_review import file_name
    from handlers.views.execution_paper import execution_paper
    from services.organisation.directory import load_organisation
    from services.reports.paper_book import write_book
    from services.reports.paper_drawing import draw_paper

    organisation = await db.read(load_organisation)
    languages = [Language(options.language)] if options.language else [*Language]
    i18n = Catalogues()
    options.out.mkdir(parents=True, exist_ok=True)
    for language in languages:
        with i18n.context(), i18n.use_locale(language.value):
            paper = execution_paper(found, organisation, now)
        for book, draw in ((False, draw_paper), (True, write_book)):
            name = file_name(found.quarter, found.region or "", language.value, book=book)
            path = options.out / name
            path.write_bytes(draw(paper))
            print(path)


def _quarter(written: str) -> Quarter:
    try:
        return Quarter.parse(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written} is no quarter such as 2026-3") from None
