"""Queries and writes about election campaigns and what was let out in their silence."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.prepared import Prepared
from storage.schema.appeals import appeals
from storage.schema.campaigns import campaigns, silence_overrides
from storage.schema.people import people
from storage.upsert import upsert

_COLUMNS = (
    campaigns.c.id,
    campaigns.c.title_kk,
    campaigns.c.title_ru,
    campaigns.c.begins_on,
    campaigns.c.votes_on,
    campaigns.c.area,
)
# Asked before every handful of messages of a mailing, and for every step of an appeal.
_ENDING = sa.select(*_COLUMNS).where(
    campaigns.c.votes_on >= sa.bindparam("of_first", type_=campaigns.c.votes_on.type),
    campaigns.c.votes_on <= sa.bindparam("of_last", type_=campaigns.c.votes_on.type),
    campaigns.c.called_off_at.is_(None),
)
_ENDING_IN = Prepared(sqlite=_ENDING, postgresql=_ENDING)
_OF_DAY = sa.select(*_COLUMNS).where(
    campaigns.c.votes_on >= sa.bindparam("of_day", type_=campaigns.c.votes_on.type),
    campaigns.c.begins_on <= sa.bindparam("of_day", type_=campaigns.c.votes_on.type),
    campaigns.c.called_off_at.is_(None),
)
_RUNNING = Prepared(sqlite=_OF_DAY, postgresql=_OF_DAY)
_NAMES = tuple(column.name for column in _COLUMNS)


def add(connection: Connection, values: Mapping[str, Any]) -> RowMapping:
    """Write a campaign and return its row; one with this key stays as it is."""
    upsert(connection, campaigns, ["key"], values, update=())
    found = sa.select(campaigns).where(campaigns.c.key == values["key"])
    return connection.execute(found).mappings().one()


def find(connection: Connection, campaign_id: int) -> RowMapping | None:
    """Return the row of a campaign."""
    statement = sa.select(campaigns).where(campaigns.c.id == campaign_id)
    return connection.execute(statement).mappings().one_or_none()


def change(
    connection: Connection, campaign_id: int, version: int, values: Mapping[str, Any]
) -> bool:
    """Change a campaign that is still at this version; False where it is not."""
    statement = (
        sa.update(campaigns)
        .where(campaigns.c.id == campaign_id, campaigns.c.version == version)
        .values(version=version + 1, **values)
    )
    return connection.execute(statement).rowcount == 1


def newest(connection: Connection, limit: int) -> Sequence[RowMapping]:
    """Return campaigns, the last voting day first."""
    statement = sa.select(campaigns).order_by(campaigns.c.votes_on.desc(), campaigns.c.id.desc())
    return connection.execute(statement.limit(limit)).mappings().all()


def running(connection: Connection, day: date) -> list[dict[str, Any]]:
    """Return the campaigns that run on this day, their voting day included."""
    found = _RUNNING.run(connection, {"of_day": day}).rows
    return [dict(zip(_NAMES, row, strict=True)) for row in found]


def voting_within(connection: Connection, day: date, span: timedelta) -> list[dict[str, Any]]:
    """Return the campaigns whose voting day is this day or at most so much later."""
    wanted = {"of_first": day, "of_last": day + span}
    found = _ENDING_IN.run(connection, wanted).rows
    return [dict(zip(_NAMES, row, strict=True)) for row in found]


def voting_since(connection: Connection, day: date) -> Sequence[RowMapping]:
    """Return `day`, `title_kk` and `title_ru` of voting days from this day on."""
    statement = (
        sa.select(campaigns.c.votes_on.label("day"), campaigns.c.title_kk, campaigns.c.title_ru)
        .where(campaigns.c.votes_on >= day, campaigns.c.called_off_at.is_(None))
        .order_by(campaigns.c.votes_on, campaigns.c.id)
    )
    return connection.execute(statement).mappings().all()


def put_override(
    connection: Connection,
    subject: str,
    campaign_id: int,
    values: Mapping[str, Any],
) -> bool:
    """Keep why something was let out; False where that is kept already."""
    row = {"subject": subject, "campaign_id": campaign_id, **values}
    keys = ["subject", "campaign_id"]
    return upsert(connection, silence_overrides, keys, row, update=()).rowcount == 1


def overrides_of(connection: Connection, subject: str) -> Sequence[RowMapping]:
    """Return who let something out, when, why, and in the silence of which campaign."""
    statement = (
        sa.select(silence_overrides)
        .where(silence_overrides.c.subject == subject)
        .order_by(silence_overrides.c.at, silence_overrides.c.campaign_id)
    )
    return connection.execute(statement).mappings().all()


def places_of(connection: Connection, ids: Sequence[int]) -> Sequence[RowMapping]:
    """Return id, region and district of these people."""
    columns = (people.c.id, people.c.region, people.c.district)
    return connection.execute(sa.select(*columns).where(people.c.id.in_(ids))).mappings().all()


def mandates(connection: Connection, campaign_ids: Sequence[int]) -> dict[int, int]:
    """Return how many appeals each of these campaigns has brought."""
    statement = (
        sa.select(appeals.c.campaign, sa.func.count().label("appeals"))
        .where(appeals.c.campaign.in_(campaign_ids))
        .group_by(appeals.c.campaign)
    )
    return {row.campaign: row.appeals for row in connection.execute(statement)}
