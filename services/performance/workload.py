"""The workload of officials, page by page, before those who answer for their work."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from services.digests.period_facts import OfficialLine
from services.people.deeds import Deed
from services.people.model import Role
from services.people.person import find_person
from services.people.rights import Grant, authorise
from services.performance.reading import officials, rank
from services.refusal import N_, Refusal
from services.roadmap.scope import Area, Scope, scope_of

_MONTH = timedelta(days=30)
_REGION_DIGITS = 2

# What a page begins behind: overdue, open, code.
Key = tuple[int, int, str]


class Stretch(StrEnum):
    """Which days the answers are of."""

    MONTH = "30d"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Workload:
    """Some officials, the most overdue first; `more` where others follow the last one."""

    stretch: Stretch
    first: date
    last: date
    lines: tuple[OfficialLine, ...]
    more: bool


def read_workload(
    connection: Connection,
    actor: int,
    stretch: Stretch,
    today: date,
    *,
    after: Key | None,
    limit: int,
) -> Workload:
    """Return a page of the officials within the actor's own scope; raises Refusal.

    Administrators, analysts and the executive secretary see everybody, the head of an office
    those who answer in its territory, an analyst of a place those of this place; nobody else sees
    anybody.
    """
    first = first_day(stretch, today)
    found = officials(connection, _watched(connection, actor, today), first, today, today)
    if after is not None:
        overdue, count, code = after
        found = tuple(line for line in found if rank(line) > (-overdue, -count, code))
    return Workload(stretch, first, today, found[:limit], more=len(found) > limit)


def may_watch(connection: Connection, official: str, day: date) -> bool:
    """Tell whether the official answers for the work of others: all of it, or in a territory."""
    return bool(_territory(scope_of(connection, official, day)))


def first_day(stretch: Stretch, today: date) -> date:
    """Return the first of 30 days that end today, or of the quarter of the year."""
    if stretch is Stretch.MONTH:
        return today - _MONTH + timedelta(days=1)
    return date(today.year, today.month - (today.month - 1) % 3, 1)


def _watched(connection: Connection, actor: int, today: date) -> Scope:
    reached = authorise(connection, actor, Deed.READ_WORKLOAD)
    office = [grant for grant in reached.grants if grant.role is not Role.OFFICIAL]
    if any(grant.unbounded for grant in office):
        return Scope((Area(),), everything=True)
    scope = Scope(tuple(_area(grant) for grant in office if not grant.section))
    person = find_person(connection, actor)
    if len(office) < len(reached.grants) and person is not None and person.official is not None:
        own = _territory(scope_of(connection, person.official, today))
        scope = Scope((*scope.areas, *own.areas), everything=own.everything)
    if not scope:
        raise Refusal(
            N_("This is for the executive secretary, heads of offices and administrators.")
        )
    return scope


def _area(grant: Grant) -> Area:
    district = grant.area if len(grant.area) > _REGION_DIGITS else None
    return Area(region=grant.area[:_REGION_DIGITS], district=district)


def _territory(scope: Scope) -> Scope:
    """Return what of a scope is a territory with all its sections."""
    areas = tuple(area for area in scope.areas if area.sections is None)
    return Scope(areas, everything=scope.everything)
