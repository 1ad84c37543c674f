"""Closing a poll: count, publish, destroy.

Each step ends in one transaction or is harmless when repeated, so that a closing interrupted at
any instant goes on where it stopped and ends with the same results:

    open ──freeze──▶ closing ──count, write results, delete ballots──▶ counted
         ──destroy the key, empty the database's log──▶ closed
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import Connection

from services.delivery.mailing_control import call_off
from services.people.model import Role
from services.people.staff import require
from services.polls.ballot import voter_tag
from services.polls.invitations import mailing_key
from services.polls.keys import LockedKey, MissingKey, PollKey, PollKeys
from services.polls.model import Poll, PollStatus, Question
from services.polls.opening import AwaitsPassphrases, Openings
from services.polls.publishing import Charts, Pictures, publish, result_of
from services.polls.reading import find_poll, find_result
from services.polls.results import Result
from services.polls.tally import Tally
from services.refusal import N_, Refusal
from storage import polls as rows
from storage.database import Database

log = structlog.get_logger(__name__)

# Ballots opened at a time, about 0.3 s of a worker's time; people asked about at a time.
_PAGE = 5000

# Opens and counts a page of ballots: `tally`, somewhere.
Count = Callable[[bytes, Sequence[bytes], Sequence[Question]], Awaitable[Tally]]
# A place where pages of one poll are counted: a process that ends with the block.
Counting = Callable[[], AbstractAsyncContextManager[Count]]


def unfinished(connection: Connection, now: datetime) -> list[tuple[int, str]]:
    """Return (poll, draft) of what is due or was interrupted."""
    return [(row["id"], row["draft_id"]) for row in rows.unfinished_polls(connection, now)]


def freeze(connection: Connection, poll_id: int, now: datetime) -> None:
    """Take no more answers, where the announced time has come. Key: poll, by its status open."""
    row = rows.find_poll(connection, poll_id)
    if row is not None and row["closes_at"] <= now:
        _freeze(connection, poll_id, row["closes_at"], now)


def close_early(connection: Connection, poll_id: int, by: int, now: datetime) -> None:
    """Take no more answers from now on; the result will say so. Raises Refusal.

    The natural key is the poll: once it is frozen, nothing moves the moment.

    Key: poll, by its status open.
    """
    require(connection, by, Role.OPERATOR, Role.ADMINISTRATOR)
    if rows.find_poll(connection, poll_id) is None:
        raise Refusal(N_("There is no such poll."))
    freeze(connection, poll_id, now)
    _freeze(connection, poll_id, now, now)


def finish(connection: Connection, poll_id: int, now: datetime) -> None:
    """Call the poll closed; nothing that could tell how anybody answered is left.

    Key: poll, by its status counted.
    """
    rows.change_status(connection, poll_id, PollStatus.COUNTED, PollStatus.CLOSED, closed_at=now)


def respondents_after(
    connection: Connection, poll_id: int, tag_key: bytes, tags: frozenset[bytes], last: int
) -> tuple[list[int], int | None]:
    """Return who of the next people answered, and whom to go on after; None at the end."""
    page = rows.people_after(connection, last, _PAGE)
    found = [person for person in page if voter_tag(tag_key, poll_id, person) in tags]
    return found, page[-1] if page else None


@dataclass(frozen=True, slots=True)
class Closing:
    """Closes polls one after the other; one process at a time runs it."""

    db: Database
    keys: PollKeys
    counting: Counting
    charts: Charts
    openings: Openings = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "openings", Openings(self.db, self.keys))

    async def close_due(self, now: datetime) -> None:
        """Close every poll whose time has come, and finish what was interrupted."""
        for poll_id, draft_id in await self.db.read(unfinished, now):
            try:
                await self._close(poll_id, draft_id, now)
            except AwaitsPassphrases:
                log.info("A poll waits for its two passphrases", poll=poll_id)
            except MissingKey as error:
                log.error("A poll cannot be counted", poll=poll_id, why=str(error))  # noqa: TRY400
            except Exception:  # one poll harms no other; the next tick tries again
                log.exception("A poll could not be closed", poll=poll_id)

    async def _close(self, poll_id: int, draft_id: str, now: datetime) -> None:
        await self.db.write(freeze, poll_id, now)
        await self._count(poll_id, now)
        if await self.db.read(find_result, poll_id) is None:
            raise LookupError(f"poll {poll_id} has no result, its key is still needed")
        await asyncio.to_thread(self.keys.destroy, draft_id)
        if not await self.db.scrub():
            log.info("The database's log is in use; the poll closes later", poll=poll_id)
            return
        await self.db.write(finish, poll_id, now)
        log.info("A poll is closed", poll=poll_id)

    async def _count(self, poll_id: int, now: datetime) -> None:
        found = await self.db.read(find_poll, poll_id)
        if found is None or found.status is not PollStatus.CLOSING:
            return
        key = await asyncio.to_thread(self.keys.find, found.draft_id, found.public_key)
        if isinstance(key, LockedKey):
            key = await self.openings.open(found, key, now)
        counted, tags = await self._open(found.poll, key)
        if counted.spoiled:
            log.warning("Unreadable ballots", poll=poll_id, number=counted.spoiled)
        respondents = await self._respondents(found.poll, key, tags)
        result = result_of(found, counted)
        pictures = await self._draw(result)
        await self.db.write(publish, found, result, pictures, respondents, now)

    async def _draw(self, result: Result) -> Pictures:
        try:
            return await self.charts.draw(result)
        except Exception:  # the numbers need no picture; it is drawn where somebody asks for it
            log.exception("A chart could not be drawn", poll=result.poll.id)
            return {}

    async def _open(self, poll: Poll, key: PollKey) -> tuple[Tally, frozenset[bytes]]:
        total = Tally((0,) * len(poll.options))
        tags: set[bytes] = set()
        last = b""
        async with self.counting() as count:
            while page := await self.db.read(rows.ballots_after, poll.id, last, _PAGE):
                last = page[-1][0]
                tags.update(tag for tag, _ in page)
                sealed = [box for _, box in page]
                total += await count(key.secret_key, sealed, poll.questions)
        return total, frozenset(tags)

    async def _respondents(self, poll: Poll, key: PollKey, tags: frozenset[bytes]) -> list[int]:
        found: list[int] = []
        last: int | None = 0 if tags else None
        while last is not None:
            page, last = await self.db.read(respondents_after, poll.id, key.tag_key, tags, last)
            found += page
        return found


def _freeze(connection: Connection, poll_id: int, moment: datetime, now: datetime) -> None:
    frozen = rows.change_status(
        connection, poll_id, PollStatus.OPEN, PollStatus.CLOSING, frozen_at=moment
    )
    if frozen:
        # Whoever has not got the question by now could only find it closed.
        call_off(connection, mailing_key(poll_id), now)
