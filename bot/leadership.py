"""What one process of several does: it ticks and sends, for as long as it holds the lead."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection

from bot.runner.patience import sleep_unless
from services.delivery.claiming import claim, claim_again, claim_late
from services.delivery.letters import claim_letters, recover_letters
from services.delivery.mailing_run import recover
from services.news.channel import recover_copies, take_turn
from storage.database import Database
from storage.leader import Leader

log = structlog.get_logger(__name__)

LOOK = 2.0  # seconds between attempts to lead, and between looks whether the lead is still held

P = ParamSpec("P")
T = TypeVar("T")

# What takes messages in hand, and what it answers once the lead is lost: there is nothing.
_NOTHING_TO_SEND: dict[Callable[..., Any], Any] = {
    claim_letters: [],
    recover_letters: 0,
    claim: None,
    claim_again: None,
    claim_late: None,
    recover: 0,
    take_turn: None,
    recover_copies: 0,
}


class Term:
    """One stretch of leading. `over` is set when the lead is lost or given up."""

    def __init__(self, leader: Leader) -> None:
        self._leader = leader
        self.over = asyncio.Event()

    async def holds(self) -> bool:
        """Ask whether this process still leads; the first "no" ends the term for good."""
        if not self.over.is_set() and not await self._leader.held():
            log.warning("the lead is lost")
            self.over.set()
        return not self.over.is_set()


Duties = Callable[[Term], Awaitable[None]]


class Leadership:
    """Stands for leader until told to resign, and does the leader's duties while it is one."""

    def __init__(self, leader: Leader, duties: Duties) -> None:
        self._leader = leader
        self._duties = duties
        self._term: Term | None = None
        self._changed = asyncio.Condition()

    async def run(self, resign: asyncio.Event) -> None:
        """Lead whenever nobody else does; on resigning let another process lead at once.

        Raises what the duties raise.
        """
        standing_by = False
        try:
            while not resign.is_set():
                if await self._leader.acquire():
                    standing_by = False
                    if not resign.is_set():
                        await self._serve(Term(self._leader), resign)
                    continue
                if not standing_by:
                    log.info("another process leads; this one stands by")
                    standing_by = True
                await sleep_unless(resign, LOOK)
        finally:
            await self._leader.release()

    async def term(self) -> Term:
        """Return the present term; wait for one where this process does not lead."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._term and not self._term.over.is_set())
        if self._term is None:
            raise RuntimeError("a term has begun")
        return self._term

    async def _serve(self, term: Term, resign: asyncio.Event) -> None:
        log.info("this process leads")
        async with asyncio.TaskGroup() as group:
            watch = group.create_task(self._watch(term, resign))
            async with self._changed:
                self._term = term
                self._changed.notify_all()
            try:
                await self._duties(term)
            finally:
                watch.cancel()

    @staticmethod
    async def _watch(term: Term, resign: asyncio.Event) -> None:
        while await term.holds():
            if await sleep_unless(resign, LOOK):
                term.over.set()


class LeadersDatabase:
    """The database as the sender of one term knows it: after the term nothing is to be sent.

    Each batch is taken in hand only after the lead was seen to be held.
    """

    def __init__(self, db: Database, term: Term) -> None:
        self._db = db
        self._term = term
        self.looks = 0  # grows as long as the sender lives

    @property
    def url(self) -> str:
        """The address it was opened with."""
        return self._db.url

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Which of the two it is."""
        return self._db.dialect

    async def write(
        self, command: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a command; one that takes messages in hand only while this process leads."""
        if command in _NOTHING_TO_SEND and not await self._term.holds():
            nothing: T = _NOTHING_TO_SEND[command]
            return nothing
        return await self._db.write(command, *args, **kwargs)

    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query."""
        self.looks += 1
        return await self._db.read(query, *args, **kwargs)

    async def scrub(self, *, anew: bool = True) -> bool:
        """As the database does."""
        return await self._db.scrub(anew=anew)

    async def close(self) -> None:
        """Do nothing: the database is open for longer than a term."""
