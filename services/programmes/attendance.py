"""Who came: each session has its list, and whoever leads it marks it there.

A mark is an absolute value (present, absent), so that two devices and a button pressed twice
agree. Whoever is not marked counts as absent, but no certificate is given before each session
has been marked.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record, record_reading
from services.people.deeds import Deed
from services.people.rights import authorise
from services.programmes.model import Programme, Session, SignUpStatus, session_of
from services.programmes.place import launched, place_of
from services.refusal import N_, Refusal
from storage import attendance as rows

PAGE = 8  # participants

_NO_SESSION = N_("There is no such session.")
_NOT_BEGUN = N_("This session has not begun yet.")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session with how many are marked as present and absent."""

    session: Session
    present: int
    absent: int

    @property
    def marked(self) -> bool:
        """Tell whether anybody is marked."""
        return bool(self.present or self.absent)


@dataclass(frozen=True, slots=True)
class RollEntry:
    """A participant on the list of a session; present is None while that is not marked."""

    signup_id: int
    name: str = field(repr=False)
    present: bool | None


@dataclass(frozen=True, slots=True)
class Roll:
    """A page of the list of a session.

    `after` is the sign-up beyond which it begins; earlier and later those of the pages beside it.
    """

    programme: Programme
    meeting: Meeting
    participants: int
    entries: tuple[RollEntry, ...]
    after: int
    earlier: int | None
    later: int | None


def meetings_of(connection: Connection, programme_id: int) -> tuple[Meeting, ...]:
    """Return the sessions of a programme, the earliest first (a query)."""
    found = rows.session_marks(connection, programme_id)
    return tuple(Meeting(session_of(dict(row)), row["present"], row["absent"]) for row in found)


def read_meetings(
    connection: Connection, actor: int, programme_id: int
) -> tuple[Programme, tuple[Meeting, ...]]:
    """Return a programme and its sessions (a query); raises Refusal for who may not mark them."""
    programme = launched(connection, programme_id)
    authorise(connection, actor, Deed.MARK_ATTENDANCE, place_of(programme))
    return programme, meetings_of(connection, programme_id)


def read_roll(
    connection: Connection, actor: int, programme_id: int, number: int, after: int, now: datetime
) -> Roll:
    """Return a page of the list of a session: names, so that it is written down who read it.

    Key: (actor, programme, ten minutes).
    """
    programme = launched(connection, programme_id)
    authorise(connection, actor, Deed.READ_ATTENDANCE, place_of(programme))
    meeting = _meeting(connection, programme_id, number)
    found = rows.roll(connection, programme_id, number, after, PAGE + 1)
    entries = tuple(
        RollEntry(row["id"], row["name"] or "", row["present"]) for row in found[:PAGE]
    )
    first = entries[0].signup_id if entries else after + 1
    on = f"programme:{programme_id}"
    record_reading(connection, who=actor, what=Deed.READ_ATTENDANCE, on=on, now=now)
    return Roll(
        programme,
        meeting,
        rows.participants(connection, programme_id),
        entries,
        after,
        rows.edge_before(connection, programme_id, first, PAGE),
        entries[-1].signup_id if len(found) > PAGE else None,
    )


def mark(
    connection: Connection,
    actor: int,
    programme_id: int,
    number: int,
    signup_id: int,
    now: datetime,
    *,
    present: bool,
) -> bool:
    """Mark a participant; False where they are marked so already.

    Raises Refusal before the session begins, and for who has no place in the programme.

    Key: (session, participant); the button says present or absent, not the other.
    """
    programme = launched(connection, programme_id)
    authorise(connection, actor, Deed.MARK_ATTENDANCE, place_of(programme))
    require_begun(_meeting(connection, programme_id, number).session, now)
    require_participant(connection, programme_id, signup_id)
    changed = rows.put_mark(
        connection, programme_id, number, signup_id, present=present, by=actor, now=now
    )
    if changed:
        record(
            connection,
            who=actor,
            what=Deed.MARK_ATTENDANCE,
            on=f"programme:{programme_id}",
            now=now,
            key=f"{number}:{signup_id}:{present}:{now.isoformat()}",
            session=number,
            signup=signup_id,
            present=present,
        )
    return changed


def mark_rest(
    connection: Connection, actor: int, programme_id: int, number: int, now: datetime
) -> int:
    """Mark everybody as present who is not marked yet; how many.

    Key: (session, participant); who is marked stays so.
    """
    programme = launched(connection, programme_id)
    authorise(connection, actor, Deed.MARK_ATTENDANCE, place_of(programme))
    require_begun(_meeting(connection, programme_id, number).session, now)
    marked = rows.mark_rest(connection, programme_id, number, actor, now)
    if marked:
        record(
            connection,
            who=actor,
            what=Deed.MARK_ATTENDANCE,
            on=f"programme:{programme_id}",
            now=now,
            key=f"{number}:rest:{now.isoformat()}",
            session=number,
            people=marked,
        )
    return marked


def require_begun(session: Session, now: datetime) -> None:
    """Raise Refusal while a session has not begun."""
    if now < session.starts_at:
        raise Refusal(_NOT_BEGUN)


def require_participant(connection: Connection, programme_id: int, signup_id: int) -> None:
    """Raise Refusal unless this is somebody who has a place in the programme."""
    row = rows.find_signup(connection, signup_id)
    if row is None or row["programme_id"] != programme_id:
        raise Refusal(N_("There is no such participant."))
    if row["status"] != SignUpStatus.CONFIRMED:
        raise Refusal(N_("This person has no place in the programme."))


def _meeting(connection: Connection, programme_id: int, number: int) -> Meeting:
    for meeting in meetings_of(connection, programme_id):
        if meeting.session.number == number:
            return meeting
    raise Refusal(_NO_SESSION)
