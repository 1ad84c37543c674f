"""How many have answered an open poll, in whole tens.

Counted over the ballots by a job rather than with each of them: an answer then touches no
counter that others wait for, and no change of a number stands beside one person's tap.
"""

from datetime import datetime

from sqlalchemy import Connection

from services.polls.reading import running_polls
from storage import polls as rows
from storage.database import Database

BATCH = 10
# More polls than anybody has open at once.
MOST = 1000


def count_participation(connection: Connection, poll_id: int) -> int:
    """Return the participation in whole tens (a query)."""
    return rows.count_ballots(connection, poll_id) // BATCH * BATCH


async def update_participation(db: Database, now: datetime) -> None:
    """Write the participation of every open poll where it has grown."""
    for running in await db.read(running_polls, now, MOST):
        number = await db.read(count_participation, running.poll.id)
        if number != running.participation:
            await db.write(rows.put_participation, running.poll.id, number)
