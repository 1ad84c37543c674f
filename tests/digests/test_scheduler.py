"""The minute tick: every job, whatever happens to the others."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.scheduler import Job, Scheduler


async def test_a_job_that_fails_stops_no_other() -> None:
    """Its failure is in the log under its name."""
    done: list[str] = []

    async def fails() -> None:
        raise ValueError("broken")

    async def works() -> None:
        done.append("works")

    with capture_logs() as logs:
        await Scheduler([Job("first", fails), Job("second", works)]).tick()

    assert ["works"] == done
    assert [("a job failed", "first", "ValueError")] == [
        (entry["event"], entry["job"], entry["kind"]) for entry in logs
    ]


async def test_ticks_never_overlap() -> None:
    """A jump of the clock during a tick waits for its end."""
    running, most = 0, 0

    async def job() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    scheduler = Scheduler([Job("one", job)])
    await asyncio.gather(*(scheduler.tick() for _ in range(5)))

    assert 1 == most


async def test_it_ticks_at_the_start_and_when_the_clock_jumps() -> None:
    """What was missed is looked after at once, not a minute later."""
    ticks = asyncio.Queue[int]()

    async def job() -> None:
        ticks.put_nowait(1)

    scheduler = Scheduler([Job("one", job)])
    scheduler.start()
    async with asyncio.timeout(60):
        await ticks.get()
        scheduler.tick_soon()
        await ticks.get()
    scheduler.stop()


async def test_stopping_in_a_tick_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """A tick that is cancelled at the end leaves no word in the log."""
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    scheduler = Scheduler([Job("one", job)])
    scheduler.start()
    async with asyncio.timeout(60):
        await begun.wait()
        scheduler.stop()
        await cancelled.wait()
        await asyncio.sleep(0)

    assert [] == [record.message for record in caplog.records if record.levelname == "ERROR"]
