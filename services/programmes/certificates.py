"""Who has a certificate and who lacks one; issuing to all who came often enough."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record, record_reading
from services.people.deeds import Deed
from services.people.rights import authorise
from services.programmes.attendance import meetings_of
from services.programmes.certificate import Reason
from services.programmes.certificate_giving import give
from services.programmes.model import Programme
from services.programmes.place import launched, place_of
from services.refusal import N_, Refusal
from storage import attendance
from storage import certificates as rows

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
        give(connection, programme, signup_id, 1, name, (sessions, attended), actor, bot, now)
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


def _reason(written: str | None) -> Reason | None:
    return Reason(written) if written else None
