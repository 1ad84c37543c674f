"""Giving certificates to who came often enough, taking one back, and giving another instead."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record, record_reading
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.programmes.attendance import meetings_of
from services.programmes.certificate import (
    CHOICES,
    Certificate,
    Reason,
    certificate_of,
    payload_of,
)
from services.programmes.certificate_number import make_number
from services.programmes.model import Programme
from services.programmes.place import launched, place_of
from services.programmes.waking import awake
from services.refusal import N_, Refusal
from storage import attendance
from storage import certificates as rows
from storage.outbox import tell

GIVEN, REVOKED = "certificate", "certificate_revoked"  # kinds of notices
LONGEST_NAME = 120
PAGE = 8  # participants

_WHOLE = 100  # per cent


@dataclass(frozen=True, slots=True)
class Standing:
    """A participant: to how many sessions they came, and the certificate that they have."""

    signup_id: int
    name: str = field(repr=False)
    attended: int
    enough: bool
    number: str | None
    reason: Reason | None

    @property
    def holds(self) -> bool:
        """Tell whether they have a certificate that is good."""
        return self.number is not None and self.reason is None


@dataclass(frozen=True, slots=True)
class Book:
    """Who has a certificate of a programme and who lacks one: a page of it, and the sums.

    due: how many came often enough and have none yet; waits_for: why none can be issued now.
    """

    programme: Programme
    sessions: int
    issued: int
    due: int
    waits_for: Refusal | None
    entries: tuple[Standing, ...]
    after: int
    earlier: int | None
    later: int | None


def read_book(
    connection: Connection, actor: int, programme_id: int, after: int, now: datetime
) -> Book:
    """Return a page of who has a certificate: names, so that it is written down who read it.

    Key: (actor, programme, ten minutes).
    """
    programme = launched(connection, programme_id)
    authorise(connection, actor, Deed.READ_CERTIFICATES, place_of(programme))
    sessions = len(meetings_of(connection, programme_id))
    found = attendance.tallies(connection, programme_id, after, PAGE + 1)
    held = rows.latest(connection, [row["id"] for row in found])
    entries = tuple(
        Standing(
            row["id"],
            row["name"] or "",
            row["attended"],
            came_enough(row["attended"], sessions, programme.certificate_from),
            held[row["id"]]["number"] if row["id"] in held else None,
            _reason(held[row["id"]]["reason"]) if row["id"] in held else None,
        )
        for row in found[:PAGE]
    )
    first = entries[0].signup_id if entries else after + 1
    on = f"programme:{programme_id}"
    record_reading(connection, who=actor, what=Deed.READ_CERTIFICATES, on=on, now=now)
    return Book(
        programme,
        sessions,
        rows.count_good(connection, programme_id),
        len(_due(connection, programme, sessions)),
        _obstacle(connection, programme, now),
        entries,
        after,
        attendance.edge_before(connection, programme_id, first, PAGE),
        entries[-1].signup_id if len(found) > PAGE else None,
    )


def came_enough(attended: int, sessions: int, share: int) -> bool:
    """Tell whether this many of the sessions are at least `share` per cent of them."""
    return sessions > 0 and attended * _WHOLE >= share * sessions


def issue_certificates(
    connection: Connection, actor: int, programme_id: int, bot: str, now: datetime
) -> int:
    """Give a certificate to everybody who came often enough and was never given one; how many.

    Each is sent theirs. `bot` is the bot's name, which the paper shows. Raises Refusal where the
    programme gives none, a session has not begun, or nobody was marked there.

    Key: (participant, 1).
    """
    programme = launched(connection, programme_id)
    authorise(connection, actor, Deed.ISSUE_CERTIFICATES, place_of(programme))
    obstacle = _obstacle(connection, programme, now)
    if obstacle is not None:
        raise obstacle
    sessions = len(meetings_of(connection, programme_id))
    due = _due(connection, programme, sessions)
    for signup_id, name, attended in due:
        _give(connection, programme, signup_id, 1, name, (sessions, attended), actor, bot, now)
    if due:
        record(
            connection,
            who=actor,
            what=Deed.ISSUE_CERTIFICATES,
            on=f"programme:{programme_id}",
            now=now,
            key=f"{due[0][0]}:{len(due)}",
            people=len(due),
        )
    return len(due)


def revoke_certificate(
    connection: Connection, actor: int, number: str, reason: Reason, now: datetime
) -> Certificate:
    """Let a certificate be good no more and tell its holder why; return it.

    Raises Refusal where it was revoked for another reason before.

    Key: number.
    """
    found = _found(connection, actor, number, Deed.REVOKE_CERTIFICATE)
    if reason not in CHOICES:
        raise Refusal(N_("Please choose a reason."))
    if found.revoked_at is not None and found.reason is not reason:
        raise Refusal(N_("This certificate was revoked before."))
    if not _revoke(connection, actor, number, reason, now):
        return found
    _record(connection, actor, Deed.REVOKE_CERTIFICATE, number, now, reason=reason.value)
    revoked = _certificate(connection, number)
    _tell(connection, REVOKED, revoked, {}, now)
    return revoked


def correct_name(
    connection: Connection, actor: int, number: str, name: str, bot: str, now: datetime
) -> Certificate:
    """Give another certificate with a corrected name instead of this one; return the new one.

    Who was given one in its place already keeps that. Also gives another to who had theirs
    revoked, when they came often enough after all.

    Key: number.
    """
    found = _found(connection, actor, number, Deed.CORRECT_CERTIFICATE)
    latest = certificate_of(rows.of_signup(connection, found.signup_id)[-1])
    if latest.number != number:
        return latest
    if found.person_id is None or found.name is None:
        raise Refusal(N_("The name of the holder is no longer kept."))
    programme = launched(connection, found.programme_id)
    counted = (found.sessions, found.attended)
    if found.revoked_at is not None:
        counted = _counted_now(connection, programme, found.signup_id)
    spelt = fitting_name(name)
    _revoke(connection, actor, number, Reason.REPLACED, now)
    _record(connection, actor, Deed.CORRECT_CERTIFICATE, number, now)
    serial = found.serial + 1
    new = _give(connection, programme, found.signup_id, serial, spelt, counted, actor, bot, now)
    return _certificate(connection, new)


def read_certificate(
    connection: Connection, actor: int, number: str, now: datetime
) -> Certificate:
    """Return a certificate with its holder's name; it is written down who read it.

    Key: (actor, number, ten minutes).
    """
    found = _found(connection, actor, number, Deed.READ_CERTIFICATES)
    on = f"certificate:{number}"
    record_reading(connection, who=actor, what=Deed.READ_CERTIFICATES, on=on, now=now)
    return found


def fitting_name(text: str) -> str:
    """Return a name as it shall stand on the paper; raises Refusal for one that does not fit."""
    name = " ".join(text.split())
    if not any(map(str.isalpha, name)):
        raise Refusal(N_("Please write the name in letters."))
    if len(name) > LONGEST_NAME:
        message = N_("This text is too long: {length} of at most {limit} characters.")
        raise Refusal(message, length=len(name), limit=LONGEST_NAME)
    return name


def _obstacle(connection: Connection, programme: Programme, now: datetime) -> Refusal | None:
    """Return why no certificate can be issued now, None where they can."""
    if not programme.certificate:
        return Refusal(N_("This programme gives no certificates."))
    meetings = meetings_of(connection, programme.id)
    if not meetings:
        return Refusal(N_("This programme has no sessions."))
    if any(now < meeting.session.starts_at for meeting in meetings):
        return Refusal(N_("Certificates are issued once the last session has begun."))
    for meeting in meetings:
        if not meeting.marked:
            message = N_("Nobody is marked yet in session {number}. Please mark who came.")
            return Refusal(message, number=meeting.session.number)
    return None


def _due(
    connection: Connection, programme: Programme, sessions: int
) -> list[tuple[int, str, int]]:
    """Return sign-up, name and number of sessions of who is to be given a first certificate."""
    tallied = attendance.tallies(connection, programme.id)
    held = rows.latest(connection, [row["id"] for row in tallied])
    return [
        (row["id"], row["name"], row["attended"])
        for row in tallied
        if row["id"] not in held
        and row["name"]
        and came_enough(row["attended"], sessions, programme.certificate_from)
    ]


def _counted_now(connection: Connection, programme: Programme, signup_id: int) -> tuple[int, int]:
    sessions = len(meetings_of(connection, programme.id))
    (row,) = attendance.tallies(connection, programme.id, signup_id - 1, 1) or (None,)
    attended = row["attended"] if row is not None and row["id"] == signup_id else 0
    if not came_enough(attended, sessions, programme.certificate_from):
        raise Refusal(N_("This person did not come often enough for a certificate."))
    return sessions, attended


def _give(
    connection: Connection,
    programme: Programme,
    signup_id: int,
    serial: int,
    name: str,
    counted: tuple[int, int],
    actor: int,
    bot: str,
    now: datetime,
) -> str:
    """Keep a certificate, tell its holder, and return its number."""
    sessions, attended = counted
    values = {
        "signup_id": signup_id,
        "serial": serial,
        "name": name,
        "sessions": sessions,
        "attended": attended,
        "signed_by": rows.head_of_place(connection, programme.region, programme.district),
        "issued_at": now,
        "issued_by": actor,
    }
    attempt, year = 0, local_date(now).year
    number = make_number(year, signup_id, serial)
    while not rows.add(connection, {"number": number, **values}):
        attempt += 1
        number = make_number(year, signup_id, serial, attempt)
    _tell(connection, GIVEN, _certificate(connection, number), {"bot": bot}, now)
    return number


def _tell(
    connection: Connection,
    kind: str,
    certificate: Certificate,
    more: dict[str, str],
    now: datetime,
) -> None:
    if certificate.person_id is None:
        return
    tell(
        connection,
        certificate.person_id,
        kind,
        f"{kind}:{certificate.number}",
        payload_of(certificate) | more,
        now,
        not_before=awake(now),
    )


def _found(connection: Connection, actor: int, number: str, deed: Deed) -> Certificate:
    row = rows.find(connection, number)
    if row is None:
        authorise(connection, actor, deed)
        raise Refusal(N_("There is no certificate of this number."))
    found = certificate_of(row)
    authorise(connection, actor, deed, place_of(launched(connection, found.programme_id)))
    return found


def _certificate(connection: Connection, number: str) -> Certificate:
    row = rows.find(connection, number)
    if row is None:
        raise LookupError(number)
    return certificate_of(row)


def _revoke(
    connection: Connection, actor: int, number: str, reason: Reason, now: datetime
) -> bool:
    values = {"revoked_at": now, "revoked_by": actor, "reason": reason.value}
    return rows.revoke(connection, number, values)


def _reason(written: str | None) -> Reason | None:
    return Reason(written) if written else None


def _record(
    connection: Connection, actor: int, deed: Deed, number: str, now: datetime, **details: str
) -> None:
    on = f"certificate:{number}"
    record(connection, who=actor, what=deed, on=on, now=now, key=number, **details)
