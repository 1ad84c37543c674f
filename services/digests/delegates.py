"""Whom a reader of digests may give an errand: only people who may see what it is about."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from services.appeals.recipients import accounts
from services.calendar.calendar import load_calendar
from services.calendar.working_days import due_date
from services.clock import local_date
from services.people.model import Role
from services.refusal import N_, Refusal
from services.roadmap.desk import official_of
from services.roadmap.responsibility import acting, stands_for
from services.roadmap.scope import Area, Scope, scope_of
from storage import staff
from storage.people import current_roles, people_with_role

# Working days that are offered.
TERMS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody to whom an errand may be given; official is None for an operator."""

    person_id: int
    name: str
    official: str | None


def delegates(connection: Connection, actor: int, now: datetime) -> tuple[Delegate, ...]:
    """Return whom the actor may give an errand now: deputies, officials below, operators.

    Raises Refusal where the actor is no official.
    """
    official, day = official_of(connection, actor), local_date(now)
    others = sorted(staff.officials_with_accounts(connection) - {official})
    codes = (official, *_fitting(connection, official, others, day))
    wanted: dict[int, str | None] = {
        person: code for code in codes for person in accounts(connection, code)
    }
    for person in people_with_role(connection, Role.OPERATOR.value):
        wanted.setdefault(person, None)
    wanted.pop(actor, None)
    return tuple(_named(connection, wanted))


def find_delegate(connection: Connection, actor: int, person_id: int, now: datetime) -> Delegate:
    """Return somebody to whom the actor may give an errand now; raises Refusal for others."""
    official, day = official_of(connection, actor), local_date(now)
    held = {role["role"]: role["official"] for role in current_roles(connection, person_id)}
    code = held.get(Role.OFFICIAL.value)
    fits = code is not None and (
        code == official or any(_fitting(connection, official, [code], day))
    )
    wanted = {person_id: code if fits else None}
    if person_id != actor and (fits or Role.OPERATOR.value in held):
        for found in _named(connection, wanted):
            return found
    raise Refusal(N_("This person cannot be given errands of yours."))


def terms(connection: Connection, now: datetime) -> tuple[tuple[int, date], ...]:
    """Return the days by which an errand may be due, each behind its number of working days."""
    today = local_date(now)
    calendar = load_calendar(connection, today)
    return tuple((days, due_date(today, days, calendar)) for days in TERMS)


def overlaps(wide: Scope, narrow: Scope) -> bool:
    """Tell whether a part of the narrow scope lies in a place and section of the wide one."""
    return any(_within(own, other) for own in wide.areas for other in narrow.areas)


def _within(wide: Area, narrow: Area) -> bool:
    shared = (
        wide.sections is None
        or narrow.sections is None
        or not set(wide.sections).isdisjoint(narrow.sections)
    )
    region = wide.region in {None, narrow.region}
    return shared and region and wide.district in {None, narrow.district}


def _fitting(
    connection: Connection, official: str, others: Iterable[str], day: date
) -> Iterator[str]:
    """Yield those of the others who act for the official or the other way round, or are below.

    Below is who answers for a part of what the official answers for.
    """
    deputies = {acting(connection, official, day), *stands_for(connection, official, day)}
    own = scope_of(connection, official, day)
    for other in others:
        if other in deputies:
            yield other
            continue
        scope = scope_of(connection, other, day)
        if not scope.everything and overlaps(own, scope):
            yield other


def _named(connection: Connection, wanted: dict[int, str | None]) -> Iterator[Delegate]:
    present: Collection[int] = staff.reachable(connection, tuple(wanted))
    names = staff.staff_names(connection, tuple(wanted))
    for person, official in wanted.items():
        if person in present:
            yield Delegate(person, names.get(person, ""), official)
