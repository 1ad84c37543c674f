"""Telling the administrators each working morning how many open appeals belong to nobody."""

from datetime import datetime, time

from sqlalchemy import Connection

from services.appeals.recipients import administrators
from services.calendar.calendar import load_calendar
from services.clock import ALMATY, local
from services.digests.queueing import MORNING, NIGHT
from storage import digests as rows
from storage.appeal_queue import count_unrouted
from storage.outbox import tell

KIND = "undistributed"
COUNTED = 1000


def queue_undistributed(connection: Connection, now: datetime) -> int:
    """Tell each administrator once a day, where there are any, and drop what is of a past day.

    That are open appeals that no office takes or nobody answers for; at most 1,000 are counted.
    Returns the count, 0 outside of the hours of the digests.

    Key: (day, reader).
    """
    here = local(now)
    day = here.date()
    rows.drop_stale(connection, KIND, datetime.combine(day, time(), ALMATY), now)
    if not MORNING <= here.time() < NIGHT or not load_calendar(connection, day).is_working(day):
        return 0
    count = count_unrouted(connection, COUNTED)
    if count:
        payload = {"day": day.isoformat(), "count": count}
        for person in administrators(connection):
            tell(connection, person, KIND, f"undistributed:{day}:{person}", payload, now)
    return count
