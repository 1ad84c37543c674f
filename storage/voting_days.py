"""Days of voting, around which results of political polls are not published."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.polls import voting_days
from storage.upsert import upsert


def since(connection: Connection, day: date) -> Sequence[RowMapping]:
    """Return the voting days on this day and later, the nearest first."""
    statement = sa.select(voting_days).where(voting_days.c.day >= day)
    return connection.execute(statement.order_by(voting_days.c.day)).mappings().all()


def put(connection: Connection, day: date, title_kk: str, title_ru: str) -> None:
    """Keep a day with its names; a repetition takes the new ones."""
    values = {"day": day, "title_kk": title_kk, "title_ru": title_ru}
    upsert(connection, voting_days, ["day"], values, update=("title_kk", "title_ru"))


def drop(connection: Connection, day: date) -> None:
    """Strike a day out."""
    connection.execute(sa.delete(voting_days).where(voting_days.c.day == day))
