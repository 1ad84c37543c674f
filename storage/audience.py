"""Who a mailing is for: a condition on people, read page by page and never listed in advance."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, RowMapping

from storage.listeners import is_own
from storage.schema.delivery import mailing_recipients
from storage.schema.news import muted_topics, news_rhythms, topic_listeners
from storage.schema.people import consents, people
from storage.schema.stories import story_mutes

_REGION_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Audience:
    """People who are reachable, chose a language and agreed to get this.

    With `consent` they agreed to the text of this kind, as news asks; with `stories` they did not
    switch those off; without both they did not switch messages about polls off.

    Everybody who had joined by then (None: whenever), or the listed recipients of a mailing and
    nobody else; narrowed by the other parts as services/delivery/target.py says.
    """

    consent: str | None
    joined_by: datetime | None
    listed_for: int | None = None
    news_topic: str | None = None
    regions: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    language: str | None = None
    # First and last year of birth; the first may be open.
    born: tuple[tuple[int | None, int], ...] = ()
    sex: str | None = None
    settlement: str | None = None
    each: bool = False
    # Hour and weekday of those who get news together.
    rhythm: tuple[int, int | None] | None = None
    joined_after: datetime | None = None
    # Without those who were invited to a poll on this day or later.
    not_invited_since: date | None = None
    stories: bool = False

    @property
    def only_listeners(self) -> bool:
        """Tell whether the news is only for those who asked to hear its topic."""
        return self.news_topic is not None and is_own(self.news_topic)


def chosen(audience: Audience, *columns: Any) -> sa.Select[Any]:
    """Return the query of these columns of people, or of an aggregate over them."""
    return _of(audience, *columns)


def page(connection: Connection, audience: Audience, after: int, limit: int) -> Sequence[int]:
    """Return the next people beyond this id, in the order of their ids."""
    return connection.execute(_page(audience), {"after": after, "most": limit}).scalars().all()


def joined_later(
    connection: Connection, audience: Audience, after: tuple[datetime, int], limit: int
) -> list[tuple[datetime, int]]:
    """Return who joined next, as (moment, id) beyond this one and in this order."""
    moment, person = after
    found = connection.execute(
        _joining(audience), {"moment": moment, "after": person, "most": limit}
    )
    return [(row.joined_at, row.id) for row in found]


def still_there(
    connection: Connection, audience: Audience, ids: Collection[int]
) -> Sequence[RowMapping]:
    """Return id and language of those of these people to whom the mailing goes right now."""
    return connection.execute(_among(audience), {"ids": list(ids)}).mappings().all()


def count(connection: Connection, audience: Audience) -> int:
    """Return how many people this is now; reads them all, so a query and never a command."""
    people_counted: int = connection.execute(_of(audience, sa.func.count())).scalar_one()
    return people_counted


def count_unsaid(connection: Connection, audience: Audience) -> int:
    """Return how many are outside only for having left unsaid what the audience asks for.

    Reads everybody, as `count` does.
    """
    parts = _profile(audience)
    if not parts:
        return 0
    anybody = replace(audience, regions=(), districts=(), born=(), sex=None, settlement=None)
    statement = _of(anybody, sa.func.count()).where(
        *(sa.or_(fits, unsaid) for fits, unsaid in parts), sa.or_(*(part[1] for part in parts))
    )
    people_counted: int = connection.execute(statement).scalar_one()
    return people_counted


# Written once for each mailing, which asks a hundred times a second.
@lru_cache(maxsize=32)
def _page(audience: Audience) -> sa.Select[Any]:
    key = people.c.id if audience.listed_for is None else mailing_recipients.c.person_id
    if audience.rhythm is not None:
        # Few of many people: they are read in the order of their own index.
        key = news_rhythms.c.person_id
    elif audience.only_listeners and audience.listed_for is None:
        key = topic_listeners.c.person_id
    beyond = key > sa.bindparam("after")
    return _of(audience, people.c.id).where(beyond).order_by(key).limit(sa.bindparam("most"))


@lru_cache(maxsize=32)
def _joining(audience: Audience) -> sa.Select[Any]:
    moment = sa.bindparam("moment", type_=people.c.joined_at.type)
    beyond = sa.or_(
        people.c.joined_at > moment,
        sa.and_(people.c.joined_at == moment, people.c.id > sa.bindparam("after")),
    )
    return (
        _of(audience, people.c.joined_at, people.c.id)
        .where(people.c.joined_at >= moment, beyond)
        .order_by(people.c.joined_at, people.c.id)
        .limit(sa.bindparam("most"))
    )


@lru_cache(maxsize=32)
def _among(audience: Audience) -> sa.Select[Any]:
    among = people.c.id.in_(sa.bindparam("ids", expanding=True))
    return _of(audience, people.c.id, people.c.language).where(among).order_by(people.c.id)


def _of(audience: Audience, *columns: Any) -> sa.Select[Any]:
    statement = (
        sa.select(*columns)
        .select_from(people)
        .where(
            people.c.unreachable_since.is_(None),
            people.c.language.is_not(None),
            _agreeing(audience),
        )
    )
    if audience.rhythm is not None:
        statement = statement.join(news_rhythms, news_rhythms.c.person_id == people.c.id)
    if audience.only_listeners:
        asked = topic_listeners.c.topic == audience.news_topic
        listens = sa.and_(topic_listeners.c.person_id == people.c.id, asked)
        statement = statement.join(topic_listeners, listens)
    statement = statement.where(*_narrower(audience))
    if audience.not_invited_since is not None:
        earlier = people.c.poll_invited_on < audience.not_invited_since
        statement = statement.where(sa.or_(people.c.poll_invited_on.is_(None), earlier))
    if audience.listed_for is not None:
        return statement.join(
            mailing_recipients, mailing_recipients.c.person_id == people.c.id
        ).where(mailing_recipients.c.mailing_id == audience.listed_for)
    if audience.joined_by is not None:
        statement = statement.where(people.c.joined_at <= audience.joined_by)
    if audience.joined_after is not None:
        statement = statement.where(people.c.joined_at > audience.joined_after)
    return statement


def _agreeing(audience: Audience) -> ColumnElement[bool]:
    if audience.stories:
        muted = sa.exists().where(story_mutes.c.person_id == people.c.id)
        return sa.and_(people.c.leaving_since.is_(None), ~muted)
    if audience.consent is None:
        return people.c.uninvited_since.is_(None)
    return sa.exists().where(
        consents.c.person_id == people.c.id,
        consents.c.kind == audience.consent,
        consents.c.withdrawn_at.is_(None),
    )


def _narrower(audience: Audience) -> list[ColumnElement[bool]]:
    conditions = [fits for fits, _ in _profile(audience)]
    around = {*audience.regions, *(one[:_REGION_DIGITS] for one in audience.districts)}
    if len(around) == 1:
        # Said so that the region's index can be used: few of many live in a district.
        conditions.append(people.c.region == around.pop())
    if audience.language is not None:
        conditions.append(people.c.language == audience.language)
    return [*conditions, *_wanting_news(audience)]


def _profile(audience: Audience) -> list[tuple[ColumnElement[bool], ColumnElement[bool]]]:
    """Return who fits each part of the profile that is asked for, and who left it unsaid."""
    parts: list[tuple[ColumnElement[bool], ColumnElement[bool]]] = []
    if audience.regions or audience.districts:
        there = sa.or_(
            people.c.region.in_(audience.regions), people.c.district.in_(audience.districts)
        )
        around = {district[:_REGION_DIGITS] for district in audience.districts}
        perhaps = sa.and_(
            people.c.district.is_(None), people.c.region.in_(around - set(audience.regions))
        )
        parts.append((there, sa.or_(people.c.region.is_(None), perhaps)))
    if audience.born:
        born = sa.or_(*(_born(since, until) for since, until in audience.born))
        parts.append((born, people.c.born_to.is_(None)))
    if audience.sex is not None:
        parts.append((people.c.sex == audience.sex, people.c.sex.is_(None)))
    if audience.settlement is not None:
        settled = people.c.settlement == audience.settlement
        parts.append((settled, people.c.settlement.is_(None)))
    return parts


def _born(since: int | None, until: int) -> ColumnElement[bool]:
    """Match by the middle of a person's band: bands of another year lie a little apart."""
    twice = sa.func.coalesce(people.c.born_from, people.c.born_to) + people.c.born_to
    return twice <= 2 * until if since is None else twice.between(2 * since, 2 * until)


def _wanting_news(audience: Audience) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if audience.news_topic is not None:
        muted = sa.exists().where(
            muted_topics.c.person_id == people.c.id,
            muted_topics.c.topic == audience.news_topic,
        )
        conditions += [people.c.muted_since.is_(None), ~muted]
    if audience.each:
        conditions.append(~sa.exists().where(news_rhythms.c.person_id == people.c.id))
    if audience.rhythm is not None:
        hour, weekday = audience.rhythm
        conditions += [people.c.muted_since.is_(None), news_rhythms.c.hour == hour]
        # Said so that an index can be used: `==` with None is IS NULL.
        conditions.append(news_rhythms.c.weekday == weekday)
    return conditions
