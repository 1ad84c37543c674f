"""The leader's work: the minute tick and everything that the bot says by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.jobs import heartbeat
from bot.leadership import LeadersDatabase, Term
from bot.scheduler import Job, Scheduler
from bot.sender.sender import Sender
from services.clock import Clock
from storage.database import Database

WINDING_UP = 5.0  # seconds that messages in flight have to end once the term is over


class LeadersWork:
    """Begins a scheduler and a sender with each term and ends them with it."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        make_sender: Callable[[Database], Sender],
        jobs: Sequence[Job],
    ) -> None:
        self._db = db
        self._clock = clock
        self._make_sender = make_sender
        self._jobs = tuple(jobs)
        self._sender: Sender | None = None
        self._scheduler: Scheduler | None = None

    def nudge(self) -> None:
        """Send now what was queued. What another process queues is found by itself soon after."""
        if self._sender is not None:
            self._sender.nudge()

    def tick_soon(self) -> None:
        """Look at what is due: the clock has been moved."""
        if self._scheduler is not None:
            self._scheduler.tick_soon()

    async def __call__(self, term: Term) -> None:
        """Tick and send until the term is over. Raises what the sender raises."""
        db = LeadersDatabase(self._db, term)
        sender = self._sender = self._make_sender(db)
        beat = heartbeat(self._db, self._clock, lambda: db.looks)
        send = Job("sending what the others queued", sending_by(sender))
        scheduler = self._scheduler = Scheduler(
            [while_leading(term, job) for job in (beat, *self._jobs, send)]
        )
        scheduler.start()
        try:
            async with asyncio.TaskGroup() as group:
                sending = group.create_task(sender.run(term.over))
                await term.over.wait()
                scheduler.stop()
                sender.nudge()
                await asyncio.wait({sending}, timeout=WINDING_UP)
                sending.cancel()
        finally:
            scheduler.stop()
            self._sender = self._scheduler = None


def sending_by(sender: Sender) -> Callable[[], Awaitable[None]]:
    """Return the job that wakes the sender."""

    async def run() -> None:
        sender.nudge()

    return run


def while_leading(term: Term, job: Job) -> Job:
    """Return the same job, which looks first whether this process still leads."""

    async def run() -> None:
        if await term.holds():
            await job.run()

    return Job(job.name, run)
