"""Who works here besides the desk: a second administrator, an auditor."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.audit import audit
from storage.schema.delivery import outbox
from storage.schema.people import people, roles

SECOND, AUDITOR, ELSEWHERE = 302, 303, 304


def hire(connection: Connection, since: datetime) -> None:
    """Write a second administrator, an auditor, and an administrator of one region."""
    held = ((SECOND, "administrator", ""), (AUDITOR, "auditor", ""))
    for person, role, area in (*held, (ELSEWHERE, "administrator", "63")):
        name = f"P{person}"
        connection.execute(sa.insert(people).values(id=person, name=name, joined_at=since))
        values = {"person_id": person, "role": role, "area": area, "since": since}
        connection.execute(sa.insert(roles).values(values))


def told(connection: Connection, kind: str) -> list[tuple[int, dict[str, object]]]:
    """Return who was told something of this kind, and what, in order."""
    found = sa.select(outbox.c.person_id, outbox.c.payload).where(outbox.c.kind == kind)
    return [
        (row.person_id, row.payload) for row in connection.execute(found.order_by(outbox.c.id))
    ]


def written_down(connection: Connection) -> list[tuple[int | None, str, str]]:
    """Return who did what on which case, as the audit has it."""
    found = sa.select(audit.c.who, audit.c.what, audit.c.on).order_by(audit.c.number)
    return [(row.who, row.what, row.on) for row in connection.execute(found)]
