"""Days that are worked, or not worked, against the general calendar."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.organisation import calendar_overrides

_table = calendar_overrides.c
# Made once: building a statement costs more than running it.
_BETWEEN = sa.select(_table.day, _table.working).where(
    _table.day.between(sa.bindparam("of_first"), sa.bindparam("of_last"))
)


def overrides(connection: Connection, first: date, last: date) -> Sequence[RowMapping]:
    """Return day and working of the overrides from the first day to the last."""
    days = {"of_first": first, "of_last": last}
    return connection.execute(_BETWEEN, days).mappings().all()
