"""Following who has left: assignments that ended by date or import, staff whose role ended."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from services.appeals.handing_over import (
    hand_over,
    move_to_successors,
    still_responsible,
    successor,
)
from services.clock import local_date
from storage import appeal_handovers as rows
from storage.facts import read_fact, write_fact

# How far back endings are looked at: as long as a bot may be down.
_REACH = timedelta(days=14)
_PAGE = 200
_FACT = "departures"


def departures_due(connection: Connection, now: datetime) -> bool:
    """Tell whether somebody has left since departures were last followed."""
    return bool(
        rows.gone_with_work(connection, now - _REACH)
        or read_fact(connection, _FACT) != _signature(connection, now)
    )


def follow_departures(connection: Connection, now: datetime) -> int:
    """Hand over what those who left have open; how many appeals.

    An official who still answers for a case, by another route or as the head of a level, keeps
    it, and so does one after whom nobody answers.

    Key: (appeal, version).
    """
    handed = 0
    for person in rows.gone_with_work(connection, now - _REACH):
        handed += hand_over(connection, person, None, now).count
    for official in _officials(connection, now):
        handed += _follow(connection, official, now)
    signature = _signature(connection, now)
    if read_fact(connection, _FACT) != signature:
        write_fact(connection, _FACT, signature, now)
    return handed


def _follow(connection: Connection, official: str, now: datetime) -> int:
    day, handed, after = local_date(now), 0, None
    while page := rows.open_of_official(connection, official, after, _PAGE):
        after = page[-1]["due_on"], page[-1]["id"]
        leaving = [
            appeal
            for appeal in page
            if not appeal["level"]
            and not still_responsible(connection, appeal, day)
            and successor(connection, appeal, day) is not None
        ]
        handed += move_to_successors(connection, official, leaving, now).count
    return handed


def _officials(connection: Connection, now: datetime) -> list[str]:
    today = local_date(now)
    found = rows.ended(connection, today - _REACH, today)
    return list(dict.fromkeys(official for official, _until in found))


def _signature(connection: Connection, now: datetime) -> str:
    """Return a text that changes with every ending."""
    today = local_date(now)
    found = rows.ended(connection, today - _REACH, today)
    return sha256(repr(found).encode()).hexdigest()
