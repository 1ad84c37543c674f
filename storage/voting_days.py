"""Days of voting, around which results of political polls are not published.

Those of election campaigns are among them; the others are kept here.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.campaigns import voting_since
from storage.schema.polls import voting_days
from storage.upsert import upsert


def since(connection: Connection, day: date) -> list[RowMapping]:
    """Return the voting days on this day and later, campaigns' too, the nearest first."""
    return sorted(
        [*kept_since(connection, day), *voting_since(connection, day)],
        key=lambda row: row["day"],
    )


def kept_since(connection: Connection, day: date) -> Sequence[RowMapping]:
    """Return the voting days on this day and later that are no campaign's, the nearest first."""
    statement = sa.select(voting_days).where(voting_days.c.day >= day)
    return connection.execute(statement.order_by(voting_days.c.day)).mappings().all()


def put(connection: Connection, day: date, title_kk: str, title_ru: str) -> None:
    """Keep a day with its names; a repetition takes the new ones."""
    values = {"day": day, "title_kk": title_kk, "title_ru": title_ru}
    upsert(connection, voting_days, ["day"], values, update=("title_kk", "title_ru"))


def drop(connection: Connection, day: date) -> None:
    """Strike a day out."""
    connection.execute(sa.delete(voting_days).where(voting_days.c.day == day))
