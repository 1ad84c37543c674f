"""Giving out the Road Map as a table that the import takes back unchanged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Connection, RowMapping

from services.people.deeds import Deed
from services.people.rights import authorise
from services.roadmap.board import newest_facts
from services.roadmap.fact import Fact
from services.roadmap.indicator import Indicator, per_cent
from services.roadmap.indicators import all_indicators
from services.roadmap.table import FORMS, Sheet
from services.tables.writing import Cell, to_csv, to_xlsx
from storage import organisation
from storage import organisation_writes as sections
from storage import roadmap as rows


@dataclass(frozen=True, slots=True)
class Export:
    """The Road Map as rows by sheet, each with the cells of all columns."""

    sheets: Mapping[str, tuple[tuple[Cell, ...], ...]]


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
    return to_csv(FORMS[sheet], export.sheets[sheet], language)


def table_xlsx(export: Export, language: str) -> bytes:
    """Return all sheets as one XLSX file."""
    return to_xlsx(FORMS, export.sheets, language)


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
