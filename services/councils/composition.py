"""Which councils there are at a place, who sits in them, and which fields are missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, RowMapping

from services.councils.model import (
    Council,
    CouncilField,
    FormerMember,
    Level,
    Meeting,
    Member,
    Seat,
    level_of,
)
from services.councils.register import load_fields
from services.places.atlas import atlas
from services.refusal import N_, Refusal
from storage import council_reading as rows

_ORDER = {seat: place for place, seat in enumerate(Seat)}
# Former members that are named; older ones stand in the table.
FORMER = 5
NO_COUNCIL = N_("There is no such council now.")


@dataclass(frozen=True, slots=True)
class Composition:
    """The councils of one place by field: «7 of 8 fields», and what is missing."""

    region: str | None
    district: str | None
    expected: tuple[CouncilField, ...]
    councils: tuple[Council, ...]

    @property
    def level(self) -> Level:
        """Return the level of the place."""
        return level_of(self.region, self.district)

    @property
    def missing(self) -> tuple[CouncilField, ...]:
        """Return the fields that have no council here."""
        present = {council.field for council in self.councils}
        return tuple(one for one in self.expected if one.code not in present)

    @property
    def filled(self) -> int:
        """Return how many of the expected fields have one."""
        return len(self.expected) - len(self.missing)


@dataclass(frozen=True, slots=True)
class Places:
    """How many places of a level have councils of all expected fields."""

    level: Level
    expected: int
    complete: int
    begun: int
    places: int


@dataclass(frozen=True, slots=True)
class Gathering:
    """A council with who sits in it, who leads first, and its newest meetings.

    former: who sat in it before, whose seat ended last first.
    """

    council: Council
    field: CouncilField
    members: tuple[Member, ...]
    former: tuple[FormerMember, ...]
    meetings: tuple[Meeting, ...]


def composition_of(
    connection: Connection, region: str | None, district: str | None, day: date
) -> Composition:
    """Return the councils whose territory is exactly this place (a query)."""
    level = level_of(region, district)
    expected = (one for one in load_fields(connection).values() if one.expected_at(level))
    found = rows.at_place(connection, region, district, day)
    return Composition(region, district, tuple(expected), tuple(map(council_of, found)))


def overview(connection: Connection, day: date) -> tuple[Places, ...]:
    """Return how complete the whole country is, level by level (a query)."""
    fields = load_fields(connection).values()
    present: dict[tuple[str | None, str | None], set[str]] = {}
    for row in rows.fields_by_place(connection, day):
        present.setdefault((row["region"], row["district"]), set()).add(row["field"])
    return tuple(_places(level, fields, present) for level in Level)


def _places(
    level: Level,
    fields: Iterable[CouncilField],
    present: dict[tuple[str | None, str | None], set[str]],
) -> Places:
    expected = {one.code for one in fields if one.expected_at(level)}
    here = [found & expected for place, found in present.items() if level_of(*place) is level]
    complete = sum(found == expected for found in here if expected)
    regions = atlas().regions.values()
    known = {
        Level.REPUBLIC: 1,
        Level.REGION: len(regions),
        Level.DISTRICT: sum(len(atlas().by_region.get(one.kato, ())) for one in regions),
    }
    return Places(level, len(expected), complete, sum(map(bool, here)), known[level])


def find_council(connection: Connection, code: str, day: date) -> Council:
    """Return a council that is there on this day; raises Refusal for any other (a query)."""
    row = rows.one(connection, code, day)
    if row is None:
        raise Refusal(NO_COUNCIL)
    return council_of(row)


def gathering(connection: Connection, code: str, day: date, meetings: int) -> Gathering:
    """Return a council with its members and so many of its newest meetings (a query)."""
    council = find_council(connection, code, day)
    return Gathering(
        council,
        load_fields(connection)[council.field],
        members_on(connection, code, day),
        former_on(connection, code, day),
        meetings_of(connection, code, meetings),
    )


def meetings_of(
    connection: Connection, code: str, limit: int, before: date | None = None
) -> tuple[Meeting, ...]:
    """Return the newest meetings of a council, those before a day (a query)."""
    return tuple(Meeting(**row) for row in rows.meetings_of(connection, code, limit, before))


def members_on(connection: Connection, code: str, day: date) -> tuple[Member, ...]:
    """Return who sits in a council on a day, who leads first (a query)."""
    return in_order(rows.members_of(connection, [code], day))


def former_on(connection: Connection, code: str, day: date) -> tuple[FormerMember, ...]:
    """Return the newest seats of a council that were over by this day (a query)."""
    return tuple(
        FormerMember(row["official"], Seat(row["role"]), row["since"], row["until"])
        for row in rows.former_of(connection, code, day, FORMER)
    )


def in_order(found: Iterable[RowMapping]) -> tuple[Member, ...]:
    """Return rows of official, role and since as members, who leads first."""
    members = (Member(row["official"], Seat(row["role"]), row["since"]) for row in found)
    return tuple(sorted(members, key=lambda one: (_ORDER[one.seat], one.since, one.official)))


def council_of(row: RowMapping) -> Council:
    """Return a row of storage.council_reading as a council."""
    return Council(**row)


def reaching(
    connection: Connection, region: str, district: str | None, day: date
) -> Sequence[Council]:
    """Return the councils in whose territory a place lies, the narrowest first (a query)."""
    return [council_of(row) for row in rows.reaching(connection, region, district, day)]
