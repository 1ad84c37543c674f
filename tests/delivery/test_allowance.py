"""The bot never talks faster than Telegram lets it, and stands still when told to."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot

from bot.allowance import Allowance, Priority, priority
from bot.bucket import Bucket, ChatBuckets
from bot.middlewares.allowance import AllowanceMiddleware
from sandbox.server import Fault, FaultKind, Limits
from services.refusal import Refusal
from tests.delivery.stage import FIRST, make_bot


class Hands:
    """A clock that moves only when it is moved: a slow machine makes no difference."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the moment in seconds."""
        return self.now


class Queue:
    """Calls that wait for an allowance, in the order in which they were let go."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.let_go: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._moved = asyncio.Event()

    async def join(
        self, name: str, urgency: Priority = Priority.SCREEN, *, paid: bool = False
    ) -> None:
        """Let one more call wait."""
        self._tasks.append(asyncio.create_task(self._wait(name, urgency, paid=paid)))
        await asyncio.sleep(0)

    async def settle(self, calls: int) -> None:
        """Return when so many calls went."""
        async with asyncio.timeout(60):
            while len(self.let_go) < calls:
                self._moved.clear()
                await self._moved.wait()

    async def end(self) -> None:
        """Cancel whatever still waits."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _wait(self, name: str, urgency: Priority, *, paid: bool) -> None:
        await self.allowance.admit(None, 1, weight=0, urgency=urgency, paid=paid)
        assert 0 == self.allowance.closed_for
        self.let_go.append(name)
        self._moved.set()


async def test_a_closed_gate_opens_with_one_probe() -> None:
    """After 429 nothing goes until the time is over, then one call, then the others."""
    clock = Hands()
    queue = Queue(Allowance(1000, free=1000, monotonic=clock))
    queue.allowance.flooded(0.05)
    for name in ("first", "second", "third"):
        await queue.join(name)
    assert [] == queue.let_go
    clock.now += 0.05
    await queue.settle(1)
    await asyncio.sleep(0.02)
    assert ["first"] == queue.let_go
    queue.allowance.passed()
    await queue.settle(3)
    assert ["first", "second", "third"] == queue.let_go


async def test_a_probe_that_is_flooded_closes_the_gate_again() -> None:
    """The probe's 429 closes the gate again; one that tells nothing lets the next one probe."""
    clock = Hands()
    queue = Queue(Allowance(1000, free=1000, monotonic=clock))
    queue.allowance.flooded(0.05)
    for name in ("first", "second", "third"):
        await queue.join(name)
    clock.now += 0.05
    await queue.settle(1)
    queue.allowance.flooded(0.05)
    clock.now += 0.05
    await queue.settle(2)
    queue.allowance.unsettled()
    await queue.settle(3)
    assert ["first", "second", "third"] == queue.let_go


async def test_screens_before_letters_before_mailings() -> None:
    """What a person just asked for goes first, mailings last."""
    clock = Hands()
    queue = Queue(Allowance(50, free=50, monotonic=clock))
    queue.allowance.flooded(0.05)
    await queue.join("mailing", Priority.MAILING)
    await queue.join("letter", Priority.LETTER)
    await queue.join("screen", Priority.SCREEN)
    clock.now += 0.05
    await queue.settle(1)
    queue.allowance.passed()
    await queue.settle(3)
    assert ["screen", "letter", "mailing"] == queue.let_go


async def test_who_left_the_queue_holds_up_nobody() -> None:
    """A cancelled call gives its turn to the next, the probe's too."""
    clock = Hands()
    allowance = Allowance(1000, free=1000, monotonic=clock)
    queue, impatient = Queue(allowance), Queue(allowance)
    allowance.flooded(0.05)
    await impatient.join("gone")
    await queue.join("stays")
    await impatient.end()
    clock.now += 0.05
    await queue.settle(1)
    assert [] == impatient.let_go


def test_a_bucket_gives_a_burst_and_then_its_rate() -> None:
    """After a silence a burst goes at once, then one token for each interval."""
    bucket = Bucket(10, burst=3)
    waits = []
    for _ in range(5):
        waits.append(round(bucket.wait(100.0), 6))
        bucket.take(1, 100.0)
    assert [0, 0, 0, 0.1, 0.2] == waits
    assert 0 == bucket.wait(101.0)


