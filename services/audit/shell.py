"""What is done at the command line, where whoever may start the bot may do everything."""

from datetime import datetime

from sqlalchemy import Connection

from services.audit.acts import Act
from services.audit.recording import record


def record_shell(
    connection: Connection, what: Act, on: str, now: datetime, rows: int | None = None
) -> None:
    """Write down that a command was run, by nobody who is named.

    Key: (what, on, the moment).
    """
    record(connection, who=None, what=what, on=on, now=now, key=now.isoformat(), rows=rows)
