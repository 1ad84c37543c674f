"""Reading the months that are out: what everybody may know, whoever asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.openness.figures import (
    Cell,
    Figures,
    Measure,
    Source,
    Told,
    last_day,
)
from services.openness.hiding import tell
from services.refusal import N_, Refusal
from storage import openness as rows

# Months on one chart.
CHARTED = 12
MADE = "made"


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in a month that was out: what everybody could read, before and after.

    changes: region, topic, figure, before and after, as the file writes them (services.openness
    .file); those whose cell was hidden are not among them.
    """

    at: datetime
    changes: tuple[Mapping[str, Any], ...]
    reason_kk: str
    reason_ru: str


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """A month that is out: of which days, when, and what is told of each cell."""

    month: date
    since: date
    source: Source
    published_at: datetime
    corrected_at: datetime | None
    cells: Mapping[Cell, Told]
    corrections: tuple[Correction, ...] = ()

    @property
    def last(self) -> date:
        """Return the last of its days."""
        return last_day(self.month)

    def told(self, cell: Cell) -> Told:
        """Return what is told of a cell; nothing where there was nothing."""
        return self.cells.get(cell, Told())


@dataclass(frozen=True, slots=True)
class Point:
    """What a month tells of one cell."""

    month: date
    told: Told


def read_month(connection: Connection, month: date | None = None) -> OpenMonth | None:
    """Return a month that is out, the newest where none is named; None where there is none."""
    wanted = month or rows.newest_month(connection)
    found = rows.find_month(connection, wanted) if wanted is not None else None
    return next(iter(_read(connection, [found])), None) if found is not None else None


def existing_month(connection: Connection, month: date) -> OpenMonth:
    """Return a month that is out; raises Refusal where it is not."""
    found = read_month(connection, month)
    if found is None:
        raise Refusal(N_("There are no figures of this month."))
    return found


def read_months(
    connection: Connection, limit: int, before: date | None = None
) -> tuple[OpenMonth, ...]:
    """Return months that are out with their figures, the newest first."""
    return tuple(_read(connection, rows.months(connection, limit, before)))


def months_out(
    connection: Connection, limit: int, before: date | None = None
) -> tuple[tuple[date, bool], ...]:
    """Return months that are out, the newest first, and whether each was corrected."""
    found = rows.months(connection, limit, before)
    return tuple((row["month"], row["corrected_at"] is not None) for row in found)


def read_line(connection: Connection, cell: Cell, last: date) -> tuple[Point, ...]:
    """Return what the 12 months up to this one tell of a cell, the oldest first."""
    found = rows.line(connection, cell.region, cell.topic, CHARTED, last)
    return tuple(Point(row["month"], tell(figures_of(row), told_in(row))) for row in found)[::-1]


def kept_figures(
    connection: Connection, month: date
) -> tuple[dict[Cell, Figures], dict[Cell, frozenset[Measure]]]:
    """Return the counts of a month as they are, and which are told: never for a screen."""
    found = rows.figures(connection, [month])
    return (
        {cell_of(row): figures_of(row) for row in found},
        {cell_of(row): told_in(row) for row in found},
    )


def cell_of(row: Mapping[str, Any] | RowMapping) -> Cell:
    """Return of what a row is."""
    return Cell(row["region"], row["topic"])


def figures_of(row: Mapping[str, Any] | RowMapping) -> Figures:
    """Return the counts of a row."""
    return Figures(**{name: row[name] for name in Figures.__slots__})


def told_in(row: RowMapping) -> frozenset[Measure]:
    """Return which measures of a row are told."""
    return frozenset(map(Measure, row["told"].split()))


def _read(connection: Connection, found: Sequence[RowMapping]) -> Iterable[OpenMonth]:
    wanted = [row["month"] for row in found]
    cells: dict[date, dict[Cell, Told]] = {month: {} for month in wanted}
    for row in rows.figures(connection, wanted):
        cells[row["month"]][cell_of(row)] = tell(figures_of(row), told_in(row))
    made: dict[date, list[Correction]] = {month: [] for month in wanted}
    for row in rows.corrections(connection, wanted, MADE):
        correction = Correction(
            row["decided_at"], tuple(row["changes"]), row["reason_kk"], row["reason_ru"]
        )
        made[row["month"]].append(correction)
    for row in found:
        yield OpenMonth(
            row["month"],
            row["since"],
            Source(row["source"]),
            row["published_at"],
            row["corrected_at"],
            cells[row["month"]],
            tuple(made[row["month"]]),
        )
