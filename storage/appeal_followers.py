"""Statements about whose appeals a person has joined."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeal_followers, appeals

# Made once: building a statement costs more than running it.
_JOINED = appeal_followers.join(appeals, appeals.c.id == appeal_followers.c.appeal_id)
_FOLLOWED = (
    sa.select(appeals)
    .select_from(_JOINED)
    .where(
        appeal_followers.c.appeal_id == sa.bindparam("of_appeal"),
        appeal_followers.c.person_id == sa.bindparam("of_person"),
    )
)


def followed_appeal(connection: Connection, appeal_id: int, person_id: int) -> RowMapping | None:
    """Return the row of an appeal that this person has joined."""
    wanted = {"of_appeal": appeal_id, "of_person": person_id}
    return connection.execute(_FOLLOWED, wanted).mappings().one_or_none()


def followed_appeals(
    connection: Connection, person_id: int, after: int | None, limit: int
) -> Sequence[RowMapping]:
    """Return the appeals that a person has joined, the newest first, from below `after` on."""
    statement = (
        sa.select(appeals).select_from(_JOINED).where(appeal_followers.c.person_id == person_id)
    )
    if after is not None:
        statement = statement.where(appeal_followers.c.appeal_id < after)
    statement = statement.order_by(appeal_followers.c.appeal_id.desc()).limit(limit)
    return connection.execute(statement).mappings().all()


def count_followed(connection: Connection, person_id: int) -> int:
    """Return how many appeals a person has joined."""
    statement = sa.select(sa.func.count()).where(appeal_followers.c.person_id == person_id)
    return connection.execute(statement).scalar_one()


def unfollow(connection: Connection, appeal_id: int, person_id: int) -> bool:
    """Let a person follow an appeal no more: one join less. False where they did not follow."""
    gone = connection.execute(
        sa.delete(appeal_followers).where(
            appeal_followers.c.appeal_id == appeal_id, appeal_followers.c.person_id == person_id
        )
    )
    if gone.rowcount != 1:
        return False
    connection.execute(
        sa.update(appeals)
        .where(appeals.c.id == appeal_id, appeals.c.joins > 0)
        .values(joins=appeals.c.joins - 1)
    )
    return True
