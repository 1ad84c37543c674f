"""Looking into the audit, which is written down like any other reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.number import parse_number
from services.audit.acts import Act
from services.audit.recording import record, record_reading
from services.clock import ALMATY
from services.people.deeds import Deed
from services.people.rights import authorise
from storage import appeal_search
from storage import audit_reading as rows
from storage.audit_reading import Wanted
from storage.staff import staff_names

_APPEAL = "appeal:"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the audit; name is of the member of staff, "" of anybody else.

    case is what the row names, an appeal by its registration number.
    """

    number: int
    at: datetime
    who: int | None
    name: str
    what: str
    on: str
    case: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, the newest first; `more` where older ones follow."""

    lines: tuple[Line, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Staff:
    """Ids and names; `more` where others follow."""

    people: tuple[tuple[int, str], ...]
    more: bool


def read_audit(
    connection: Connection,
    actor: int,
    wanted: Wanted,
    now: datetime,
    *,
    before: int | None,
    limit: int,
) -> Page:
    """Return rows with a number below `before` to an auditor; raises Refusal.

    Key: (actor, ten minutes).
    """
    authorise(connection, actor, Deed.READ_AUDIT)
    record_reading(connection, who=actor, what=Deed.READ_AUDIT, on="audit", now=now)
    found = rows.newest(connection, wanted, before=before, limit=limit + 1)
    return Page(_lines(connection, found[:limit]), more=len(found) > limit)


def show_audit(
    connection: Connection, wanted: Wanted, now: datetime, *, limit: int, exported: bool
) -> tuple[Line, ...]:
    """Return rows at the command line, where nobody is named; the newest first.

    Key: (what was asked for, the moment).
    """
    found = rows.newest(connection, wanted, before=None, limit=limit)
    what = Act.EXPORT_AUDIT if exported else Act.SHOW_AUDIT
    record(
        connection,
        who=None,
        what=what,
        on="audit",
        now=now,
        key=now.isoformat(),
        rows=len(found),
        **_asked(wanted),
    )
    return _lines(connection, found)


def case_of(connection: Connection, text: str) -> str | None:
    """Return how the audit names a case: by an appeal's number, or as it stands ("poll:3").

    None where no appeal has this number.
    """
    number = parse_number(text)
    if number is None:
        return text.strip() if ":" in text else None
    found = appeal_search.appeal_of_number(connection, number)
    return None if found is None else f"{_APPEAL}{found}"


def staff_of(connection: Connection, actor: int, after: int, limit: int) -> Staff:
    """Return who works or worked here, from behind an id on, to an auditor (a query)."""
    authorise(connection, actor, Deed.READ_AUDIT)
    found = rows.staff(connection, after, limit + 1)
    people = tuple((row["id"], row["name"]) for row in found[:limit])
    return Staff(people, more=len(found) > limit)


def appeal_of(connection: Connection, actor: int, text: str) -> int | None:
    """Return the id of the appeal with this number to an auditor, None where there is none."""
    authorise(connection, actor, Deed.READ_AUDIT)
    number = parse_number(text)
    return None if number is None else appeal_search.appeal_of_number(connection, number)


def names_of(connection: Connection, actor: int, who: int, appeal_id: int) -> Mapping[str, str]:
    """Return the name of a member of staff ("who") and an appeal's number ("case")."""
    authorise(connection, actor, Deed.READ_AUDIT)
    found = {"who": staff_names(connection, [who]).get(who)} if who else {}
    if appeal_id:
        found["case"] = rows.numbers_of(connection, [appeal_id]).get(f"{_APPEAL}{appeal_id}")
    return {name: said for name, said in found.items() if said}


def days(since: date | None, until: date | None) -> Mapping[str, datetime | None]:
    """Return the moments between which days of Asia/Almaty lie, the last one whole."""
    first = None if since is None else datetime.combine(since, time(), ALMATY)
    behind = None if until is None else datetime.combine(until + _DAY, time(), ALMATY)
    return {"since": first, "until": behind}


def _lines(connection: Connection, found: Sequence[RowMapping]) -> tuple[Line, ...]:
    names = staff_names(connection, {row["who"] for row in found if row["who"] is not None})
    ids = {int(row["on"][len(_APPEAL) :]) for row in found if _is_appeal(row["on"])}
    numbers = rows.numbers_of(connection, ids) if ids else {}
    return tuple(
        Line(
            number=row["number"],
            at=row["at"],
            who=row["who"],
            name=names.get(row["who"], ""),
            what=row["what"],
            on=row["on"],
            case=numbers.get(row["on"], row["on"]),
            details=row["details"],
        )
        for row in found
    )


def _is_appeal(on: str) -> bool:
    return on.startswith(_APPEAL) and on[len(_APPEAL) :].isdecimal()


def _asked(wanted: Wanted) -> Mapping[str, int | str]:
    """Return what was asked for as details: a name of a deed and ids, no words of anybody."""
    said: dict[str, int | str | None] = {
        "of_who": wanted.who,
        "of_what": wanted.what,
        "of_case": wanted.on,
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
    }
    return {name: value for name, value in said.items() if value is not None}
