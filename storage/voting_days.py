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


def put(connection: Connection, day: date, title_kk: str, title_ru: str) -> bool:
    """Keep a day with its names, the new ones of a repetition; False where it is kept so."""
    values = {"day": day, "title_kk": title_kk, "title_ru": title_ru}
    same = (getattr(voting_days.c, name) == value for name, value in values.items())
    if connection.execute(sa.select(voting_days.c.day).where(*same)).first() is not None:
        return False
    upsert(connection, voting_days, ["day"], values, update=("title_kk", "title_ru"))
    return True


def drop(connection: Connection, day: date) -> bool:
    """Strike a day out; False where it is not there."""
    statement = sa.delete(voting_days).where(voting_days.c.day == day)
    return connection.execute(statement).rowcount == 1
