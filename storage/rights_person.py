"""Erasing everything that stands under a person's id, besides their appeals and letters."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.rights_appeals import delete_entries, erase_files, parts
from storage.schema.appeals import appeal_entries, appeal_followers, appeals, attachments
from storage.schema.conversations import conversations, quarantine
from storage.schema.councils import council_applications
from storage.schema.digests import digest_readers
from storage.schema.news import (
    muted_topics,
    news_rhythms,
    post_reactions,
    posts,
    topic_listeners,
)
from storage.schema.parked import parked
from storage.schema.people import (
    bans,
    confirmed_phones,
    consents,
    duties,
    people,
    roles,
    staff_sessions,
)
from storage.schema.polls import poll_drafts, poll_invitations, poll_named, polls
from storage.schema.stories import story_mutes

# The tables in which each row is about one person and is found by their id.
BY_PERSON = (
    consents,
    confirmed_phones,
    staff_sessions,
    duties,
    digest_readers,
    muted_topics,
    topic_listeners,
    news_rhythms,
    bans,
    roles,
    council_applications,
    story_mutes,
)
_JOIN = "join"


def own_appeals(connection: Connection, person_id: int) -> Sequence[sa.RowMapping]:
    """Return id, number, topic, status and version of a person's appeals, the oldest first."""
    table = appeals.c
    columns = (table.id, table.number, table.topic, table.status, table.version)
    statement = sa.select(*columns).where(table.person_id == person_id).order_by(table.id)
    return connection.execute(statement).mappings().all()


def forget_rows(connection: Connection, person_id: int) -> None:
    """Delete every row about this person, but for the one in `people` itself."""
    for table in BY_PERSON:
        connection.execute(sa.delete(table).where(table.c.person_id == person_id))
    for table, others in ((post_reactions, posts.c.id), (poll_named, polls.c.id)):
        key = next(iter(table.primary_key))
        for part in parts(connection.execute(sa.select(others)).scalars().all()):
            own = (key.in_(part), table.c.person_id == person_id)
            connection.execute(sa.delete(table).where(*own))
    forget_invitations(connection, person_id)


def forget_invitations(connection: Connection, person_id: int) -> None:
    """Delete to which polls this person is invited."""
    ids = connection.execute(sa.select(polls.c.id)).scalars().all()
    for part in parts(ids):
        own = (poll_invitations.c.poll_id.in_(part), poll_invitations.c.person_id == person_id)
        connection.execute(sa.delete(poll_invitations).where(*own))


def forget_sheets(connection: Connection, tags: Collection[tuple[int, bytes]]) -> None:
    """Delete unfinished answers to polls by (poll, tag)."""
    for poll, tag in tags:
        own = (poll_drafts.c.poll_id == poll, poll_drafts.c.tag == tag)
        connection.execute(sa.delete(poll_drafts).where(*own))


def forget_joins(
    connection: Connection, person_id: int, foreign: range, now: datetime
) -> list[int]:
    """Erase what this person said or sent to appeals of others that they follow or followed.

    foreign are the numbers that their files have there. Returns the appeals that hold fewer
    words by it.
    """
    said = (appeal_entries.c.author == person_id, appeal_entries.c.kind == _JOIN)
    entries = sa.select(appeal_entries.c.id, appeal_entries.c.appeal_id).where(*said)
    found = connection.execute(entries).all()
    own = appeal_followers.c.person_id == person_id
    followed = connection.execute(sa.select(appeal_followers.c.appeal_id).where(own)).scalars()
    touched = sorted({row.appeal_id for row in found} | set(followed))
    delete_entries(connection, [row.id for row in found])
    files = attachments.c
    for part in parts(touched):
        own_files = files.message_id.between(foreign.start, foreign.stop - 1)
        erase_files(connection, sa.and_(files.appeal_id.in_(part), own_files), now)
    return sorted({row.appeal_id for row in found})


def follow_nothing(connection: Connection, person_id: int) -> None:
    """Let this person follow nobody's appeal."""
    own = appeal_followers.c.person_id == person_id
    connection.execute(sa.delete(appeal_followers).where(own))


def forget_conversation(connection: Connection, person_id: int, bots: Collection[int]) -> None:
    """Delete what was being said in the chats of these bots with this person."""
    keys = [f"{bot}:{person_id}:{person_id}:::default" for bot in bots]
    connection.execute(sa.delete(conversations).where(conversations.c.key.in_(keys)))


