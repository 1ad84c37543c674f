"""Statements about changes of appeals: their history, and who follows them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeal_events, appeal_followers, appeals
from storage.schema.people import people


def event_at(connection: Connection, appeal_id: int, version: int) -> RowMapping | None:
    """Return kind, actor, at and details of what made this version of an appeal."""
    table = appeal_events.c
    statement = sa.select(table.kind, table.actor, table.at, table.details).where(
        table.appeal_id == appeal_id, table.version == version
    )
    return connection.execute(statement).mappings().one_or_none()


def last_staff_name(connection: Connection, appeal_id: int) -> str | None:
    """Return the name of the member of staff who made the last change.

    None where it was the clock, or the citizen, whose name is nobody's business here.
    """
    by_citizen = appeal_events.c.actor == appeals.c.person_id
    statement = (
        sa.select(sa.case((by_citizen, None), else_=people.c.name))
        .select_from(
            appeal_events.join(appeals, appeals.c.id == appeal_events.c.appeal_id).outerjoin(
                people, people.c.id == appeal_events.c.actor
            )
        )
        .where(appeal_events.c.appeal_id == appeal_id)
        .order_by(appeal_events.c.version.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar()


def history(connection: Connection, appeal_id: int) -> Sequence[RowMapping]:
    """Return version, kind, at, actor and details of all that happened, in its order."""
    statement = (
        sa.select(appeal_events)
        .where(appeal_events.c.appeal_id == appeal_id)
        .order_by(appeal_events.c.version)
    )
    return connection.execute(statement).mappings().all()


def worked_on(connection: Connection, appeal_id: int, person_id: int) -> bool:
    """Tell whether this person has done something with an appeal, or it was assigned to them."""
    return any(
        person_id in {event["actor"], event["details"].get("assignee")}
        for event in history(connection, appeal_id)
    )


def followers(connection: Connection, appeal_id: int) -> Sequence[int]:
    """Return who has joined an appeal, by id."""
    statement = (
        sa.select(appeal_followers.c.person_id)
        .where(appeal_followers.c.appeal_id == appeal_id)
        .order_by(appeal_followers.c.person_id)
    )
    return connection.execute(statement).scalars().all()


def assignee_after(actor: int | None) -> sa.ColumnElement[int | None]:
    """Return who works on an appeal after a change by this actor, None being the clock.

    As before; but an appeal that was only lent to somebody else, who did nothing, is nobody's.
    """
    table = appeals.c
    lent: sa.ColumnElement[bool] = table.leased_until.is_not(None)
    if actor is not None:
        lent &= table.assignee != actor
    return sa.case((lent, sa.null()), else_=table.assignee)
