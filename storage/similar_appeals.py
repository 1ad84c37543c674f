"""Appeals that may be similar to a new one."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

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
    wanted = {
        "of_topic": topic,
        "of_region": region,
        "of_district": district,
        "of_statuses": statuses,
        "of_moment": since,
        "of_person": exclude_person,
    }
    if district is None:
        del wanted["of_district"]
    statement = _open_at_place(anywhere=district is None)
    return connection.execute(statement, wanted).mappings().all()


# Made once: building a statement costs more than running it.
@cache
def _open_at_place(*, anywhere: bool) -> sa.Select[Any]:
    table = appeals.c
    named = table.district == sa.bindparam("of_district")
    place = sa.select(table.id).where(
        table.topic == sa.bindparam("of_topic"),
        table.region == sa.bindparam("of_region"),
        table.district.is_(None) if anywhere else named,
    )
    newest = place.order_by(table.id.desc()).limit(_LOOKED_AT).subquery()
    return (
        sa.select(
            appeals.c.id,
            appeals.c.number,
            appeals.c.registered_at,
            appeals.c.joins,
            appeals.c.text,
        )
        .join(newest, newest.c.id == appeals.c.id)
        .where(
            appeals.c.status.in_(sa.bindparam("of_statuses", expanding=True)),
            appeals.c.confidential.is_(False),
            appeals.c.registered_at >= sa.bindparam("of_moment"),
            sa.or_(
                appeals.c.person_id.is_(None), appeals.c.person_id != sa.bindparam("of_person")
            ),
        )
        .order_by(appeals.c.id.desc())
        .limit(NEWEST)
    )
