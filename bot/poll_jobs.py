"""What the clock does for polls: participation, closing, results."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.scheduler import Job
from bot.worker import worker
from services.clock import Clock
from services.polls.closing import Closing, Count
from services.polls.keys import PollKeys
from services.polls.participation import update_participation
from services.polls.publishing import Charts
from services.polls.tally import Tally, tally
from storage.database import Database


def poll_jobs(db: Database, clock: Clock, keys: PollKeys, charts: Charts) -> list[Job]:
    """Return the jobs of polls; one process runs them."""
    closing = Closing(db, keys, counting_in_a_worker, charts)

    async def count_answers() -> None:
        await update_participation(db, clock.now())

    async def close_polls() -> None:
        await closing.close_due(clock.now())

    return [Job("count answers to polls", count_answers), Job("close polls", close_polls)]


@asynccontextmanager
async def counting_in_a_worker() -> AsyncIterator[Count]:
    """Give a process that opens and counts ballots; keys and answers die with it."""
    async with worker() as run:

        async def count(secret_key: bytes, sealed: Sequence[bytes], options: int) -> Tally:
            return await run(tally, secret_key, sealed, options)

        yield count
