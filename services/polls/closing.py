"""Closing a poll: count, publish, destroy.

Each step ends in one transaction or is harmless when repeated, so that a closing interrupted at
any instant goes on where it stopped and ends with the same results:

    open ──freeze──▶ closing ──count, write results, delete ballots──▶ counted
         ──destroy the key, empty the database's log──▶ closed
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import Connection

from services.audit.recording import record
from services.delivery.target import Target
from services.delivery.territory import require_poll
from services.people.deeds import Deed
from services.people.rights import authorise
from services.polls.emptying import Counting, count_ballots, respondents
from services.polls.invitations import stop_inviting
from services.polls.keys import LockedKey, MissingKey, PollKeys
from services.polls.model import PollKind, PollStatus
from services.polls.named import NamedPoll, open_named
from services.polls.opening import AwaitsPassphrases, Openings
from services.polls.political import waits_for_voting
from services.polls.publishing import Charts, publish
from services.polls.reading import find_poll, find_result
from services.polls.results import Result
from services.polls.telling import Pictures
from services.refusal import N_, Refusal
from storage import polls as rows
from storage.database import Database

log = structlog.get_logger(__name__)

# Lets go of what conversations still hold of a poll.
Forget = Callable[[int], Awaitable[None]]


async def nothing_to_forget(_poll_id: int) -> None:
    """Do nothing: there are no conversations here."""


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
    reached = authorise(connection, by, Deed.CLOSE_POLL)
    row = rows.find_poll(connection, poll_id)
    if row is None:
        raise Refusal(N_("There is no such poll."))
    require_poll(reached, Target.of_json(row["target"]))
    freeze(connection, poll_id, now)
    _freeze(connection, poll_id, now, now)
    if row["status"] == PollStatus.OPEN.value:
        what, case = Deed.CLOSE_POLL, f"poll:{poll_id}"
        record(connection, who=by, what=what, on=case, now=now, key="")


def finish(connection: Connection, poll_id: int, now: datetime) -> None:
    """Call the poll closed; nothing that could tell how anybody answered is left.

    Key: poll, by its status counted.
    """
    rows.change_status(connection, poll_id, PollStatus.COUNTED, PollStatus.CLOSED, closed_at=now)


@dataclass(frozen=True, slots=True)
class Closing:
    """Closes polls one after the other; one process at a time runs it."""

    db: Database
    keys: PollKeys
    counting: Counting
    charts: Charts
    forget: Forget = nothing_to_forget
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
        if await self.db.read(waits_for_voting, poll_id, now) is not None:
            return
        await self._count(poll_id, now)
        if await self.db.read(find_result, poll_id) is None:
            raise LookupError(f"poll {poll_id} has no result, its key is still needed")
        await self.forget(poll_id)
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
        told = await respondents(self.db, found.poll, key)
        counted = await count_ballots(self.db, self.counting, found, key)
        if counted.spoiled:
            log.warning("Unreadable ballots", poll=poll_id, number=counted.spoiled)
        pictures = await self._draw(counted.result)
        named = None
        if found.poll.passport.kind is PollKind.NAMED:
            named = await open_named(self.db, NamedPoll(found), key, told)
        await self.db.write(publish, found, counted, pictures, told, now, named)

    async def _draw(self, result: Result) -> Pictures:
        try:
            return await self.charts.draw(result)
        except Exception:  # the numbers need no picture; it is drawn where somebody asks for it
            log.exception("A chart could not be drawn", poll=result.poll.id)
            return {}


def _freeze(connection: Connection, poll_id: int, moment: datetime, now: datetime) -> None:
    frozen = rows.change_status(
        connection, poll_id, PollStatus.OPEN, PollStatus.CLOSING, frozen_at=moment
    )
    if frozen:
        # Whoever has not got the question by now could only find it closed.
        stop_inviting(connection, poll_id, now)
