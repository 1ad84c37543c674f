"""Whom a reader of digests may give an errand: only people who may see what it is about."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from services.calendar.calendar import load_calendar
from services.calendar.working_days import due_date
from services.clock import local_date
from services.organisation.directory import Body
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import OF_ALL
from services.refusal import N_, Refusal
from services.roadmap.desk import official_of
from services.roadmap.responsibility import acting, stands_for
from services.roadmap.scope import Area, Scope, scope_of
from storage import answering as rows
from storage import organisation, staff
from storage.people import current_roles
from storage.reach import who_holds

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

    Operators of one place or section are none of them: a digest may tell of others.
    Raises Refusal where the actor is no official.
    """
    official, day = official_of(connection, Deed.GIVE_ERRAND, actor), local_date(now)
    codes = {official} | _deputies(connection, official, day) | _below(connection, official, day)
    wanted: dict[int, str | None] = {**rows.holders(connection, codes)}
    for person in sorted(who_holds(connection, [Role.OPERATOR.value], OF_ALL)):
        wanted.setdefault(person, None)
    wanted.pop(actor, None)
    return tuple(_named(connection, wanted))


def find_delegate(connection: Connection, actor: int, person_id: int, now: datetime) -> Delegate:
    """Return somebody to whom the actor may give an errand now; raises Refusal for others."""
    official, day = official_of(connection, Deed.GIVE_ERRAND, actor), local_date(now)
    held = {role["role"]: role["official"] for role in current_roles(connection, person_id)}
    code = held.get(Role.OFFICIAL.value)
    fits = code is not None and _fits(connection, official, code, day)
    wanted = {person_id: code if fits else None}
    everywhere = person_id in who_holds(connection, [Role.OPERATOR.value], OF_ALL)
    if person_id != actor and (fits or everywhere):
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


def _fits(connection: Connection, official: str, other: str, day: date) -> bool:
    """Tell whether the other has the same account, is a deputy, or is below."""
    if other == official or other in _deputies(connection, official, day):
        return True
    scope = scope_of(connection, other, day)
    return not scope.everything and overlaps(scope_of(connection, official, day), scope)


def _deputies(connection: Connection, official: str, day: date) -> set[str]:
    """Return who acts for the official now, and for whom the official acts."""
    return {acting(connection, official, day), *stands_for(connection, official, day)} - {official}


def _below(connection: Connection, official: str, day: date) -> set[str]:
    """Return who answers for a part of what the official answers for, but not for everything.

    What `_fits` asks of one, asked of all by a few queries.
    """
    own = scope_of(connection, official, day)
    held: dict[str, list[Area]] = {}
    heads: set[str] = set()
    for row in rows.answering(connection, day):
        sections = None if row["section"] is None else (row["section"],)
        area = Area(sections, row["region"], row["district"])
        held.setdefault(row["official"], []).append(area)
        if sections is None:
            heads.add(row["official"])
    secretaries = set(rows.of_body(connection, Body.SECRETARIAT.value)) - heads
    held |= {code: [Area()] for code in secretaries}
    for away in organisation.absent_on(connection, day):
        held.setdefault(acting(connection, away, day), []).extend(held.get(away, ()))
    return {
        code
        for code, areas in held.items()
        if code != official and Area() not in areas and overlaps(own, Scope(tuple(areas)))
    }


def _named(connection: Connection, wanted: dict[int, str | None]) -> Iterator[Delegate]:
    present: Collection[int] = staff.reachable(connection, tuple(wanted))
    names = staff.staff_names(connection, tuple(wanted))
    for person, official in wanted.items():
        if person in present:
            yield Delegate(person, names.get(person, ""), official)