def test_a_bucket_slows_down_and_recovers() -> None:
    """Too fast, it gives four fifths of its tokens, and a hundredth more with each second."""
    bucket = Bucket(100, burst=1)
    bucket.slow_down(50.0, until=60.0)
    rates = [bucket.rate(moment) for moment in (50.0, 60.0, 70.0, 80.0, 500.0)]
    assert [80, 80, 90, 100, 100] == [round(rate, 6) for rate in rates]
    bucket.take(1, 60.0)
    assert 0.0125 == round(bucket.wait(60.0), 6)
    for _ in range(50):
        bucket.slow_down(60.0, until=60.0)
    assert 10 == round(bucket.rate(60.0), 6)


async def test_a_429_while_the_allowance_is_used_up_slows_it_down() -> None:
    """The first 429 slows the lane it came to; others under way, probes and idle lanes do not."""
    allowance = Allowance(100, free=20, monotonic=lambda: 1000.0)
    allowance.flooded(0.0, paid=True)
    allowance.passed()
    assert (20, 100) == (allowance.pace(paid=False), allowance.pace(paid=True))
    queue = Queue(allowance)
    for number in range(8):
        await queue.join(str(number))
    allowance.passed()
    await queue.settle(3)
    for _ in range(5):
        allowance.flooded(0.0)
    await queue.end()
    assert (16, 100) == (allowance.pace(paid=False), allowance.pace(paid=True))


async def test_paid_messages_pass_those_that_wait_for_the_free_limit() -> None:
    """What is paid for goes at the whole allowance, whoever waits among the free ones."""
    queue = Queue(Allowance(1000, free=1, monotonic=Hands()))
    for name in ("free", "waits"):
        await queue.join(name)
    for name in ("paid", "paid too"):
        await queue.join(name, Priority.MAILING, paid=True)
    await queue.settle(3)
    assert ["free", "paid", "paid too"] == queue.let_go
    await queue.end()


def test_chats_have_buckets_of_their_own() -> None:
    """A busy chat waits, another does not."""
    chats = ChatBuckets(1, burst=2)
    for _ in range(3):
        chats.take(1, 1, 100.0)
    assert (2.0, 0.0) == (chats.wait(1, 100.0), chats.wait(2, 100.0))


async def test_no_429_of_our_own_making(
    sandbox_factory: Callable[..., Awaitable[Any]],
) -> None:
    """Under Telegram's usual limits the allowance of 30 a second causes no 429."""
    sandbox = await sandbox_factory(limits=Limits())
    crowd = sandbox.telegram.add_crowd(70, FIRST)
    bot = make_bot(sandbox)
    bot.session.middleware(AllowanceMiddleware(Allowance(30)))
    token = priority.set(Priority.MAILING)
    await asyncio.gather(*(bot.send_message(FIRST + n, "Сәлем") for n in range(70)))
    priority.reset(token)
    await bot.session.close()
    assert (70, 0) == (sum(crowd.received), sandbox.telegram.pace.refused)


async def test_nothing_is_called_while_the_gate_is_closed(
    sandbox_factory: Callable[..., Awaitable[Any]],
) -> None:
    """Past Telegram's limits every message arrives in the end, and none was sent too early."""
    sandbox = await sandbox_factory(limits=Limits(overall=5, overall_burst=5))
    crowd = sandbox.telegram.add_crowd(12, FIRST)
    bot = make_bot(sandbox)
    bot.session.middleware(AllowanceMiddleware(Allowance(1000, free=1000)))
    token = priority.set(Priority.MAILING)
    for person in range(12):
        await bot.send_message(FIRST + person, "Сәлем")
    priority.reset(token)
    await bot.session.close()
    pace = sandbox.telegram.pace
    assert [1] * 12 == list(crowd.received)
    assert pace.refused > 0
    assert 0 == pace.early


@pytest.fixture
async def flooded_bot(sandbox: Any) -> Any:
    """Yield a bot that Telegram just told to wait for a minute."""
    sandbox.telegram.add_crowd(1, FIRST)
    sandbox.telegram.faults.order(
        Fault(FaultKind.FLOOD, count=1, method="sendMessage", retry_after=60)
    )
    bot = make_bot(sandbox)
    bot.session.middleware(AllowanceMiddleware(Allowance(30)))
    yield bot
    await bot.session.close()


async def test_a_screen_ends_politely(flooded_bot: Bot) -> None:
    """A screen that would have to wait for a minute ends in a polite sentence at once."""
    with pytest.raises(Refusal):
        await flooded_bot.send_message(FIRST, "Сәлем")
    with pytest.raises(Refusal):
        await flooded_bot.get_me()
