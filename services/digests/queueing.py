"""When digests are due, and queueing each exactly once.

On working days at 08:30 in Asia/Almaty, or on the bot's return later on the same day, but not at
night and never for a past day. The natural key is (official, period, date, reader), so no restart
and no jump of the clock brings a second one.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection

from services.calendar.calendar import load_calendar
from services.clock import ALMATY, local
from services.digests.composing import compose_digest
from services.digests.facts import DigestFacts, to_payload
from storage import digests as rows
from storage.outbox import tell

KIND = "digest"
MORNING = time(8, 30)
NIGHT = time(21, 0)


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A digest that its reader does not have yet."""

    official: str
    person_id: int
    day: date

    @property
    def key(self) -> str:
        """Return the natural key under which it is told once."""
        prefix, infix = _key_parts(self.day)
        return f"{prefix}{self.official}{infix}{self.person_id}"


def due_digests(connection: Connection, now: datetime) -> tuple[DueDigest, ...]:
    """Return the digests to queue at this moment, by official.

    Who became an official after this morning's hour begins with the next working day.
    """
    here = local(now)
    day = here.date()
    if not MORNING <= here.time() < NIGHT:
        return ()
    if not load_calendar(connection, day).is_working(day):
        return ()
    morning = datetime.combine(day, MORNING, ALMATY)
    return tuple(
        DueDigest(row["official"], row["person_id"], day)
        for row in rows.readers(connection, morning, _key_parts(day))
    )


def queue_digests(connection: Connection, now: datetime) -> int:
    """Queue what is due and drop what was not sent on its own day; return how many are new.

    Key: (official, day, reader).
    """
    midnight = datetime.combine(local(now).date(), time(), ALMATY)
    rows.drop_stale(connection, KIND, midnight, now)
    composed: dict[str, DigestFacts] = {}
    queued = 0
    for due in due_digests(connection, now):
        if due.official not in composed:
            composed[due.official] = compose_digest(connection, due.official, now)
        facts = composed[due.official]
        if not facts.empty:
            tell(connection, due.person_id, KIND, due.key, to_payload(facts), now)
            queued += 1
    return queued


def _key_parts(day: date) -> tuple[str, str]:
    """Return what stands before the official's code and between it and the reader's id."""
    return "digest:", f":daily:{day.isoformat()}:"
