"""Which council has a case, and who answers for it there: the first of its seats at work here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, RowMapping

from services.councils.model import Seat
from storage import council_reading as rows

_ORDER = {seat.value: place for place, seat in enumerate(Seat)}


@dataclass(frozen=True, slots=True)
class Taker:
    """A council that gets a case, and the official who answers for it: its chair of that day.

    Where the chair has no account, the next seat that has one.
    """

    council: str
    name_kk: str
    name_ru: str
    official: str


def taker_of(
    connection: Connection, topic: str, region: str, district: str | None, day: date
) -> Taker | None:
    """Return the council that takes such a case by itself, the narrowest first (a query)."""
    found = rows.taking(connection, topic, region, district, day)
    if not found:
        return None
    first = min(found, key=lambda row: (*_breadth(row), *_rank(row)))
    return Taker(first["council"], first["name_kk"], first["name_ru"], first["official"])


def lead_of(
    connection: Connection,
    council: str,
    day: date,
    barred: Collection[int | None] = frozenset(),
) -> str | None:
    """Return who answers for the cases of a council on a day, None where nobody can (a query).

    barred: people who may not answer.
    """
    found = rows.leading(connection, council, day)
    return first_seat(row for row in found if row["person_id"] not in barred)


def first_seat(found: Iterable[RowMapping]) -> str | None:
    """Return the official of the first seat among these rows."""
    first = min(found, key=_rank, default=None)
    return None if first is None else str(first["official"])


def _breadth(row: RowMapping) -> tuple[bool, bool]:
    return row["district"] is None, row["region"] is None


def _rank(row: RowMapping) -> tuple[int, str]:
    return _ORDER[row["role"]], row["official"]
