"""Appeals that may be similar to a new one."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeals

NEWEST = 200
# Of one topic and place; where even these are all closed or old, nothing is looked for further.
_LOOKED_AT = 2_000


def open_at_place(
    connection: Connection,
    *,
    topic: str,
    region: str,
    district: str | None,
    statuses: Sequence[str],
    since: datetime,
    exclude_person: int,
) -> Sequence[RowMapping]:
    """Return the newest appeals of a topic and place in one of these states, at most 200.

    Registered at or after `since`, not confidential, not of the person to exclude.
    """
    place = sa.select(appeals.c.id).where(
        appeals.c.topic == topic,
        appeals.c.region == region,
        appeals.c.district == district,
    )
    newest = place.order_by(appeals.c.id.desc()).limit(_LOOKED_AT).subquery()
    statement = (
        sa.select(
            appeals.c.id,
            appeals.c.number,
            appeals.c.registered_at,
            appeals.c.joins,
            appeals.c.text,
        )
        .join(newest, newest.c.id == appeals.c.id)
        .where(
            appeals.c.status.in_(statuses),
            appeals.c.confidential.is_(False),
            appeals.c.registered_at >= since,
            sa.or_(appeals.c.person_id.is_(None), appeals.c.person_id != exclude_person),
        )
        .order_by(appeals.c.id.desc())
        .limit(NEWEST)
    )
    return connection.execute(statement).mappings().all()
