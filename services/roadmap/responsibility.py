"""Who answers for what on a given day.

Assignments and routes are dated and half open (`since` is the first day in force, `until` the
first day after), so an old appeal still names who was responsible then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from storage import organisation as rows


@dataclass(frozen=True, slots=True)
class Route:
    """An office and the cases it takes; None means any topic, any region, any district."""

    topic: str | None
    region: str | None
    district: str | None
    office: str

    @property
    def weight(self) -> int:
        """Tell how specific the route is: a district weighs more than a region, then a topic."""
        return 4 * bool(self.district) + 2 * bool(self.region) + bool(self.topic)


def most_specific(routes: Iterable[Route]) -> Route | None:
    """Return the route that names the most about a case, the earliest of equals."""
    return max(routes, key=lambda route: route.weight, default=None)


def responsible_official(connection: Connection, section: str, day: date) -> str | None:
    """Return the code of the official who answers for the section on this day, None if nobody."""
    return rows.official_of_section(connection, section, day)


def sections_of(connection: Connection, official: str, day: date) -> tuple[str, ...]:
    """Return the codes of the sections for which the official answers on this day."""
    return tuple(rows.sections_of_official(connection, official, day))


def route_office(
    connection: Connection, topic: str, region: str | None, district: str | None, day: date
) -> str | None:
    """Return the code of the office that handles a topic in a place; the most specific wins."""
    found = rows.routes_to(connection, topic, region, district, day)
    chosen = most_specific(Route(**row) for row in found)
    return chosen.office if chosen else None
