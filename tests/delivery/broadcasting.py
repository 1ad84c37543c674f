"""One mailing to many, Telegram's limits on, and the count of what became of it.

Telegram is in this process; the sender is in another, which can be killed.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sandbox.server import Fault, FaultKind, Limits, Sandbox
from sandbox.server.people import Crowd
from services.delivery.cost import MESSAGES_PER_STAR
from services.delivery.mailing import launch
from storage.database import open_database
from storage.schema.delivery import deliveries, mailings
from tests.delivery.stage import FIRST, MORNING, add_people

NEWS = {
    "post": 1,
    "topic": "roads",
    "text_kk": "Жол жөнделді",
    "text_ru": "Дорога готова",
    "media": [],
    "links": [],
}
FREE = 30  # messages a second; a faster mailing is paid for
BLOCKED = 33  # every so manieth has blocked the bot: 3 %
DROPPED = 0.005  # of the calls are lost on the way there, and as many on the way back: 1 %
STORM = 5  # calls in a row that a storm answers with 429
_AT_ONCE = 10_000


# Runs `python -m tests.delivery.child` with these arguments until its context ends; gives what
# kills it with SIGKILL.
StartSender = Callable[..., AbstractAsyncContextManager[Callable[[], Awaitable[None]]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """So many people at so many messages a second, `speed` times faster than the wall's clock.

    With `trouble`: blocked people, network faults and storms of 429, and so many kills.
    """

    people: int
    rate: int
    speed: float = 1.0
    kills: int = 0
    trouble: bool = False

    @property
    def stars(self) -> int | None:
        """What a mailing faster than Telegram's free limit may cost; one message too many."""
        return self.people * 2 // MESSAGES_PER_STAR + 1 if self.rate > FREE else None


@dataclass(frozen=True, slots=True)
class Killed:
    """What was under way at a kill, by the bot's books, and how much of that had arrived."""

    in_flight: int
    arrived: int


@dataclass(slots=True)
class Verdict:
    """How it went; share is of the messages that the allowance would have let through."""

    lost: int
    repeated: int
    refused: int
    early: int
    seconds: float
    share: float
    dropped_after: int
    storms: int
    kills: list[Killed] = field(default_factory=list)

    def words(self, plan: Plan) -> str:
        """Return the verdict as one line."""
        kills = ""
        if self.kills:
            arrived = ", ".join(str(one.arrived) for one in self.kills)
            kills = (
                f"; {len(self.kills)} kills with {max(one.in_flight for one in self.kills)} at "
                f"most in flight, of which had arrived: {arrived}"
            )
        trouble = (
            f"; answers lost by the network {self.dropped_after}, 429 on order {self.storms}"
            if plan.trouble
            else ""
        )
        pace = "" if self.kills else f"{self.seconds:.1f} s, {self.share:.2%} of the allowance, "
        return (
            f"{plan.people} people at {plan.rate}/s, {plan.speed:g} times faster: "
            f"{pace}{self.lost} lost, "
            f"{self.repeated} repeated, {self.refused} refused as too fast, "
            f"{self.early} calls while the gate was closed{trouble}{kills}"
        )


def fill(connection: sa.Connection, first: int, last: int) -> None:
    """Let people with these numbers join."""
    add_people(connection, range(FIRST + first, FIRST + last))


def begin(connection: sa.Connection, stars: int | None) -> int:
    """Launch the mailing to everybody."""
    return launch(
        connection,
        key="news:1",
        kind="news",
        payload=NEWS,
        created_by=None,
        now=MORNING,
        at_night=True,
        stars=stars,
    )


async def prepare(url: str, plan: Plan) -> None:
    """Write the people and the mailing."""
    db = await open_database(url)
    for first in range(0, plan.people, _AT_ONCE):
        await db.write(fill, first, min(first + _AT_ONCE, plan.people))
    await db.write(begin, plan.stars)
    await db.close()


async def broadcast(url: str, plan: Plan, start: StartSender, notes: Path) -> Verdict:
    """Send the prepared mailing to the end and count."""
    usual = Limits()
    limits = Limits(
        # How late the machine is does not go faster: bursts stay as long on the wall's clock.
        overall_burst=round(usual.overall_burst * plan.speed),
        paid_burst=round(usual.paid_burst * plan.speed),
        speed=plan.speed,
    )
    async with Sandbox(bot_api_port=0, page_port=0, limits=limits) as sandbox:
        return await _Broadcast(url, plan, start, notes, sandbox).run()