def forget_raw_updates(connection: Connection, person_id: int) -> None:
    """Delete updates set aside raw in which this person's id stands; there are few."""
    mark = re.compile(rf"(?<!\d){person_id}(?!\d)".encode())
    for table, key in ((quarantine, quarantine.c.digest), (parked, parked.c.update_id)):
        raw: Any = table.c.raw
        found = connection.execute(sa.select(key, raw)).all()
        own = [row[0] for row in found if mark.search(row[1])]
        if own:
            connection.execute(sa.delete(table).where(key.in_(own)))


def delete_person(connection: Connection, person_id: int) -> bool:
    """Delete the person; nothing may refer to them any more. False where nobody is there."""
    gone = connection.execute(sa.delete(people).where(people.c.id == person_id))
    return gone.rowcount == 1


def reduce_person(connection: Connection, person_id: int, now: datetime) -> None:
    """Leave of the person what an open appeal needs: their id, and the language to answer in."""
    erased = dict.fromkeys(
        (
            "region",
            "district",
            "born_from",
            "born_to",
            "sex",
            "settlement",
            "profile_asked_at",
            "poll_invited_on",
        )
    )
    since = sa.func.coalesce(people.c.leaving_since, now)
    quiet = dict.fromkeys(("muted_since", "uninvited_since"), now)
    values = {"name": "", "leaving_since": since, **quiet, **erased}
    connection.execute(sa.update(people).where(people.c.id == person_id).values(values))


def leaving(connection: Connection, after: int, limit: int) -> Sequence[int]:
    """Return who waits to be forgotten and may be now: none of their appeals goes on."""
    statement = sa.select(people.c.id).where(_leaving(), people.c.id > after)
    return connection.execute(statement.order_by(people.c.id).limit(limit)).scalars().all()


def _leaving() -> sa.ColumnElement[bool]:
    return sa.and_(people.c.leaving_since.is_not(None), ~_goes_on())


def _goes_on() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        appeals.c.person_id == people.c.id,
        sa.or_(appeals.c.ended_at.is_(None), appeals.c.closes_on.is_not(None)),
    )


def has_come_back(connection: Connection, person_id: int) -> bool:
    """Tell whether somebody who was leaving has agreed to something anew."""
    own = sa.select(consents.c.person_id).where(consents.c.person_id == person_id)
    return connection.execute(own.limit(1)).first() is not None


def stay(connection: Connection, person_id: int) -> None:
    """Let somebody who was leaving stay."""
    this = people.c.id == person_id
    connection.execute(sa.update(people).where(this).values(leaving_since=None))


def blocked_before(connection: Connection, before: datetime, limit: int) -> Sequence[int]:
    """Return citizens who cannot be reached since before then, those for the longest first.

    None of the staff, and nobody of whom an appeal goes on.
    """
    statement = sa.select(people.c.id).where(blocked(before))
    statement = statement.order_by(people.c.unreachable_since, people.c.id).limit(limit)
    return connection.execute(statement).scalars().all()


def count_blocked(connection: Connection, before: datetime) -> tuple[int, datetime | None]:
    """Return how many these are, and since when the first of them cannot be reached."""
    since = sa.func.min(people.c.unreachable_since)
    number, oldest = connection.execute(
        sa.select(sa.func.count(), since).where(blocked(before))
    ).one()
    return number, oldest


def count_leaving(connection: Connection) -> tuple[int, datetime | None]:
    """Return how many may be forgotten now who wait for it, and since when the first waits."""
    back = sa.exists().where(consents.c.person_id == people.c.id)
    statement = sa.select(sa.func.count(), sa.func.min(people.c.leaving_since))
    number, oldest = connection.execute(statement.where(_leaving(), ~back)).one()
    return number, oldest


def blocked(before: datetime) -> sa.ColumnElement[bool]:
    """Return the condition of those whom `blocked_before` finds."""
    works = sa.exists().where(roles.c.person_id == people.c.id, roles.c.until.is_(None))
    return sa.and_(people.c.unreachable_since < before, ~works, ~_goes_on())


def ever_worked(connection: Connection, person_id: int) -> bool:
    """Tell whether this person holds or held a role."""
    own = sa.select(roles.c.person_id).where(roles.c.person_id == person_id)
    return connection.execute(own.limit(1)).first() is not None
