"""Digests that went out, as the tables keep them, without composing them."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from services.digests.channel import digest_key
from services.digests.model import Channel, Period
from storage.outbox import OutboxStatus, tell
from storage.schema.delivery import outbox
from storage.schema.digests import digest_readers, digests
from tests.digests.conftest import WATER


def at(day: int, hour: int | None = None, minute: int = 0) -> datetime:
    """Return a moment of November 2026 in Asia/Almaty, 08:30 by itself; the 20th is a Friday."""
    if hour is None:
        hour, minute = 8, 30
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=5)


def sent(
    connection: Connection,
    day: int,
    *,
    person: int = WATER,
    official: str = "mysalbaev",
    period: Period = Period.DAILY,
    channel: Channel = Channel.TELEGRAM,
    composed: datetime | None = None,
    delivered: datetime | None = None,
) -> int:
    """Keep a digest of a day of November, delivered at that moment, and return its id."""
    moment = composed or delivered or at(day)
    values = {
        "period": period.value,
        "official": official,
        "day": date(2026, 11, day),
        "person_id": person,
        "channel": channel.value,
        "composed_at": moment,
        "facts": {},
        "delivered_at": delivered,
    }
    made = connection.execute(sa.insert(digests).values(**values).returning(digests.c.id))
    return int(made.scalar_one())


def told(connection: Connection, day: int, status: OutboxStatus, ended: datetime | None) -> None:
    """Keep the message of a daily digest in the outbox, with what became of it."""
    key = digest_key("mysalbaev", Period.DAILY, date(2026, 11, day), WATER)
    tell(connection, WATER, "digest", key, {}, at(day))
    values = {"status": status.value, "ended_at": ended, "attempts": 1}
    connection.execute(sa.update(outbox).where(outbox.c.key == key).values(**values))


def wants_mail(connection: Connection, address: str | None, person: int = WATER) -> None:
    """Let a reader get digests by e-mail."""
    values = {"person_id": person, "channel": Channel.EMAIL.value, "email": address}
    connection.execute(sa.insert(digest_readers).values(**values))


def read(connection: Connection, digest: int, moment: datetime) -> None:
    """Let the reader say that they have read it."""
    statement = sa.update(digests).where(digests.c.id == digest).values(read_at=moment)
    connection.execute(statement)


def row(connection: Connection, digest: int) -> sa.RowMapping:
    """Return a digest as it is kept."""
    statement = sa.select(digests).where(digests.c.id == digest)
    return connection.execute(statement).mappings().one()


def letters(connection: Connection, kind: str) -> list[sa.RowMapping]:
    """Return key, person_id and payload of what is queued of this kind."""
    columns = (outbox.c.key, outbox.c.person_id, outbox.c.payload)
    statement = sa.select(*columns).where(outbox.c.kind == kind).order_by(outbox.c.id)
    return list(connection.execute(statement).mappings())
