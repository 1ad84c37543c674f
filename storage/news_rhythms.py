"""Who gets news together and at which hour, and what of it they have been told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.delivery import MailingStatus
from storage.listeners import unheard
from storage.schema.delivery import deliveries, mailings
from storage.schema.news import muted_topics, news_rhythms, posts
from storage.schema.people import consents, people
from storage.upsert import upsert

_OUT = ("published", "planned")
_NEWS = "news"  # the consent to get it


def find(connection: Connection, person_id: int) -> RowMapping | None:
    """Return the rhythm of a person who gets news together, None where each post comes alone."""
    statement = sa.select(news_rhythms).where(news_rhythms.c.person_id == person_id)
    return connection.execute(statement).mappings().one_or_none()


def keep(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a person's rhythm; what they have been told stays where it stood."""
    changed = ("hour", "weekday", "chosen_at")
    upsert(connection, news_rhythms, ["person_id"], values, update=changed)


def anybody_chose(connection: Connection) -> bool:
    """Tell whether there is a rhythm at all: without one there are no hours to look at."""
    return bool(
        connection.scalar(sa.select(sa.exists().where(news_rhythms.c.person_id.is_not(None))))
    )


def forget(connection: Connection, person_id: int) -> None:
    """Let each post come to a person alone again."""
    connection.execute(sa.delete(news_rhythms).where(news_rhythms.c.person_id == person_id))


def on_their_way(
    connection: Connection, person_id: int, kind: str, now: datetime
) -> frozenset[int]:
    """Return the posts that are being sent one by one and have not come to this person yet."""
    came = sa.exists().where(
        deliveries.c.mailing_id == mailings.c.id, deliveries.c.person_id == person_id
    )
    ahead = sa.and_(people.c.joined_at <= mailings.c.started_at, mailings.c.cursor < person_id)
    at_the_end = sa.and_(
        people.c.joined_at > mailings.c.started_at, mailings.c.late_joiners, ~came
    )
    begins = mailings.c.status == MailingStatus.PLANNED.value
    under_way = [MailingStatus.RUNNING.value, MailingStatus.PAUSED.value]
    statement = (
        sa.select(mailings.c.payload)
        .join(people, people.c.id == person_id)
        .where(
            mailings.c.kind == kind,
            sa.or_(
                sa.and_(begins, mailings.c.starts_at <= now),
                sa.and_(mailings.c.status.in_(under_way), sa.or_(ahead, at_the_end)),
            ),
        )
    )
    return frozenset(payload["post"] for payload in connection.execute(statement).scalars())


def out_between(connection: Connection, since: datetime, until: datetime) -> Sequence[RowMapping]:
    """Return the posts that came out from then until before then, the newest first.

    One whose hour has come belongs to it, though its own mailing may begin a moment later.
    """
    statement = (
        sa.select(posts)
        .where(posts.c.status.in_(_OUT), posts.c.published_at.between(since, until))
        .where(posts.c.published_at < until)
        .order_by(posts.c.published_at.desc(), posts.c.id.desc())
    )
    return connection.execute(statement).mappings().all()


def still_out(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Return those of these posts that were neither taken back nor called off meanwhile."""
    statement = sa.select(posts.c.id).where(posts.c.id.in_(ids), posts.c.status.in_(_OUT))
    return frozenset(connection.execute(statement).scalars())


def last_before(connection: Connection, until: datetime) -> datetime | None:
    """Return when the newest post before this moment came out."""
    newest = sa.select(sa.func.max(posts.c.published_at)).where(posts.c.published_at < until)
    # One status at a time: the index then ends where the newest stands.
    each = (connection.execute(newest.where(posts.c.status == status)) for status in _OUT)
    return max((one for one in (found.scalar_one() for found in each) if one), default=None)


def somebody_waits(
    connection: Connection, *, hour: int, weekday: int | None, at: datetime, newest: datetime
) -> bool:
    """Tell whether people of this rhythm have not been told of the newest post, or of others.

    Only people who had chosen it by then, can be reached and want news.
    """
    untold = sa.or_(
        news_rhythms.c.since <= newest, sa.cast(news_rhythms.c.pending, sa.Text) != "[]"
    )
    wants = sa.exists().where(
        consents.c.person_id == people.c.id,
        consents.c.kind == _NEWS,
        consents.c.withdrawn_at.is_(None),
    )
    statement = (
        sa.select(news_rhythms.c.person_id)
        .join(people, people.c.id == news_rhythms.c.person_id)
        .where(
            news_rhythms.c.hour == hour,
            news_rhythms.c.weekday == weekday,  # None is IS NULL
            news_rhythms.c.chosen_at <= at,
            people.c.unreachable_since.is_(None),
            people.c.muted_since.is_(None),
            wants,
            untold,
        )
        .limit(1)
    )
    return connection.execute(statement).first() is not None


def launched(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    """Return those of these keys that mailings have."""
    statement = sa.select(mailings.c.key).where(mailings.c.key.in_(keys))
    return frozenset(connection.execute(statement).scalars())


def of_people(connection: Connection, ids: Collection[int]) -> Sequence[RowMapping]:
    """Return the rhythms of these people with what posts are aimed at."""
    statement = (
        sa.select(
            news_rhythms,
            people.c.language,
            people.c.region,
            people.c.district,
            people.c.settlement,
            people.c.sex,
            people.c.born_from,
            people.c.born_to,
        )
        .join(people, people.c.id == news_rhythms.c.person_id)
        .where(news_rhythms.c.person_id.in_(ids))
    )
    return connection.execute(statement).mappings().all()


def muted_among(connection: Connection, ids: Collection[int]) -> frozenset[tuple[int, str]]:
    """Return (person, topic) of what these people have switched off, or not asked to hear."""
    statement = sa.select(muted_topics.c.person_id, muted_topics.c.topic).where(
        muted_topics.c.person_id.in_(ids)
    )
    off = frozenset((row.person_id, row.topic) for row in connection.execute(statement))
    return off | unheard(connection, ids)


def told(connection: Connection, ids: Collection[int], until: datetime) -> None:
    """Note that these people have been told what came out before this moment."""
    mark = sa.literal(until, news_rhythms.c.since.type)
    later = sa.case((news_rhythms.c.since < mark, mark), else_=news_rhythms.c.since)
    statement = sa.update(news_rhythms).where(news_rhythms.c.person_id.in_(ids))
    connection.execute(statement.values(since=later, pending=[]))
