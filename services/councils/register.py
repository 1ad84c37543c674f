"""The register of councils as a whole: what a table is held against, and what it changes."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection

from services.councils.model import CouncilField, Presence, Seat
from services.organisation.directory import Body
from storage import councils as rows
from storage import organisation

K = TypeVar("K", bound=Hashable)
Row = Mapping[str, Any]
Put = Callable[[Connection, Row], None]


@dataclass(frozen=True, slots=True)
class Term:
    """Field and territory of a council from a day on; until: the first day after."""

    field: str
    region: str | None
    district: str | None
    until: date | None
    takes_appeals: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """How somebody sits in a council from a day on; until: the first day after."""

    role: Seat
    until: date | None


@dataclass(frozen=True, slots=True)
class Names:
    """What an official is called, and as what."""

    name_kk: str
    name_ru: str
    position_kk: str
    position_ru: str


@dataclass(slots=True)
class Register:
    """Everything about councils; a table is read into a copy of it."""

    topics: frozenset[str] = frozenset()
    fields: dict[str, CouncilField] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    terms: dict[str, dict[date, Term]] = field(default_factory=dict)
    members: dict[str, dict[tuple[str, date], Sitting]] = field(default_factory=dict)
    officials: dict[str, Names] = field(default_factory=dict)
    meetings: dict[tuple[str, date], tuple[str, str]] = field(default_factory=dict)
    attendance: dict[tuple[str, date, str], Presence] = field(default_factory=dict)

    def copy(self) -> "Register":
        """Return a register that can be changed without changing this one."""
        return Register(
            self.topics,
            dict(self.fields),
            dict(self.names),
            {code: dict(terms) for code, terms in self.terms.items()},
            {code: dict(members) for code, members in self.members.items()},
            dict(self.officials),
            dict(self.meetings),
            dict(self.attendance),
        )

    def term_on(self, council: str, day: date) -> Term | None:
        """Return the term of a council that is in force on a day."""
        for since, term in self.terms.get(council, {}).items():
            if since <= day and (term.until is None or day < term.until):
                return term
        return None

    def sits_on(self, council: str, official: str, day: date) -> bool:
        """Tell whether somebody sits in a council on a day."""
        return any(
            who == official and since <= day and (sitting.until is None or day < sitting.until)
            for (who, since), sitting in self.members.get(council, {}).items()
        )


def load_register(connection: Connection, councils: Iterable[str] = ()) -> Register:
    """Return the register; attendance only of the councils that are named."""
    found = Register(frozenset(row["code"] for row in organisation.topics(connection)))
    found.fields = load_fields(connection)
    found.names = {row["code"]: (row["name_kk"], row["name_ru"]) for row in rows.names(connection)}
    for row in rows.terms(connection):
        plain = {name: row[name] for name in Term.__slots__}
        found.terms.setdefault(row["council"], {})[row["since"]] = Term(**plain)
    for row in rows.members(connection):
        sitting = Sitting(Seat(row["role"]), row["until"])
        found.members.setdefault(row["council"], {})[row["official"], row["since"]] = sitting
    for row in organisation.officials(connection):
        found.officials[row["code"]] = Names(**{name: row[name] for name in Names.__slots__})
    for row in rows.meetings(connection):
        found.meetings[row["council"], row["held_on"]] = (row["title_kk"], row["title_ru"])
    for row in rows.attendance(connection, frozenset(councils)):
        key = (row["council"], row["held_on"], row["official"])
        found.attendance[key] = Presence(row["presence"])
    return found


def load_fields(connection: Connection) -> dict[str, CouncilField]:
    """Return the fields by code, in their order."""
    topics: dict[str, list[str]] = {}
    for row in rows.field_topics(connection):
        topics.setdefault(row["field"], []).append(row["topic"])
    return {
        row["code"]: CouncilField(**row, topics=tuple(topics.get(row["code"], ())))
        for row in rows.fields(connection)
    }


def write_register(connection: Connection, before: Register, after: Register) -> int:
    """Write what has changed from one register to the other; return how many things.

    Key: codes and days.
    """
    changes = tuple(_changes(before, after))
    emptied = [code for code, one in before.fields.items() if after.fields[code] != one]
    for code in emptied:  # a topic may go from one field to another
        rows.replace_topics(connection, code, ())
    for put, row in changes:
        put(connection, row)
    for code, one in after.fields.items():
        if one != before.fields.get(code):
            rows.replace_topics(connection, code, one.topics)
    return len(changes)


def _changes(before: Register, after: Register) -> Iterator[tuple[Put, Row]]:
    """Yield what has to be written, and by what, so that nothing refers to what is not there."""
    names = [name for name in CouncilField.__slots__ if name != "topics"]
    names += ["code", "name_kk", "name_ru"]
    for _code, one in _new(before.fields, after.fields):
        yield rows.put_field, {name: getattr(one, name) for name in names}
    for code, (kk, ru) in _new(before.names, after.names):
        yield rows.put_council, {"code": code, "name_kk": kk, "name_ru": ru}
    for council, terms in after.terms.items():
        for since, term in _new(before.terms.get(council, {}), terms):
            yield rows.put_term, {"council": council, "since": since, **_plain(term)}
    body = Body.PUBLIC_COUNCIL.value
    for code, who in _new(before.officials, after.officials):
        yield rows.put_official, {"code": code, "body": body, **_plain(who)}
    for council, members in after.members.items():
        for (official, since), sitting in _new(before.members.get(council, {}), members):
            row = {"council": council, "official": official, "since": since}
            yield rows.put_member, {**row, "until": sitting.until, "role": sitting.role.value}
    for (council, day), (kk, ru) in _new(before.meetings, after.meetings):
        row = {"council": council, "held_on": day}
        yield rows.put_meeting, {**row, "title_kk": kk, "title_ru": ru}
    for (council, day, official), presence in _new(before.attendance, after.attendance):
        row = {"council": council, "held_on": day, "official": official}
        yield rows.put_attendance, {**row, "presence": presence.value}


def _new(before: Mapping[K, Any], after: Mapping[K, Any]) -> Iterator[tuple[K, Any]]:
    for key, value in after.items():
        if before.get(key) != value:
            yield key, value


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).__slots__}
