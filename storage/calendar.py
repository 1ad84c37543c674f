"""Days that are worked, or not worked, against the general calendar."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.organisation import calendar_overrides


def overrides(connection: Connection, first: date, last: date) -> Sequence[RowMapping]:
    """Return day and working of the overrides from the first day to the last."""
    table = calendar_overrides
    statement = sa.select(table.c.day, table.c.working).where(table.c.day.between(first, last))
    return connection.execute(statement).mappings().all()
