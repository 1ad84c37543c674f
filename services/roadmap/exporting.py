"""Giving out the Road Map as a table that the import takes back unchanged.

CSV is UTF-8 with a mark at its beginning, semicolons and decimal commas, as spreadsheets here
expect. A text that a spreadsheet would take for a formula stays text.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

from sqlalchemy import Connection, RowMapping

from services.people.deeds import Deed
from services.people.rights import authorise
from services.roadmap.board import newest_facts
from services.roadmap.fact import Fact
from services.roadmap.indicator import Indicator, per_cent
from services.roadmap.indicators import all_indicators
from services.roadmap.table import COLUMNS, Sheet, sheet_title
from services.roadmap.table_file import GUARD, GUARDED
from storage import organisation
from storage import organisation_writes as sections
from storage import roadmap as rows

Cell = str | Decimal | date | None
_WIDTHS = {"name_kk": 60, "name_ru": 60, "official_name": 30, "topics": 30}
_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Export:
    """The Road Map as rows by sheet, each with the cells of all columns."""

    sheets: Mapping[Sheet, tuple[tuple[Cell, ...], ...]]


def export_table(connection: Connection, actor: int, language: str) -> Export:
    """Return the Road Map for an administrator; raises Refusal for others.

    language: of the names that are there for the reader only.
    """
    authorise(connection, actor, Deed.EXPORT_ROADMAP)
    return whole_table(connection, language)


def whole_table(connection: Connection, language: str) -> Export:
    """Return the same at the command line, where whoever may start the bot may do everything."""
    indicators = all_indicators(connection, retired=True)
    facts = newest_facts(connection, [each.code for each in indicators])
    names = {
        row["code"]: str(row["name_kk" if language == "kk" else "name_ru"])
        for row in organisation.officials(connection)
    }
    in_order = {row["code"]: place for place, row in enumerate(organisation.sections(connection))}
    held = sorted(
        sections.assignments(connection), key=lambda row: (in_order[row["section"]], row["since"])
    )
    return Export(
        {
            Sheet.INDICATORS: tuple(_cells(each, facts.get(each.code)) for each in indicators),
            Sheet.INDICATOR_OFFICIALS: _terms("indicator", rows.assignments(connection), names),
            Sheet.SECTION_OFFICIALS: _terms("section", held, names),
        }
    )


def _terms(
    key: str, found: Iterable[RowMapping], names: Mapping[str, str]
) -> tuple[tuple[Cell, ...], ...]:
    """Return every term that was or will be in force, the earliest of each first."""
    return tuple(
        (
            row[key],
            row["official"],
            row["since"],
            None if row["until"] is None else row["until"] - timedelta(days=1),
            names.get(row["official"]),
        )
        for row in found
        if row["until"] is None or row["since"] < row["until"]
    )


def table_csv(export: Export, sheet: Sheet, language: str) -> bytes:
    """Return one sheet as a CSV file."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.title(language) for column in COLUMNS[sheet])
    for line in export.sheets[sheet]:
        writer.writerow(map(_text, line))
    return file.getvalue().encode("utf-8-sig")


def table_xlsx(export: Export, language: str) -> bytes:
    """Return all sheets as one XLSX file."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # only who exports waits for it

    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in Sheet:
            page = book.add_worksheet(sheet_title(sheet, language)[:31])
            page.freeze_panes(1, 1)
            for place, column in enumerate(COLUMNS[sheet]):
                page.set_column(place, place, _WIDTHS.get(column.key, _WIDTH))
                page.write_string(0, place, column.title(language), head)
            for number, line in enumerate(export.sheets[sheet], start=1):
                for place, cell in enumerate(line):
                    if isinstance(cell, Decimal):
                        page.write_number(number, place, float(cell))
                    elif cell is not None:
                        page.write_string(number, place, _plain(cell))
    return file.getvalue()


def _cells(indicator: Indicator, fact: Fact | None) -> tuple[Cell, ...]:
    """Return the cells of an indicator in the order of its columns."""
    return (
        indicator.code,
        indicator.section,
        Decimal(indicator.position),
        indicator.name_kk,
        indicator.name_ru,
        indicator.unit_kk,
        indicator.unit_ru,
        indicator.start,
        indicator.plan,
        indicator.begins_on,
        indicator.due_on,
        indicator.level.value,
        indicator.region,
        indicator.district,
        " ".join(indicator.topics),
        "yes" if indicator.retired else "no",
        *_reported(indicator, fact),
    )


def _reported(indicator: Indicator, fact: Fact | None) -> Iterator[Cell]:
    yield None if fact is None else fact.value
    yield None if fact is None else fact.day
    yield None if fact is None else per_cent(indicator, fact.value)


def _text(cell: Cell) -> str:
    """Return a cell as CSV holds it: only numbers may begin like a formula."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    text = _plain(cell)
    return GUARD + text if text.startswith(GUARDED) else text


def _plain(cell: str | date) -> str:
    return cell if isinstance(cell, str) else f"{cell:%d.%m.%Y}"
