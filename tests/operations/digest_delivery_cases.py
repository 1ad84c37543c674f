"""Commands of digests on their way to readers, each in a case run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from services.clock import local_date
from services.digests import alarming, delivering, outgoing, overnight, unreachable, unread
from services.digests.channel import Ending, Handed, Trouble
from services.digests.due import Due
from services.digests.model import Channel, Period
from services.people.person import became_unreachable
from storage.schema.digests import digest_readers, digests
from tests.operations.seeded import OFFICIAL, OFFICIALS_CODE, Seeded

_EARLIER = timedelta(days=3)  # Friday, for a Monday


def _sent(connection: Connection, channel: Channel, now: datetime) -> int:
    """Let a digest out, once, and return its id."""
    day = local_date(now)
    due = Due(OFFICIALS_CODE, Period.DAILY, day, OFFICIAL, channel)
    outgoing.send_out(connection, due, "digest", {"new": 1}, now)
    mine = sa.select(digests.c.id).where(
        digests.c.person_id == OFFICIAL,
        digests.c.day == day,
        digests.c.period == Period.DAILY.value,
    )
    return int(connection.execute(mine).scalar_one())


def _record_ending(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    address = {"person_id": OFFICIAL, "channel": "email", "email": "aibek@example.kz"}
    if connection.execute(sa.select(digest_readers)).first() is None:
        connection.execute(sa.insert(digest_readers).values(**address))
    _sent(connection, Channel.EMAIL, now)
    for digest in delivering.to_mail(connection, now):
        ending = Ending(Handed.REFUSED, trouble=Trouble.ADDRESS)
        delivering.record_ending(connection, digest, ending, now)


def _alarm(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    _sent(connection, Channel.EMAIL, now - timedelta(minutes=40))
    alarming.alarm_administrators(connection, alarming.stuck_digests(connection, now), now)


def _remind(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    digest = _sent(connection, Channel.TELEGRAM, now - _EARLIER)
    arrived = sa.update(digests).where(digests.c.id == digest, digests.c.delivered_at.is_(None))
    connection.execute(arrived.values(delivered_at=now - _EARLIER))
    unread.remind_of_unread(connection, now)


def _unreachable(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    became_unreachable(connection, OFFICIAL, now - _EARLIER)
    unreachable.tell_of_unreachable(connection, now.replace(hour=6))  # 11:00 in Asia/Almaty


def _hold(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    evening = now.replace(hour=16, minute=now.minute)  # 21:00 in Asia/Almaty
    _sent(connection, Channel.TELEGRAM, now)
    overnight.hold_overnight(connection, evening)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.digests.alarming.alarm_administrators": _alarm,
    "services.digests.delivering.record_ending": _record_ending,
    "services.digests.overnight.hold_overnight": _hold,
    "services.digests.unreachable.tell_of_unreachable": _unreachable,
    "services.digests.unread.remind_of_unread": _remind,
}
