"""Reading and deciding applications to public councils.

Administrators whose role reaches the council's territory do it, its chair, and the chair's
deputy. What they see of a person is written down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from services.appeals.reasons import checked_reason
from services.audit.recording import record, record_reading
from services.clock import local_date
from services.councils.composition import NO_COUNCIL
from services.councils.model import ApplicationStatus, Council, Seat
from services.councils.sight import council_then, own_seats, refused
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import Reached, Where, authorise
from services.refusal import N_, Refusal
from storage import council_applications as rows
from storage import council_reading
from storage.outbox import tell
from storage.reach import who_holds
from storage.staff import reachable

DECIDED = "council_decided"
PAGE = 10
_LEADS = frozenset({Seat.CHAIR.value, Seat.DEPUTY.value})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that waits, without its person."""

    id: int
    council: str
    council_kk: str
    council_ru: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Application:
    """One application as those who decide see it."""

    id: int
    version: int
    council: str
    council_kk: str
    council_ru: str
    name: str
    phone: str | None
    about: str
    at: datetime
    status: ApplicationStatus
    reply: str | None


def list_waiting(
    connection: Connection, actor: int, after: int, now: datetime
) -> tuple[tuple[Waiting, ...], bool]:
    """Return a page of what waits for the actor, and whether more follows (a query).

    Raises Refusal for who decides nothing.
    """
    reached = authorise(connection, actor, Deed.READ_APPLICATIONS)
    of = _decided_by(connection, reached, local_date(now))
    found = rows.waiting(connection, of, after, PAGE + 1)
    page = tuple(_waiting(connection, row) for row in found[:PAGE])
    return page, len(found) > PAGE


def count_for(connection: Connection, reached: Reached, day: date) -> int:
    """Return how many applications wait for who holds these grants (a query)."""
    return rows.count_waiting(connection, _decided_by(connection, reached, day))


def open_application(
    connection: Connection, actor: int, application: int, now: datetime
) -> Application:
    """Return an application to who may decide it, and write down that they saw it.

    Raises Refusal.

    Key: (application, actor, ten minutes).
    """
    row, council = _reached(connection, Deed.READ_APPLICATIONS, actor, application, now)
    on = f"application:{application}"
    record_reading(connection, who=actor, what=Deed.READ_APPLICATIONS, on=on, now=now)
    names = ("id", "version", "council", "name", "phone", "about", "at", "reply")
    return Application(
        **{name: row[name] for name in names},
        council_kk=council.name_kk,
        council_ru=council.name_ru,
        status=ApplicationStatus(row["status"]),
    )


def decide_application(
    connection: Connection,
    actor: int,
    application: int,
    expected_version: int,
    words: str,
    now: datetime,
    *,
    accept: bool,
) -> ApplicationStatus:
    """Accept or decline an application with words, tell its citizen, and return its status.

    Pressed twice it is decided once. Raises Refusal where the words will not do, or somebody
    else was first.

    Key: (application, expected version).
    """
    row, council = _reached(connection, Deed.DECIDE_APPLICATION, actor, application, now)
    words = checked_reason(words)
    status = ApplicationStatus.ACCEPTED if accept else ApplicationStatus.DECLINED
    if (row["version"], row["decided_by"]) == (expected_version + 1, actor):
        return ApplicationStatus(row["status"])
    if row["status"] != ApplicationStatus.SENT:
        raise Refusal(N_("This application is decided already."))
    done = {"status": status.value, "decided_by": actor, "decided_at": now, "reply": words}
    if not rows.change(connection, application, expected_version, **done):
        raise Refusal(N_("This application has changed meanwhile. Please open it again."))
    payload = {
        "status": status.value,
        "council": council.code,
        "council_kk": council.name_kk,
        "council_ru": council.name_ru,
        "reply": words,
    }
    tell(connection, row["person_id"], DECIDED, f"application:{application}:end", payload, now)
    record(
        connection,
        who=actor,
        what=Deed.DECIDE_APPLICATION,
        on=f"application:{application}",
        now=now,
        key=f"v{expected_version + 1}",
        accepted=accept,
    )
    return status


def deciders(connection: Connection, council: str, day: date) -> Sequence[int]:
    """Return who is told that an application has come: the leads, else the administrators."""
    leads = [
        row["person_id"]
        for row in council_reading.leading(connection, council, day)
        if row["role"] in _LEADS
    ]
    found = council_reading.one(connection, council, day)
    if not leads and found is not None:
        where = Where(None, found["region"], found["district"])
        leads = sorted(who_holds(connection, [Role.ADMINISTRATOR.value], where))
    present = reachable(connection, leads)
    return [person for person in leads if person in present]


def decided_for(connection: Connection, officials: Sequence[str], day: date) -> frozenset[str]:
    """Return the councils of which one of these officials is the chair or deputy (a query)."""
    found = council_reading.councils_of(connection, officials, day)
    return frozenset(row["council"] for row in found if row["role"] in _LEADS)


def _decided_by(connection: Connection, reached: Reached, day: date) -> frozenset[str] | None:
    """Return the councils on whose applications such grants decide; None: all of them."""
    office = [grant for grant in reached.grants if grant.role is not Role.OFFICIAL]
    if any(grant.unbounded for grant in office):
        return None
    own = decided_for(connection, own_seats(connection, reached, day), day)
    within = {
        row["code"]
        for row in council_reading.all_on(connection, day)
        if office and reached.looks_after(Where(None, row["region"], row["district"]))
    }
    return own | within


def _reached(
    connection: Connection, deed: Deed, actor: int, application: int, now: datetime
) -> tuple[Any, Council]:
    reached = authorise(connection, actor, deed)
    row = rows.find(connection, application)
    if row is None:
        raise Refusal(N_("There is no such application: it may have been taken back."))
    day = local_date(now)
    council = council_then(connection, row["council"], day)
    if council is None:
        raise Refusal(NO_COUNCIL)
    where = Where(None, council.region, council.district)
    own = decided_for(connection, own_seats(connection, reached, day), day)
    if not reached.looks_after(where) and council.code not in own:
        raise refused(reached, N_("The chair of this council and administrators decide on it."))
    return row, council


def _waiting(connection: Connection, row: Any) -> Waiting:
    name = council_reading.name_of(connection, row["council"])
    kk, ru = (name["name_kk"], name["name_ru"]) if name else (row["council"], row["council"])
    return Waiting(row["id"], row["council"], kk, ru, row["at"])
