"""Who took part in what a story is tied to, as conditions: each person once, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.audience import Audience, chosen
from storage.schema.appeals import appeal_followers, appeals
from storage.schema.people import people
from storage.schema.polls import poll_named
from storage.schema.proposals import proposal_supports, proposals
from storage.schema.stories import story_mutes


@dataclass(frozen=True, slots=True)
class OfTopic:
    """Who filed or joined an appeal of this topic since then; no region is the whole country."""

    topic: str
    region: str | None
    district: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class OfProposal:
    """The author and the supporters of a proposal."""

    proposal: int


@dataclass(frozen=True, slots=True)
class OfPoll:
    """For whom a poll was, and who still gets results."""

    audience: Audience


@dataclass(frozen=True, slots=True)
class OfNamed:
    """Who answered a poll that was declared named, while that is kept, and still gets results."""

    poll: int


TakersOf = OfTopic | OfProposal | OfPoll | OfNamed
# Selected people, and the column that names them.
_Arm = tuple[sa.Select[Any], sa.ColumnElement[int]]


def takers(
    connection: Connection, ties: Sequence[TakersOf], after: int, limit: int
) -> Sequence[int]:
    """Return the next of these people beyond this id, each once, in the order of their ids."""
    arms = _arms(ties)
    if not arms:
        return []
    pages = [
        sa.select(
            statement.distinct().where(key > after).order_by(key).limit(limit).subquery().c[0]
        )
        for statement, key in arms
    ]
    together = sa.union(*pages).subquery()
    statement = sa.select(together.c[0]).order_by(together.c[0]).limit(limit)
    return connection.execute(statement).scalars().all()


def count_takers(connection: Connection, ties: Sequence[TakersOf]) -> int:
    """Return how many of these people can be told now; reads them all, so only as a query."""
    arms = _arms(ties)
    if not arms:
        return 0
    together = sa.union(*(statement for statement, _key in arms))
    statement = (
        sa.select(sa.func.count())
        .select_from(people)
        .where(
            people.c.id.in_(together),
            people.c.unreachable_since.is_(None),
            people.c.language.is_not(None),
            people.c.leaving_since.is_(None),
            ~sa.exists().where(story_mutes.c.person_id == people.c.id),
        )
    )
    found: int = connection.execute(statement).scalar_one()
    return found


def names_kept(connection: Connection, poll_id: int) -> bool:
    """Tell whether it is still known who answered a named poll."""
    kept = sa.exists().where(poll_named.c.poll_id == poll_id)
    return bool(connection.execute(sa.select(kept)).scalar_one())


def _arms(ties: Sequence[TakersOf]) -> list[_Arm]:
    return [arm for tie in ties for arm in _arms_of(tie)]


def _arms_of(tie: TakersOf) -> list[_Arm]:
    match tie:
        case OfTopic():
            return _of_topic(tie)
        case OfProposal(proposal):
            author, supporter = proposals.c.person_id, proposal_supports.c.person_id
            of_author = sa.select(author).where(proposals.c.id == proposal, author.is_not(None))
            supporting = sa.select(supporter).where(proposal_supports.c.proposal_id == proposal)
            return [(of_author, author), (supporting, supporter)]
        case OfPoll(audience):
            return [(chosen(audience, people.c.id), people.c.id)]
        case OfNamed(poll):
            key = poll_named.c.person_id
            named = sa.select(key).join(people, people.c.id == key)
            hearing = (poll_named.c.poll_id == poll, people.c.uninvited_since.is_(None))
            return [(named.where(*hearing), key)]


def _of_topic(tie: OfTopic) -> list[_Arm]:
    there = [appeals.c.topic == tie.topic, appeals.c.registered_at >= tie.since]
    if tie.region is not None:
        there.append(appeals.c.region == tie.region)
    if tie.district is not None:
        there.append(appeals.c.district == tie.district)
    author, follower = appeals.c.person_id, appeal_followers.c.person_id
    joined = sa.select(follower).join(appeals, appeals.c.id == appeal_followers.c.appeal_id)
    return [
        (sa.select(author).where(author.is_not(None), *there), author),
        (joined.where(*there), follower),
    ]
