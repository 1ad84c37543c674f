"""Everything that stands under a person's id, read for the person alone."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import (
    appeal_entries,
    appeal_events,
    appeal_followers,
    appeal_openings,
    appeal_revisions,
    appeals,
    attachments,
    quotes,
)
from storage.schema.councils import council_applications
from storage.schema.delivery import deliveries, mailings, outbox
from storage.schema.digests import digest_readers
from storage.schema.news import (
    muted_topics,
    news_rhythms,
    post_reactions,
    posts,
    topic_listeners,
)
from storage.schema.people import bans, confirmed_phones, consents, duties, people, roles
from storage.schema.polls import poll_invitations, poll_named, polls
from storage.schema.stories import story_mutes

Rows = Sequence[RowMapping]
_AT_ONCE = 500
_JOIN = "join"


def person(connection: Connection, person_id: int) -> RowMapping | None:
    """Return the person's own row."""
    statement = sa.select(people).where(people.c.id == person_id)
    return connection.execute(statement).mappings().one_or_none()


def rows_of(connection: Connection, table: sa.Table, person_id: int) -> Rows:
    """Return the rows of a table that are about this person, in the order of their key."""
    statement = sa.select(table).where(table.c.person_id == person_id)
    return connection.execute(statement.order_by(*table.primary_key)).mappings().all()


CONSENTS, PHONES, ROLES, DUTIES, BANS = consents, confirmed_phones, roles, duties, bans
APPLICATIONS = council_applications
MUTED, RHYTHMS, READERS, LETTERS = muted_topics, news_rhythms, digest_readers, outbox
STORIES_MUTED = story_mutes
LISTENED = topic_listeners


def own_appeals(connection: Connection, person_id: int) -> Rows:
    """Return the person's appeals, whole, the oldest first."""
    statement = sa.select(appeals).where(appeals.c.person_id == person_id).order_by(appeals.c.id)
    return connection.execute(statement).mappings().all()


def by_appeal(
    connection: Connection, table: sa.Table, ids: Sequence[int]
) -> Mapping[int, list[RowMapping]]:
    """Return the rows of a table by appeal, in the order of their key."""
    found: dict[int, list[RowMapping]] = {number: [] for number in ids}
    for start in range(0, len(ids), _AT_ONCE):
        these = table.c.appeal_id.in_(ids[start : start + _AT_ONCE])
        statement = sa.select(table).where(these).order_by(*table.primary_key)
        for row in connection.execute(statement).mappings():
            found[row["appeal_id"]].append(row)
    return found


ENTRIES, EVENTS, FILES = appeal_entries, appeal_events, attachments
QUOTES, OPENINGS = quotes, appeal_openings


def earlier(connection: Connection, entries: Sequence[int]) -> Mapping[int, list[RowMapping]]:
    """Return earlier wordings by entry, the first first."""
    found: dict[int, list[RowMapping]] = {}
    for start in range(0, len(entries), _AT_ONCE):
        these = appeal_revisions.c.entry_id.in_(entries[start : start + _AT_ONCE])
        statement = sa.select(appeal_revisions).where(these)
        statement = statement.order_by(appeal_revisions.c.entry_id, appeal_revisions.c.number)
        for row in connection.execute(statement).mappings():
            found.setdefault(row["entry_id"], []).append(row)
    return found


def followed(connection: Connection, person_id: int) -> Rows:
    """Return id, number, topic, status and joined_at of the appeals that the person follows."""
    table = appeals.c
    columns = (table.id, table.number, table.topic, table.status, appeal_followers.c.joined_at)
    statement = (
        sa.select(*columns)
        .join(appeal_followers, appeal_followers.c.appeal_id == table.id)
        .where(appeal_followers.c.person_id == person_id)
        .order_by(table.id)
    )
    return connection.execute(statement).mappings().all()


def said_to_others(connection: Connection, person_id: int) -> Rows:
    """Return number, text and at of what the person said about appeals of others."""
    table = appeal_entries.c
    statement = (
        sa.select(appeals.c.number, table.text, table.at)
        .join(appeals, appeals.c.id == table.appeal_id)
        .where(table.author == person_id, table.kind == _JOIN)
        .order_by(table.id)
    )
    return connection.execute(statement).mappings().all()


def reactions(connection: Connection, person_id: int) -> Rows:
    """Return id and published_at of the posts that the person called useful."""
    statement = (
        sa.select(posts.c.id, posts.c.published_at)
        .join(post_reactions, post_reactions.c.post_id == posts.c.id)
        .where(post_reactions.c.person_id == person_id)
        .order_by(posts.c.id)
    )
    return connection.execute(statement).mappings().all()


def mailings_got(connection: Connection, person_id: int) -> Rows:
    """Return kind, started_at and status of the mailings that went to the person."""
    statement = (
        sa.select(mailings.c.kind, mailings.c.started_at, deliveries.c.status)
        .join(deliveries, deliveries.c.mailing_id == mailings.c.id)
        .where(deliveries.c.person_id == person_id)
        .order_by(mailings.c.id)
    )
    return connection.execute(statement).mappings().all()


def named_answers(connection: Connection, person_id: int) -> Rows:
    """Return poll_id, answers and frozen_at of named polls that the person answered."""
    statement = (
        sa.select(poll_named.c.poll_id, poll_named.c.answers, polls.c.frozen_at)
        .join(polls, polls.c.id == poll_named.c.poll_id)
        .where(poll_named.c.person_id == person_id)
        .order_by(poll_named.c.poll_id)
    )
    return connection.execute(statement).mappings().all()


def invitations(connection: Connection, person_id: int) -> Rows:
    """Return title_kk, title_ru and closes_at of the polls to which the person is invited."""
    statement = (
        sa.select(polls.c.title_kk, polls.c.title_ru, polls.c.closes_at)
        .join(poll_invitations, poll_invitations.c.poll_id == polls.c.id)
        .where(poll_invitations.c.person_id == person_id)
        .order_by(polls.c.id)
    )
    return connection.execute(statement).mappings().all()
