"""Emptying the ballot box of a frozen poll: page by page, over several processes.

No process ever holds all ballots: pages become counts where they are opened, and counts are added.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

from services.polls.ballot import voter_tag
from services.polls.cells import ages_of
from services.polls.counting import Counted, count
from services.polls.keys import PollKey
from services.polls.model import Launched, Poll
from services.polls.tally import Reading, Tally, tally
from services.polls.weights import official
from storage import polls as rows
from storage.database import Database

P = ParamSpec("P")
T = TypeVar("T")

# Ballots opened at a time, about 0.3 s of a worker's time; people asked about at a time.
_PAGE = 5000
# Pages under way at the same time: two are counted while one is read.
_LANES = 3


class Run(Protocol):
    """Runs functions somewhere: in worker processes."""

    async def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a module-level function returns for arguments that can be pickled."""


# A place where pages of one poll are counted: processes that end with the block.
Counting = Callable[[], AbstractAsyncContextManager[Run]]


@asynccontextmanager
async def counting_here() -> AsyncIterator[Run]:
    """Count in this process: where there are a hundred ballots."""

    async def run(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    yield run


async def count_ballots(
    db: Database, counting: Counting, found: Launched, key: PollKey
) -> Counted:
    """Open and count every ballot of a frozen poll, away from this process."""
    poll = found.poll
    margins = await db.read(official)
    invited = await db.read(rows.invited, poll.id)
    reading = Reading(poll.questions, poll.launched_at, ages_of(margins.margins))
    total = Tally.empty(len(poll.questions))
    pages = _Pages(db, poll.id)

    async with counting() as run:

        async def lane() -> None:
            while sealed := await pages.following():
                total.add(await run(tally, key.secret_key, sealed, reading))

        async with asyncio.TaskGroup() as lanes:
            for _ in range(_LANES):
                lanes.create_task(lane())
        return await run(count, found, invited, total, margins)


async def respondents(db: Database, poll: Poll, key: PollKey) -> list[int]:
    """Return who has a ballot in a poll, as only its key can tell."""
    found: list[int] = []
    last: int | None = 0
    while last is not None:
        page, last = await db.read(respondents_after, poll.id, key.tag_key, last)
        found += page
    return found


def respondents_after(
    connection: Connection, poll_id: int, tag_key: bytes, last: int
) -> tuple[list[int], int | None]:
    """Return who of the next people answered, and whom to go on after; None at the end."""
    page = rows.people_after(connection, last, _PAGE)
    tags = {voter_tag(tag_key, poll_id, person): person for person in page}
    kept = rows.tags_kept(connection, poll_id, list(tags))
    return sorted(tags[tag] for tag in kept), page[-1] if page else None


class _Pages:
    """The sealed ballots of a poll by pages, in the order of their tags."""

    def __init__(self, db: Database, poll_id: int) -> None:
        self._db = db
        self._poll_id = poll_id
        self._last = b""
        self._one_at_a_time = asyncio.Lock()

    async def following(self) -> list[bytes]:
        """Return the next page, nothing at the end."""
        async with self._one_at_a_time:
            page = await self._db.read(rows.ballots_after, self._poll_id, self._last, _PAGE)
            if page:
                self._last = page[-1][0]
            return [sealed for _, sealed in page]
