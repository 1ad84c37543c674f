"""How background tasks end."""

import asyncio

from bot.nursery import Nursery


async def test_endless_tasks_are_not_waited_for() -> None:
    """Stopping waits for work that ends, and not for what never would."""
    done: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0.01)
        done.append("work")

    nursery = Nursery()
    nursery.spawn(asyncio.Event().wait(), "follower", endless=True)
    nursery.spawn(work(), "work")
    async with asyncio.timeout(60):
        cancelled = await nursery.drain(60)
    assert (0, ["work"], 0) == (cancelled, done, len(nursery))


async def test_what_outstays_its_time_is_cancelled() -> None:
    """Work that does not end in time is cancelled and counted."""
    nursery = Nursery()
    nursery.spawn(asyncio.Event().wait(), "stuck")
    assert 1 == await nursery.drain(0.01)
    assert 0 == len(nursery)
