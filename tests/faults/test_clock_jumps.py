"""The clock of the machine jumps by a day, forwards and back, while the bot works."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import sqlalchemy as sa
from aiohttp import web

from sandbox.server.faults import FOREVER, Fault, FaultKind
from services.calendar.working_days import is_working_day
from services.clock import ALMATY, local_date
from tests.counts import Say
from tests.faults.conftest import OpenScene
from tests.faults.load import Load
from tests.faults.reckoning import finish, reckon
from tests.faults.recount import Recount, readable
from tests.faults.scene import OFFICIAL, Scene

MORNING = time(10, 0)
DAY = timedelta(days=1)
JUMPS = (DAY, -DAY, DAY, -DAY, DAY)
CITIZENS = 9 * (len(JUMPS) + 1)
LONGEST_WAIT = 30.0


class JumpingClock:
    """Answers as the sandbox's clock does, but may go back as well."""

    def __init__(self, moment: datetime) -> None:
        self._offset = moment - datetime.now(UTC)
        self._version = 0
        self._moved = asyncio.Event()
        self.waiting = 0  # the version that somebody waits beyond
        self.url = ""

    def jump(self, by: timedelta) -> int:
        """Move and return the new version."""
        self._offset += by
        self._version += 1
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        return self._version

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Answer over HTTP on loopback."""
        app = web.Application()
        app.router.add_get("/clock", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0, handler_cancellation=True)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/clock"
            yield
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        if request.query.get("after") == str(self._version):
            self.waiting = self._version
            try:
                async with asyncio.timeout(LONGEST_WAIT):
                    await self._moved.wait()
            except TimeoutError:
                pass
        answer = {"offset": self._offset.total_seconds(), "version": self._version}
        return web.json_response(answer)


def two_working_days() -> date:
    """Return the first of the next two working days that follow each other."""
    days = [local_date(datetime.now(UTC)) + number * DAY for number in range(1, 20)]
    return next(day for day, after in pairwise(days) if all(map(is_working_day, (day, after))))


def digests(scene: Scene) -> int:
    """Return how many daily digests the official has in the chat, reminders of them left out."""
    chat = scene.sandbox.telegram.private(OFFICIAL)
    texts = (each.json.get("text", "") for each in chat.messages() if each.outgoing)
    return sum(text.startswith("📌") for text in texts)


def in_flight(scene: Scene) -> int:
    """Return how many updates are in the hands of the bot."""
    return sum(entry.delivered for entry in scene.sandbox.telegram.updates.entries)


def digest_days(url: str) -> list[str]:
    """Return the day of each digest that was queued."""
    engine = sa.create_engine(readable(url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        keys = connection.execute(sa.text("SELECT key FROM outbox WHERE kind = 'digest'"))
        return sorted(row.key.split(":")[3] for row in keys)


async def test_clock_jumps_by_a_day(scene_on: OpenScene, sqlite_url: str, say: Say) -> None:
    """Each day brings its digest once, however often it comes; nothing that people do is lost."""
    first = two_working_days()
    clock = JumpingClock(datetime.combine(first, MORNING, ALMATY))
    async with clock.listening(), scene_on(sqlite_url, CITIZENS, CLOCK_URL=clock.url) as scene:
        load, recount = Load(scene), Recount(scene)
        await scene.start()
        await scene.until(lambda: digests(scene) == 1)
        struck = flying = 0
        for number, by in enumerate(JUMPS):
            for _ in range(8):
                load.next_citizen()
            if by < timedelta():
                await scene.until(lambda: not load.unconfirmed)
                trouble = Fault(FaultKind.SERVER_ERROR, count=FOREVER, method="sendMessage")
                scene.sandbox.telegram.faults.order(trouble)
                load.next_citizen()  # whose receipt waits while the clock is set back
                await scene.until(lambda trouble=trouble: trouble.struck and recount.undelivered())
                struck += trouble.struck
            version = clock.jump(by)
            await scene.until(lambda version=version: clock.waiting == version)
            scene.sandbox.telegram.faults.clear()
            await scene.until(lambda number=number: digests(scene) >= min(2, 2 + number))
            await scene.until(lambda: not load.unconfirmed)
            await scene.until(lambda: not recount.undelivered())  # soon, and not a day later
            flying += in_flight(scene)
            await scene.kill()
            await scene.start()  # what is due is looked at once more
        load.all_act()
        result = reckon(scene, load, recount, await finish(scene, load, recount))

    days = digest_days(sqlite_url)
    say(
        f"{len(JUMPS)} jumps of a day: "
        f"{digests(scene)} digests for {len(set(days))} days; {result} "
        f"of {struck + flying} in flight"
    )
    assert [first.isoformat(), (first + DAY).isoformat()] == days
    assert 2 == digests(scene)
    assert ([], [], 0) == (result.lost, result.twice, result.untold)
    assert struck
    assert result.repeated <= struck + flying
