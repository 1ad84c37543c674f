"""Planned mailings begin at their time; whom each is for is settled then."""

from datetime import datetime

from sqlalchemy import Connection

from storage import delivery as rows
from storage.delivery import MailingStatus


def any_to_begin(connection: Connection, now: datetime) -> bool:
    """Tell whether the time of a planned mailing has come (a query)."""
    return bool(rows.planned_by(connection, now))


def begin_planned(connection: Connection, now: datetime) -> int:
    """Start the mailings whose time has come, each for who has joined by now; return how many.

    At night they wait as others do.

    Key: mailing, by its status planned.
    """
    begun = 0
    for row in rows.planned_by(connection, now):
        values = {"status": MailingStatus.RUNNING.value, "started_at": now}
        expected = {"status": MailingStatus.PLANNED.value, "version": row["version"]}
        begun += rows.change_mailing(connection, row["id"], values, **expected)
    return begun
