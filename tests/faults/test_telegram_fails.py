"""Telegram says 429 or 500 to everything for a while, or cuts connections after the work.

`FAULT_SECONDS=60` is the minute of which the promise speaks; `make test` makes it shorter.
"""

import asyncio
import os
from datetime import timedelta

import pytest

from sandbox.server.faults import FOREVER, Fault, FaultKind
from tests.counts import Say
from tests.faults.conftest import OpenScene
from tests.faults.load import Load
from tests.faults.reckoning import finish, reckon
from tests.faults.recount import Recount

SECONDS = float(os.environ.get("FAULT_SECONDS", "6"))
CITIZENS = int(12 * SECONDS)
AT_ONCE = 4  # citizens who act in a tick
TICK = 0.25
LATER = timedelta(minutes=15)  # by then each letter has been tried again

FLOOD = [Fault(FaultKind.FLOOD, count=FOREVER, method="*", retry_after=3)]
ERRORS = [Fault(FaultKind.SERVER_ERROR, count=FOREVER, method="*", chance=0.9)]
RESETS = [Fault(FaultKind.DROP_AFTER, count=FOREVER, method="*", chance=0.4)]


@pytest.mark.parametrize(
    ("name", "orders"),
    [("429 to all", FLOOD), ("500 to most", ERRORS), ("cut after the work", RESETS)],
    ids=["429", "500", "resets"],
)
async def test_telegram_fails(
    scene_on: OpenScene, sqlite_url: str, say: Say, name: str, orders: list[Fault]
) -> None:
    """What people do meanwhile is kept, once, and told when Telegram is well again."""
    async with scene_on(sqlite_url, CITIZENS) as scene:
        load, recount, faults = Load(scene), Recount(scene), scene.sandbox.telegram.faults
        scene.settings["CLOCK_URL"] = f"{scene.sandbox.page}/api/clock"
        await scene.start()
        load.next_citizen()
        await scene.until(lambda: not load.unconfirmed)
        for order in orders:
            faults.order(order)
        for _ in range(int(SECONDS / TICK)):
            for _ in range(AT_ONCE):
                if not load.over:
                    load.next_citizen()
            await asyncio.sleep(TICK)
        struck = sum(order.struck for order in orders)
        faults.clear()
        load.all_act()
        await scene.until(lambda: not load.unconfirmed)
        scene.sandbox.clock.advance(LATER)
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    say(
        f"{name}, {SECONDS:g} s: {struck} calls struck; {result} "
        f"({result.receipts} receipts) of {struck} in flight"
    )
    assert struck
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert result.repeated <= struck
