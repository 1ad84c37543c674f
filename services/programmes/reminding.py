"""Reminders of sessions: a day and two hours before, once each, never at night."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.delivery.quiet_hours import is_quiet
from services.programmes.model import SignUpStatus, programme_of, session_of
from services.programmes.queue import GOES_ON
from services.programmes.telling import REMINDER, tell_all, told_of_session
from services.programmes.waking import reminded_at
from storage import programmes as rows

# The earliest reminder: a day before, or the morning after where that would be at night.
_AHEAD = timedelta(days=1)


def sessions_to_remind_of(connection: Connection, now: datetime) -> list[tuple[int, int, int]]:
    """Return (programme, session, how far) of the reminders that are due (a query)."""
    if is_quiet(now):
        return []
    standing = [each.value for each in GOES_ON]
    found = rows.sessions_between(connection, standing, now, now + _AHEAD)
    due = [(row, _stage(row["starts_at"], now)) for row in found]
    return [
        (row["programme_id"], row["number"], stage)
        for row, stage in due
        if stage > row["reminded"]
    ]


def remind_of_session(
    connection: Connection, programme_id: int, number: int, now: datetime
) -> int:
    """Remind everybody who is confirmed of a session; return how many.

    Key: (programme, session, its time, how far).
    """
    programme = rows.find_programme(connection, programme_id)
    row = rows.find_session(connection, programme_id, number)
    if programme is None or row is None or is_quiet(now) or row["starts_at"] <= now:
        return 0
    stage = _stage(row["starts_at"], now)
    if stage <= row["reminded"]:
        return 0
    session = session_of(row)
    rows.note_reminded(connection, programme_id, number, session.starts_at, stage)
    key = f"{number}:{session.starts_at:%Y%m%d%H%M}:{stage}"
    more = told_of_session(session)
    confirmed = (SignUpStatus.CONFIRMED,)
    return tell_all(connection, programme_of(programme), confirmed, REMINDER, key, more, now)


def _stage(starts_at: datetime, now: datetime) -> int:
    first, second = reminded_at(starts_at)
    if now >= second:
        return 2
    return 1 if now >= first else 0
