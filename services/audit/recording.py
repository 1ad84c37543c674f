"""Writing down who did what: in the transaction of the deed itself."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.audit.acts import Act
from services.people.deeds import Deed
from storage import audit as rows

# Readings of one case by one person within so long are one reading.
READING = timedelta(minutes=10)


def record(
    connection: Connection,
    *,
    who: int | None,
    what: Deed | Act,
    on: str,
    now: datetime,
    key: str,
    **details: int | str | bool | None,
) -> None:
    """Write down a deed; `on` names the case, such as "appeal:17", `key` tells repetitions apart.

    who is NULL for the clock and the command line. Details are codes and numbers only: no words
    of anybody, no name, no phone.

    Key: (what, on, who, key), such as the version that a change left, or a message's id.
    """
    whole = f"{what.value}|{on}|{who}|{key}"
    if len(whole) > rows.LONGEST_KEY:
        whole = hashlib.sha256(whole.encode()).hexdigest()
    row = {"at": now, "who": who, "what": what.value, "on": on, "details": details, "key": whole}
    rows.add(connection, row)


def record_reading(
    connection: Connection, *, who: int, what: Deed, on: str, now: datetime
) -> None:
    """Write down that somebody was shown personal data; again after ten minutes.

    A use case that shows personal data calls this itself and so has to run as a command
    (`db.write`): it cannot show anything without its being written down.

    Key: (what, on, who, ten minutes).
    """
    slot = int(now.timestamp() // READING.total_seconds())
    record(connection, who=who, what=what, on=on, now=now, key=f"read:{slot}")
