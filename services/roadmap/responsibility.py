"""Who answers for what on a given day.

Assignments, routes and absences are dated and half open (`since` is the first day in force,
`until` the first day after), so an old appeal still names who was responsible then.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from storage import organisation as rows

# No chain of offices is longer.
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Route:
    """An office and the cases it takes; None means any topic, any region, any district.

    official: who answers there; None leaves it to the official of the section.
    """

    topic: str | None
    region: str | None
    district: str | None
    office: str
    official: str | None = None

    @property
    def weight(self) -> int:
        """Tell how specific the route is: a district weighs more than a region, then a topic."""
        return 4 * bool(self.district) + 2 * bool(self.region) + bool(self.topic)


@dataclass(frozen=True, slots=True)
class Routed:
    """The office that handles a case, and the official who answers; codes, None if nobody.

    The official is the one in charge, also while absent; `acting` tells who stands in.
    """

    office: str | None
    official: str | None


def most_specific(routes: Iterable[Route]) -> Route | None:
    """Return the route that names the most about a case, the earliest of equals."""
    return max(routes, key=lambda route: route.weight, default=None)


def responsible_official(connection: Connection, section: str, day: date) -> str | None:
    """Return the code of the official who answers for the section on this day, None if nobody."""
    return rows.official_of_section(connection, section, day)


def route_case(
    connection: Connection, topic: str, region: str | None, district: str | None, day: date
) -> Routed:
    """Return who handles a topic in a place on this day; the most specific route wins."""
    found = rows.routes_to(connection, topic, region, district, day)
    chosen = most_specific(Route(**row) for row in found)
    if chosen is not None and chosen.official is not None:
        return Routed(chosen.office, chosen.official)
    section = rows.section_of_topic(connection, topic)
    official = None if section is None else responsible_official(connection, section, day)
    return Routed(chosen.office if chosen else None, official)


def route_office(
    connection: Connection, topic: str, region: str | None, district: str | None, day: date
) -> str | None:
    """Return the code of the office that handles a topic in a place; the most specific wins."""
    return route_case(connection, topic, region, district, day).office


def next_level(connection: Connection, office: str | None, section: str, day: date) -> Routed:
    """Return who looks at a case after this office: the parent office and its head.

    Where there is no parent, or it has no head, the official of the section answers.
    """
    parent = None if office is None else rows.parent_of_office(connection, office)
    if parent is None:
        return Routed(office, responsible_official(connection, section, day))
    head = parent["head"] or responsible_official(connection, section, day)
    return Routed(parent["code"], head)


def level_above(
    connection: Connection,
    office: str | None,
    section: str,
    below: Collection[str | None],
    day: date,
) -> Routed:
    """Return the next level whose official is none of those below.

    The official is None where nobody is above.
    """
    for _ in range(_LEVELS):
        routed = next_level(connection, office, section, day)
        if routed.official is not None and routed.official not in below:
            return routed
        if routed.office == office:
            break
        office = routed.office
    return Routed(office, None)


def heads_above(connection: Connection, office: str | None, day: date) -> frozenset[str]:
    """Return the heads of the offices above this one, and whoever acts for them on this day."""
    heads: set[str] = set()
    seen: set[str] = set()
    while office is not None and office not in seen:
        seen.add(office)
        parent = rows.parent_of_office(connection, office)
        office = None if parent is None else parent["code"]
        if parent is not None and parent["head"] is not None:
            heads |= {parent["head"], acting(connection, parent["head"], day)}
    return frozenset(heads)


def acting(connection: Connection, official: str, day: date) -> str:
    """Return who acts for the official on this day: the deputy of an absent one, and so on.

    The official themselves where nobody stands in, or where the deputies lead in a circle.
    """
    return _stand_in(rows.absent_on(connection, day), official)


def sections_of(connection: Connection, official: str, day: date) -> tuple[str, ...]:
    """Return the codes of the sections for which the official answers on this day, in order.

    With those of the officials for whom this one stands in.
    """
    officials = stands_for(connection, official, day)
    return tuple(rows.sections_of_officials(connection, officials, day))


def stands_for(connection: Connection, official: str, day: date) -> tuple[str, ...]:
    """Return the official and the absent ones for whom they act on this day."""
    absent = rows.absent_on(connection, day)
    represented = (away for away in absent if _stand_in(absent, away) == official)
    return tuple(dict.fromkeys((official, *represented)))


def _stand_in(absent: dict[str, str], official: str) -> str:
    """Follow official → deputy."""
    seen = {official}
    present = official
    while present in absent:
        present = absent[present]
        if present in seen:
            return official
        seen.add(present)
    return present
