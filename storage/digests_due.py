"""Who is to read a digest, and the digests that went out, each once to each reader."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema.delivery import outbox
from storage.schema.digests import digest_readers, digests
from storage.schema.organisation import officials
from storage.schema.people import people, roles

_ADD = {
    name: dialect.insert(digests)
    .on_conflict_do_nothing(index_elements=["official", "period", "day", "person_id"])
    .returning(digests.c.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def readers(
    connection: Connection,
    period: str,
    day: date,
    minute: int,
    usual: int,
    *,
    reachable: bool = True,
) -> Sequence[RowMapping]:
    """Return official, body, person_id, since, minute, days_off, channel of those without it.

    That are the holders of an official's account whose minute of the day has come, where `usual`
    is that of whoever chose none, and who can be reached: in Telegram, or by e-mail; or those who
    cannot. since: the moment from which they hold the account.
    """
    chosen = sa.func.coalesce(digest_readers.c.minute, usual).label("minute")
    channel = sa.func.coalesce(digest_readers.c.channel, "telegram").label("channel")
    person, official = roles.c.person_id, roles.c.official
    gone_out = sa.exists().where(
        digests.c.official == official,
        digests.c.period == period,
        digests.c.day == day,
        digests.c.person_id == person,
    )
    infix = f":{period}:{day.isoformat()}:"
    reached = sa.or_(people.c.unreachable_since.is_(None), channel == "email")
    key = sa.literal("digest:") + official + sa.literal(infix) + sa.cast(person, sa.String)
    statement = (
        sa.select(
            official,
            officials.c.body,
            person,
            roles.c.since,
            chosen,
            sa.func.coalesce(digest_readers.c.days_off, sa.false()).label("days_off"),
            channel,
        )
        .join(people, people.c.id == person)
        .join(officials, officials.c.code == official)
        .outerjoin(digest_readers, digest_readers.c.person_id == person)
        .where(
            roles.c.until.is_(None),
            chosen <= minute,
            reached if reachable else sa.not_(reached),
            ~gone_out,
            # Told by a version that kept no digests.
            ~sa.exists().where(outbox.c.key == key),
        )
        .order_by(official, person)
    )
    return connection.execute(statement).mappings().all()


def holders(connection: Connection, official: str) -> Sequence[int]:
    """Return who holds the account of this official now."""
    held = (roles.c.official == official, roles.c.until.is_(None))
    return connection.execute(sa.select(roles.c.person_id).where(*held)).scalars().all()


def earlier(
    connection: Connection, official: str, period: str, days: Collection[date]
) -> Sequence[Mapping[str, Any]]:
    """Return the facts of the official's digests of these days, one for each day."""
    table = digests.c
    statement = (
        sa.select(table.day, table.facts)
        .where(table.official == official, table.period == period, table.day.in_(days))
        .order_by(table.person_id)
    )
    found = {row.day: row.facts for row in connection.execute(statement)}
    return list(found.values())


def add_digest(connection: Connection, values: Mapping[str, Any]) -> int | None:
    """Keep a digest that goes out and return its id; None where its reader has it already."""
    found: int | None = connection.execute(_ADD[connection.dialect.name], dict(values)).scalar()
    return found
