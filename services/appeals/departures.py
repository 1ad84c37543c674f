"""Following who has left: assignments that ended by date or import, staff whose role ended."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice

from sqlalchemy import Connection, RowMapping

from services.appeals.handing_over import (
    BATCH,
    hand_over,
    is_the_sections,
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


def follow_departures(connection: Connection, now: datetime, limit: int = BATCH) -> int:
    """Hand over what those who left have open, about `limit` appeals at a time; how many.

    An official who still answers for a case, by another route or as the head of a level, keeps
    it, and so does one after whom nobody answers.

    Key: (appeal, version).
    """
    handed = 0
    for person in rows.gone_with_work(connection, now - _REACH):
        handed += hand_over(connection, person, None, now, limit).count
    for official in _officials(connection, now):
        leaving = list(islice(_leaving(connection, official, now), max(0, limit - handed)))
        handed += move_to_successors(connection, official, leaving, now).count
    signature = _signature(connection, now)
    if handed < limit and read_fact(connection, _FACT) != signature:
        write_fact(connection, _FACT, signature, now)
    return handed


def _leaving(connection: Connection, official: str, now: datetime) -> Iterator[RowMapping]:
    """Yield the open appeals of this official for whom somebody else answers now."""
    day, after = local_date(now), None
    while page := rows.open_of_official(connection, official, after, _PAGE):
        after = page[-1]["due_on"], page[-1]["id"]
        for appeal in page:
            if (
                (not appeal["level"] or is_the_sections(connection, appeal))
                and not still_responsible(connection, appeal, day)
                and successor(connection, appeal, day) is not None
            ):
                yield appeal


def _officials(connection: Connection, now: datetime) -> list[str]:
    today = local_date(now)
    found = rows.ended(connection, today - _REACH, today)
    return list(dict.fromkeys(official for official, _until in found))


def _signature(connection: Connection, now: datetime) -> str:
    """Return a text that changes with every ending."""
    today = local_date(now)
    found = rows.ended(connection, today - _REACH, today)
    return sha256(repr(found).encode()).hexdigest()
