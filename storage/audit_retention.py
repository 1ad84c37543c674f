"""Statements that take old rows out of the audit; the database lets no others go."""

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.audit import audit, audit_ends


def begin_behind(connection: Connection, number: int, link: str) -> None:
    """Note that the audit begins behind this row, which is still there."""
    connection.execute(
        sa.update(audit_ends)
        .where(audit_ends.c.id == 1, audit_ends.c.before < number)
        .values(before=number, before_link=link)
    )


def take_out(connection: Connection, number: int) -> int:
    """Delete the rows up to this one and return how many there were."""
    return connection.execute(sa.delete(audit).where(audit.c.number <= number)).rowcount
