"""Whom a poll has invited, as long as it is open, and when anybody was invited last."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping
from sqlalchemy.dialects import postgresql, sqlite

from storage.audience import Audience, chosen
from storage.prepared import Prepared
from storage.schema.delivery import mailing_recipients, mailings
from storage.schema.people import people
from storage.schema.polls import ballots, poll_invitations, polls

_PROFILE = (
    people.c.id,
    people.c.region,
    people.c.district,
    people.c.born_from,
    people.c.born_to,
    people.c.sex,
    people.c.settlement,
)
_INVITE = Prepared(
    ("poll_id", "person_id"),
    sqlite=sqlite.insert(poll_invitations).inline().on_conflict_do_nothing(),
    postgresql=postgresql.insert(poll_invitations).inline().on_conflict_do_nothing(),
)


def strata(connection: Connection, audience: Audience) -> dict[tuple[str, str], int]:
    """Return how many of these people are in each region by settlement; a query that reads all."""
    columns = (people.c.region, people.c.settlement)
    statement = chosen(audience, *columns, sa.func.count().label("number"))
    statement = statement.where(*(column.is_not(None) for column in columns)).group_by(*columns)
    return {(row.region, row.settlement): row.number for row in connection.execute(statement)}


def frame_page(
    connection: Connection, audience: Audience, after: int, limit: int
) -> list[tuple[int, tuple[str, str]]]:
    """Return (person, stratum) of the next people beyond this id who told both parts of it."""
    columns = (people.c.region, people.c.settlement)
    statement = chosen(audience, people.c.id, *columns)
    statement = statement.where(people.c.id > after, *(column.is_not(None) for column in columns))
    statement = statement.order_by(people.c.id).limit(limit)
    return [(row.id, (row.region, row.settlement)) for row in connection.execute(statement)]


def profiles_of(connection: Connection, ids: Collection[int]) -> Sequence[RowMapping]:
    """Return the profiles of these people and when they were invited last."""
    statement = sa.select(*_PROFILE, people.c.poll_invited_on).where(people.c.id.in_(ids))
    return connection.execute(statement).mappings().all()


def invite(connection: Connection, poll_id: int, ids: Sequence[int], today: date) -> None:
    """Note that these people are invited today; who is already invited to this poll stays so."""
    if not ids:
        return
    rows = [{"poll_id": poll_id, "person_id": person} for person in ids]
    _INVITE.run_many(connection, rows)
    connection.execute(sa.update(people).where(people.c.id.in_(ids)).values(poll_invited_on=today))


def invited_among(connection: Connection, poll_id: int, ids: Collection[int]) -> set[int]:
    """Return who of these people is invited."""
    statement = sa.select(poll_invitations.c.person_id).where(
        poll_invitations.c.poll_id == poll_id, poll_invitations.c.person_id.in_(ids)
    )
    return set(connection.execute(statement).scalars())


def invited_page(
    connection: Connection, poll_id: int, after: int, limit: int
) -> Sequence[RowMapping]:
    """Return the profiles of the next invited people beyond this id."""
    statement = (
        sa.select(*_PROFILE)
        .join(poll_invitations, poll_invitations.c.person_id == people.c.id)
        .where(poll_invitations.c.poll_id == poll_id, poll_invitations.c.person_id > after)
        .order_by(poll_invitations.c.person_id)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def tags_kept(connection: Connection, poll_id: int, tags: Collection[bytes]) -> set[bytes]:
    """Return under which of these tags a ballot is kept."""
    statement = sa.select(ballots.c.tag).where(
        ballots.c.poll_id == poll_id, ballots.c.tag.in_(tags)
    )
    return set(connection.execute(statement).scalars())


def put_invited(connection: Connection, poll_id: int, number: int) -> None:
    """Write how many a poll has invited. Key: poll; the last count stands."""
    connection.execute(sa.update(polls).where(polls.c.id == poll_id).values(invited=number))


def put_quotas(connection: Connection, poll_id: int, quotas: Mapping[str, Any]) -> None:
    """Write which quotas of an open poll are full. Key: poll; the last count stands."""
    connection.execute(
        sa.update(polls)
        .where(polls.c.id == poll_id, polls.c.status == "open")
        .values(quotas=dict(quotas))
    )


def open_polls_with_mailings(connection: Connection, now: datetime) -> Sequence[RowMapping]:
    """Return open polls with how far their invitations have come and whether they remind.

    The mailings' keys are `poll:5` and `poll:5:reminder`.
    """
    asked, reminded = mailings.alias("asked"), mailings.alias("reminded")
    key = sa.literal("poll:") + sa.cast(polls.c.id, sa.String)
    statement = (
        sa.select(
            polls.c.id,
            polls.c.draft_id,
            polls.c.public_key,
            polls.c.sample,
            polls.c.quotas,
            polls.c.invited,
            polls.c.launched_at,
            polls.c.closes_at,
            asked.c.id.label("mailing"),
            asked.c.status.label("mailing_status"),
            asked.c.finished_at,
            asked.c.delivered,
            reminded.c.id.label("reminder"),
        )
        .outerjoin(asked, asked.c.key == key)
        .outerjoin(reminded, reminded.c.key == key + ":reminder")
        .where(polls.c.status == "open", polls.c.closes_at > now)
        .order_by(polls.c.id)
    )
    return connection.execute(statement).mappings().all()


def list_invited(connection: Connection, poll_id: int, mailing_id: int) -> None:
    """Make the people whom a poll has invited the recipients of a mailing, once each."""
    invited = sa.select(sa.literal(mailing_id), poll_invitations.c.person_id).where(
        poll_invitations.c.poll_id == poll_id
    )
    columns = ["mailing_id", "person_id"]
    connection.execute(sa.insert(mailing_recipients).from_select(columns, invited))
