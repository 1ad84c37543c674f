"""Who a mailing is for: a condition on people, read page by page and never listed in advance."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, RowMapping

from storage.schema.delivery import mailing_recipients
from storage.schema.news import muted_topics
from storage.schema.people import consents, people


@dataclass(frozen=True, slots=True)
class Audience:
    """People who are reachable, chose a language and agreed to the processing of their data.

    Everybody who had joined by then, of a region where one is named, without those who muted the
    news topic where one is named; or the listed recipients of a mailing and nobody else.
    """

    consent: str
    joined_by: datetime
    region: str | None = None
    news_topic: str | None = None
    listed_for: int | None = None


def page(connection: Connection, audience: Audience, after: int, limit: int) -> Sequence[int]:
    """Return the next people beyond this id, in the order of their ids."""
    return connection.execute(_page(audience), {"after": after, "most": limit}).scalars().all()


def still_there(
    connection: Connection, audience: Audience, ids: Collection[int]
) -> Sequence[RowMapping]:
    """Return id and language of those of these people to whom the mailing goes right now."""
    return connection.execute(_among(audience), {"ids": list(ids)}).mappings().all()


def count(connection: Connection, audience: Audience) -> int:
    """Return how many people this is now; reads them all, so a query and never a command."""
    people_counted: int = connection.execute(_of(audience, sa.func.count())).scalar_one()
    return people_counted


# Written once for each mailing, which asks a hundred times a second.
@lru_cache(maxsize=32)
def _page(audience: Audience) -> sa.Select[Any]:
    key = people.c.id if audience.listed_for is None else mailing_recipients.c.person_id
    beyond = key > sa.bindparam("after")
    return _of(audience, people.c.id).where(beyond).order_by(key).limit(sa.bindparam("most"))


@lru_cache(maxsize=32)
def _among(audience: Audience) -> sa.Select[Any]:
    among = people.c.id.in_(sa.bindparam("ids", expanding=True))
    return _of(audience, people.c.id, people.c.language).where(among).order_by(people.c.id)


def _of(audience: Audience, *columns: Any) -> sa.Select[Any]:
    agreed = sa.exists().where(
        consents.c.person_id == people.c.id,
        consents.c.kind == audience.consent,
        consents.c.withdrawn_at.is_(None),
    )
    statement = (
        sa.select(*columns)
        .select_from(people)
        .where(people.c.unreachable_since.is_(None), people.c.language.is_not(None), agreed)
    )
    if audience.listed_for is not None:
        return statement.join(
            mailing_recipients, mailing_recipients.c.person_id == people.c.id
        ).where(mailing_recipients.c.mailing_id == audience.listed_for)
    return statement.where(people.c.joined_at <= audience.joined_by, *_narrower(audience))


def _narrower(audience: Audience) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if audience.region is not None:
        conditions.append(people.c.region == audience.region)
    if audience.news_topic is not None:
        muted = sa.exists().where(
            muted_topics.c.person_id == people.c.id,
            muted_topics.c.topic == audience.news_topic,
        )
        conditions += [people.c.muted_since.is_(None), ~muted]
    return conditions
