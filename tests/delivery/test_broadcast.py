"""Broadcasts under Telegram's limits: nobody is left out, and nobody is told to wait."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from signal import SIGKILL

import pytest

from tests.counts import Say
from tests.delivery.broadcasting import Plan, StartSender, Verdict, broadcast, prepare
from tests.processes import StartProgram

Send = Callable[[Plan, str], Awaitable[Verdict]]


@pytest.fixture
def start_sender(program: StartProgram) -> StartSender:
    """Give what runs a sender in a process of its own."""

    @asynccontextmanager
    async def start(*arguments: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
        async with program({}, *arguments, module="tests.delivery.child") as process:

            async def kill() -> None:
                await process.send(SIGKILL)

            yield kill

    return start


@pytest.fixture
def send(start_sender: StartSender, tmp_path: Path, say: Say) -> Send:
    """Give what prepares a broadcast, sends it and says how it went."""

    async def run(plan: Plan, url: str) -> Verdict:
        await prepare(url, plan)
        verdict = await broadcast(url, plan, start_sender, tmp_path / "early")
        say(verdict.words(plan))
        return verdict

    return run


@pytest.mark.parametrize("plan", [Plan(1000, 25, speed=20), Plan(1500, 1000)])
async def test_as_fast_as_allowed(plan: Plan, send: Send, sqlite_url: str) -> None:
    """At 25 a second, and paid for at 1,000, everybody gets it once and no 429 comes."""
    verdict = await send(plan, sqlite_url)
    assert (0, 0, 0) == (verdict.lost, verdict.repeated, verdict.refused)


async def test_in_all_weathers(send: Send, postgres_url: str) -> None:
    """Kills, storms, blocks and faults leave out nobody; only what was under way is repeated."""
    verdict = await send(Plan(600, 1000, kills=2, trouble=True), postgres_url)
    in_doubt = verdict.dropped_after + sum(one.arrived for one in verdict.kills)
    assert (0, 0) == (verdict.lost, verdict.early)
    assert verdict.repeated <= in_doubt
