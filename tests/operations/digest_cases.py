"""Commands of digests that readers want their own way, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from services.clock import local_date
from services.digests import outgoing, period_queueing, readers
from services.digests.due import Due
from services.digests.model import Channel, Period
from tests.operations.seeded import OFFICIAL, OFFICIALS_CODE, Seeded


def _send_out(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    due = Due(OFFICIALS_CODE, Period.DAILY, local_date(now), OFFICIAL)
    outgoing.send_out(connection, due, "digest", {"new": 1}, now)


def _queue_period(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    period_queueing.queue_period_digests(connection, now)


def _tell_period(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    period_queueing.queue_period_digests(connection, now)
    for each in period_queueing.untold(connection, now):
        period_queueing.tell_period_digest(connection, each, {"picture": "week.png"}, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.digests.outgoing.send_out": _send_out,
    "services.digests.period_queueing.queue_period_digests": _queue_period,
    "services.digests.period_queueing.tell_period_digest": _tell_period,
    "services.digests.readers.set_channel": lambda c, _, __: readers.set_channel(
        c, OFFICIAL, Channel.EMAIL, "aibek@example.kz"
    ),
    "services.digests.readers.set_days_off": lambda c, _, __: readers.set_days_off(
        c, OFFICIAL, wanted=True
    ),
    "services.digests.readers.set_hour": lambda c, _, __: readers.set_hour(c, OFFICIAL, 420),
}