class _Broadcast:
    def __init__(
        self, url: str, plan: Plan, start: StartSender, notes: Path, sandbox: Sandbox
    ) -> None:
        self._url = url
        self._plan = plan
        self._notes = notes
        self._sandbox = sandbox
        self._crowd: Crowd = sandbox.telegram.add_crowd(plan.people, FIRST)
        self._began: float | None = None
        self._ended = 0.0
        self._before = 0
        self._faults: list[Fault] = []
        self._start = start

    async def run(self) -> Verdict:
        if self._plan.trouble:
            self._order()
        kills = [await self._until_killed(number) for number in range(self._plan.kills)]
        async with self._sender():
            await self._until(self._everybody)
            await self._until(self._finished)
        got = self._crowd.received
        lost = sum(not count for count in got) - len(self._crowd.blocked)
        seconds = self._ended - (self._began or 0.0)
        return Verdict(
            lost=lost,
            repeated=sum(count - 1 for count in got if count),
            refused=self._sandbox.telegram.pace.refused,
            early=len(self._notes.read_text().splitlines()) if self._notes.exists() else 0,
            seconds=seconds,
            share=(sum(got) - self._before) / (self._plan.rate * self._plan.speed * seconds),
            dropped_after=sum(
                one.struck for one in self._faults if one.kind is FaultKind.DROP_AFTER
            ),
            storms=sum(one.struck for one in self._faults if one.kind is FaultKind.FLOOD),
            kills=kills,
        )

    def _sender(self) -> AbstractAsyncContextManager[Callable[[], Awaitable[None]]]:
        plan = self._plan
        rate = f"{plan.rate * plan.speed:g}"
        return self._start(
            self._url, self._sandbox.bot_api, rate, str(plan.stars or 0), str(self._notes)
        )

    def _order(self) -> None:
        self._crowd.blocked.update(range(FIRST, FIRST + self._plan.people, BLOCKED))
        faults = [
            Fault(FaultKind.DROP_BEFORE, -1, "sendMessage", chance=DROPPED),
            Fault(FaultKind.DROP_AFTER, -1, "sendMessage", chance=DROPPED),
        ]
        for fault in faults:
            self._strike(fault)

    def _strike(self, fault: Fault) -> None:
        self._faults.append(fault)
        self._sandbox.telegram.faults.order(fault)

    def _struck(self, kind: FaultKind) -> int:
        return sum(fault.struck for fault in self._faults if fault.kind is kind)

    async def _until_killed(self, number: int) -> Killed:
        stretch = self._plan.people / (self._plan.kills + 1)
        async with self._sender() as kill:
            await self._until(self._reached((number + 0.5) * stretch))
            if self._plan.trouble:
                self._strike(Fault(FaultKind.FLOOD, STORM, "sendMessage"))
            await self._until(self._reached((number + 1) * stretch))
            await kill()
        under_way = await look(self._url, sending)
        arrived = sum(self._crowd.received[person - FIRST] > 0 for person in under_way)
        return Killed(len(under_way), arrived)

    def _reached(self, messages: float) -> Callable[[], Awaitable[bool]]:
        async def holds() -> bool:
            return sum(self._crowd.received) >= messages

        return holds

    async def _everybody(self) -> bool:
        """Tell whether everybody got it, and note when the first and the last did."""
        got = self._crowd.received
        now, so_far = time.monotonic(), sum(got)
        if self._began is None and so_far:
            self._began, self._before = now, so_far
        self._ended = now
        if so_far < self._plan.people - len(self._crowd.blocked):
            return False
        return sum(not count for count in got) <= len(self._crowd.blocked)

    async def _finished(self) -> bool:
        await asyncio.sleep(0.2)
        return "finished" == await look(self._url, status)

    async def _until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        patience = 120 + 3 * self._plan.people / (self._plan.rate * self._plan.speed)
        async with asyncio.timeout(patience):
            while not await holds():  # noqa: ASYNC110  # what changes is another process
                await asyncio.sleep(0.02)


def sending(connection: sa.Connection) -> list[int]:
    """Return whose message is being sent, by the books."""
    statement = sa.select(deliveries.c.person_id).where(deliveries.c.status == "sending")
    return list(connection.scalars(statement))


def status(connection: sa.Connection) -> str:
    """Return how far the mailing is."""
    found: str = connection.scalars(sa.select(mailings.c.status)).one()
    return found


async def look(url: str, query: Callable[[sa.Connection], Any]) -> Any:
    """Ask the database beside whoever works with it."""
    db = await open_database(url, lock=False)
    try:
        return await db.read(query)
    finally:
        await db.close()
