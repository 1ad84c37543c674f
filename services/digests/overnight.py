"""No digest at night: what could not be sent by 21:00 waits for the morning.

A digest of the day before is then given up (services.digests.queueing); what is said about
digests is still worth reading.
"""

from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from services.clock import ALMATY, local
from services.digests import alarming, outgoing, period_queueing, queueing, unread
from services.digests.due import EARLIEST, NIGHT
from storage.outbox import any_due, postpone

_DAWN = time(*divmod(EARLIEST, 60))
_KINDS = (queueing.KIND, period_queueing.KIND, outgoing.MAILED, unread.KIND, alarming.KIND)


def waits_at_night(connection: Connection, now: datetime) -> bool:
    """Tell whether anything about digests waits to be sent now, at night (a query)."""
    return _is_night(now) and any(any_due(connection, kind, now) for kind in _KINDS)


def hold_overnight(connection: Connection, now: datetime) -> int:
    """Let what waits at night wait until 08:30; return how many messages.

    Key: (message, its next moment).
    """
    if not _is_night(now):
        return 0
    here = local(now)
    day = here.date() if here.time() < _DAWN else here.date() + timedelta(days=1)
    morning = datetime.combine(day, queueing.MORNING, ALMATY)
    return sum(postpone(connection, kind, morning, now) for kind in _KINDS)


def _is_night(now: datetime) -> bool:
    return not _DAWN <= local(now).time() < NIGHT
