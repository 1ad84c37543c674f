"""Background tasks: none unseen, none left behind."""

import asyncio

from bot.nursery import Nursery


async def fail() -> None:
    """End by an exception."""
    raise ValueError("broken")


async def wait_for(event: asyncio.Event) -> None:
    """End when the event is set."""
    await event.wait()


async def test_a_failure_harms_no_other_task() -> None:
    """What fails goes to the log; its neighbours go on and nothing is declared broken."""
    gate = asyncio.Event()
    async with Nursery() as nursery:
        nursery.spawn(fail(), "failing")
        other = nursery.spawn(wait_for(gate), "waiting")
        await asyncio.sleep(0)
        gate.set()
        await other

        assert not nursery.broken.is_set()
        assert other.exception() is None


async def test_the_failure_of_a_vital_task_breaks_the_nursery() -> None:
    """A program whose sender died must stop loudly, not live on in silence."""
    async with Nursery() as nursery:
        nursery.spawn(fail(), "sender", vital=True)
        await asyncio.wait_for(nursery.broken.wait(), 60)


async def test_a_vital_task_that_ends_well_or_is_cancelled_breaks_nothing() -> None:
    """Only an exception is a failure."""
    gate = asyncio.Event()
    async with Nursery() as nursery:
        gate.set()
        await nursery.spawn(wait_for(gate), "poller", vital=True)
        nursery.spawn(wait_for(asyncio.Event()), "sender", vital=True)
        await nursery.drain(0)

        assert not nursery.broken.is_set()


async def test_draining_waits_first_and_cancels_then() -> None:
    """Tasks that end in time end by themselves; the rest are cancelled and counted."""
    gate = asyncio.Event()
    async with Nursery() as nursery:
        quick = nursery.spawn(wait_for(gate), "quick")
        nursery.spawn(wait_for(asyncio.Event()), "endless")
        asyncio.get_running_loop().call_later(0.02, gate.set)

        assert await nursery.drain(0.2) == 1
        assert not quick.cancelled()
        assert len(nursery) == 0


async def test_leaving_the_context_leaves_no_task_behind() -> None:
    """Whatever still runs at the end is cancelled."""
    async with Nursery() as nursery:
        task = nursery.spawn(wait_for(asyncio.Event()), "endless")

    assert task.cancelled()
