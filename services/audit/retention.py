"""Taking out rows of the audit whose time is over; the chain then begins behind them."""

from datetime import datetime

from sqlalchemy import Connection

from storage import audit_reading as reading
from storage import audit_retention as rows


def forget_old(connection: Connection, before: datetime, limit: int) -> int:
    """Take out rows that were written before this moment, the oldest first; return how many.

    At most `limit` at once: repeat it until it returns 0. A newer row stops it, nothing is taken
    out of the middle.

    Key: the row.
    """
    ends = reading.ends(connection)
    if ends is None:
        return 0
    found = reading.oldest(connection, limit)
    young = next((place for place, row in enumerate(found) if row["at"] >= before), len(found))
    if not young:
        return 0
    newest = found[young - 1]
    rows.begin_behind(connection, newest["number"], newest["link"])
    return rows.take_out(connection, newest["number"])


def count_old(connection: Connection, before: datetime) -> int:
    """Return how many rows were written before this moment (a query)."""
    return reading.count_before(connection, before)
