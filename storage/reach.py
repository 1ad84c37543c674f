"""What lies in the places and sections to which roles were given: conditions for any table."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.people import roles


class Place(Protocol):
    """Where something lies: its section, and the KATO prefixes of its region and district."""

    @property
    def section(self) -> str | None:
        """The section of the Road Map."""

    @property
    def region(self) -> str | None:
        """Two digits."""

    @property
    def district(self) -> str | None:
        """Six digits."""


S = TypeVar("S", bound=sa.Select[Any])

_REGION_DIGITS = 2


class Bound(Protocol):
    """A KATO prefix of two or six digits, "" for everywhere, and a section, "" for every one."""

    @property
    def area(self) -> str:
        """The place."""

    @property
    def section(self) -> str:
        """The section of the Road Map."""


# None: everywhere.
Bounds = Sequence[Bound] | None


def conditions(table: sa.FromClause, bound: Bound) -> list[sa.ColumnElement[bool]]:
    """Return what holds for a row with section, region and district within one bound.

    A district names its region too, so that an index that begins with the region serves.
    """
    found: list[sa.ColumnElement[bool]] = []
    if bound.area:
        found.append(table.c.region == bound.area[:_REGION_DIGITS])
    if len(bound.area) > _REGION_DIGITS:
        found.append(table.c.district == bound.area)
    if bound.section:
        found.append(table.c.section == bound.section)
    return found


def reached(table: sa.FromClause, bounds: Sequence[Bound]) -> sa.ColumnElement[bool]:
    """Return the condition that a row lies within one of these bounds; none hold nothing."""
    return sa.or_(sa.false(), *(sa.and_(sa.true(), *conditions(table, bound)) for bound in bounds))


def within(statement: S, table: sa.FromClause, bounds: Bounds) -> S:
    """Return the statement for what lies within the bounds; as it is where there are none."""
    return statement if bounds is None else statement.where(reached(table, bounds))


def who_holds(
    connection: Connection, held: Collection[str], place: Place | None
) -> frozenset[int]:
    """Return who holds one of these roles now, for a place only those whose role reaches it."""
    statement = sa.select(roles.c.person_id).where(roles.c.role.in_(held), roles.c.until.is_(None))
    if place is not None:
        areas = {"", place.region or "", place.district or ""}
        statement = statement.where(
            roles.c.area.in_(areas), roles.c.section.in_({"", place.section or ""})
        )
    return frozenset(connection.execute(statement).scalars())
