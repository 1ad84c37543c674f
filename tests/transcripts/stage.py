"""Where a transcript is played: the sandbox server, and the bot over HTTP."""

import asyncio
import atexit
import shutil
import signal
import time
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, TypeVar
from unittest.mock import patch

import sqlalchemy as sa

from bot import duties, wiring
from bot.nursery import Nursery
from bot.program import run
from bot.scheduler import Job, Scheduler
from bot.sender.bell import Bell
from bot.settings import Settings
from handlers.views.mailing_progress import ENDED
from sandbox.seed import Seed
from sandbox.server import Limits, Sandbox
from sandbox.server.clock import SandboxClock
from services.delivery.beginning import any_to_begin
from services.delivery.mailing_run import running
from services.delivery.recall import recalling
from services.digests.model import Channel
from services.digests.readers import set_channel, set_hour
from services.language import Language
from services.organisation.importing import import_if_empty
from services.people.consent import ConsentKind
from services.people.model import Profile, Role, Settlement
from services.people.person import choose_language, join, tell_profile
from services.people.pins import digest_of
from services.people.sessions import keep_pin
from storage import migrations
from storage.database import Database, open_database
from storage.people import grant_role
from storage.schema.delivery import mailings, outbox
from storage.schema.news import channel_copies, source_items
from storage.schema.parked import parked
from tests.agreed import agree
from tests.hatchery import Hatchery, Program
from tests.transcripts.answered import answer_before
from tests.transcripts.asked import ask_before
from tests.transcripts.counted import count_before
from tests.transcripts.enrolled import enrol_before, same_blind
from tests.transcripts.filed import file_before
from tests.transcripts.indicated import indicate_before
from tests.transcripts.launched import launch_before
from tests.transcripts.overheard import overheard
from tests.transcripts.published import publish_later

ROOT = Path(__file__).resolve().parents[2]
ORGANISATION = ROOT / "services/organisation/demonstration.yaml"

T = TypeVar("T")

PATIENCE = 60.0  # seconds for what is expected to come
_PULSE = 0.004  # seconds between looks whether the bot is through
_NUDGE = 0.05  # seconds between two calls to a bot in this process to look into its tables
_UNCALLED = 10.0  # seconds after which it looks by itself
_SLEEPERS = {  # how long they sleep, and how
    "bot.newsroom": ("LOOK", "rest"),
    "bot.sender.letters": ("POLL", "Bell"),
    "bot.sender.mailings": ("POLL", "Bell"),
    "bot.sender.progress": ("LOOK", "rest"),
    "bot.sender.recalling": ("POLL", "Bell"),
}
_BREATH = 0.02  # seconds without a call after which a bot in another process has nothing in hand


class Ticks(Scheduler):
    """The leader's jobs by the clock; it knows up to which move of the clock they are done."""

    def __init__(self, clock: SandboxClock, jobs: Sequence[Job]) -> None:
        super().__init__(jobs)
        self._clock = clock
        self._heard = self._done = -1

    @property
    def over(self) -> bool:
        """Whether a tick has ended that began after the last move of the clock was heard of."""
        return self._done == self._clock.version

    def begin_minutes(self) -> None:
        """Leave the minutes out: the clock of a play moves only when the play moves it."""

    def tick_soon(self) -> None:
        """Tick after a move of the clock, or in the beginning."""
        self._heard = self._clock.version
        super().tick_soon()

    async def tick(self) -> None:
        """Run every job once."""
        heard = self._heard
        await super().tick()
        self._done = heard


class Hands(Nursery):
    """What the bot does in the background; it knows what of that has an end of its own."""

    _LASTING = frozenset(
        {"clock", "leadership", "watch", "stop", "next term", "end of term", "end of polling"}
    )

    def __init__(self) -> None:
        super().__init__()
        self._passing: set[asyncio.Task[Any]] = set()

    @property
    def empty(self) -> bool:
        """Whether nothing is under way that will end: no update, no album, no feed."""
        return not self._passing

    def spawn(
        self,
        work: Coroutine[Any, Any, T],
        name: str,
        *,
        vital: bool = False,
        endless: bool = False,
    ) -> asyncio.Task[T]:
        """Start work in the background and return its task."""
        task = super().spawn(work, name, vital=vital, endless=endless)
        if name not in self._LASTING:
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)
        return task


class Alarms:
    """What wakes a bot in this process that sleeps between two looks into its tables.

    So it looks as soon as there is something, and not a hundred times a second where there is not.
    """

    def __init__(self) -> None:
        self._bells: list[Bell] = []
        self._rung = -1.0

    def ring(self) -> None:
        """Wake all who sleep, unless that was done a moment ago."""
        now = asyncio.get_running_loop().time()
        if now - self._rung < _NUDGE:
            return
        self._rung = now
        for bell in self._bells:
            bell.ring()

    def bell(self) -> Bell:
        """Return what a part of the bot sleeps by."""
        bell = Bell()
        self._bells.append(bell)
        return bell

    async def rest(self, seconds: float, stop: asyncio.Event) -> None:
        """Sleep so long, until rung or until `stop` is set."""
        bell = Bell()
        self._bells.append(bell)
        sleep, end = (asyncio.ensure_future(one) for one in (bell.sleep(seconds), stop.wait()))
        try:
            await asyncio.wait([sleep, end], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._bells.remove(bell)
            for one in (sleep, end):
                one.cancel()
            await asyncio.gather(sleep, end, return_exceptions=True)


@dataclass(slots=True)
class Stage:
    """A sandbox with people and a database; the bot comes and goes."""

    sandbox: Sandbox
    folder: Path
    channel: int | None = None  # the party's
    # Of a bot in this process.
    ticks: Ticks | None = None
    hands: Hands | None = None
    alarms: Alarms = field(default_factory=Alarms)
    logged: str = ""  # what it has logged, once it has ended
    changed: Mapping[str, str] = field(default_factory=dict)  # settings of this play
    links: int = 0  # invitations to the staff that were made so far
    _engine: sa.Engine = field(init=False)
    _looked_at: tuple[int, int] = (-1, -1)  # how often the tables, and the clock, had changed
    _was_due: bool = False

    def __post_init__(self) -> None:
        self._engine = sa.create_engine(self.database_url)

    @property
    def database_url(self) -> str:
        """The database of this play."""
        return f"sqlite:///{self.folder}/unqosu.db"

    async def still(self, until: float) -> None:
        """Wait until the bot is through, at most until this moment of the loop.

        Nothing more comes then before somebody acts or the clock moves, but for the progress of
        mailings. Of a bot in another process one cannot know; it has a breath for what it began.
        """
        loop = asyncio.get_running_loop()
        while (busy := self._under_way()) or self._due():
            if loop.time() > until:
                return
            if not busy:
                self.alarms.ring()
            await asyncio.sleep(_PULSE)

    def _under_way(self) -> bool:
        """Tell whether an update, a call, a tick or a task has begun and not ended."""
        telegram = self.sandbox.telegram
        if not telegram.idle:
            return True
        if self.ticks is not None and self.hands is not None:
            return not (self.ticks.over and self.hands.empty)
        last = max(telegram.events.last_at, telegram.updates.last_at, telegram.calls.last_at)
        return time.monotonic() - last < _BREATH

    def _due(self) -> bool:
        """Tell whether the tables hold something that the bot does by itself now."""
        with self._engine.connect() as connection:
            tables = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
            looked_at = (tables, self.sandbox.clock.version)
            if looked_at != self._looked_at:
                self._was_due = _is_due(connection, self.sandbox.clock.now())
                self._looked_at = looked_at
        return self._was_due

    def _says(self, question: sa.ColumnElement[bool]) -> bool:
        with self._engine.connect() as connection:
            return bool(connection.scalar(sa.select(question)))

    async def rest(self) -> None:
        """Wait until the authors of mailings that are over have been shown so."""
        unseen = sa.exists().where(
            mailings.c.status.in_(ENDED),
            mailings.c.progress_done.is_(sa.false()),
            mailings.c.created_by.is_not(None),
        )
        async with asyncio.timeout(60):
            while self._says(unseen):
                self.alarms.ring()
                await asyncio.sleep(_NUDGE)

    def close(self) -> None:
        """Look into the database no more."""
        self._engine.dispose()

    def tick(self, jobs: Sequence[Job]) -> Ticks:
        """Return what the bot begins its ticks with."""
        self.ticks = Ticks(self.sandbox.clock, jobs)
        return self.ticks

    def nursery(self) -> Hands:
        """Return what the bot begins its tasks with."""
        self.hands = Hands()
        return self.hands

    def invitation(self) -> str:
        """Return what the bot begins its links with: a play knows them beforehand."""
        self.links += 1
        return f"link-{self.links}"

    def settings(self) -> Settings:
        """Return what a bot in this process needs."""
        return Settings(_env_file=None, **{k.lower(): v for k, v in self.environment().items()})

    def environment(self) -> dict[str, str]:
        """Return what a bot in a process of its own needs."""
        return {
            "BOT_TOKEN": self.sandbox.token,
            "TELEGRAM_API": self.sandbox.bot_api,
            "CLOCK_URL": f"{self.sandbox.page}/api/clock",
            "DATABASE_URL": self.database_url,
            "PARTY_CHANNEL": str(self.channel or ""),
            "KEYS_DIR": f"{self.folder}/keys",
            "CHARTS_DIR": str(_charts()),
            "ORGANISATION_FILE": str(ORGANISATION),
            "MESSAGES_PER_SECOND_IN_CHAT": "1000",  # as the sandbox takes them here
            "STAFF_SESSION_HOURS": "0",  # a play may set others: its days are short
            **self.changed,
        }


_DUE = sa.select(
    sa.exists().where(
        outbox.c.status.in_(["waiting", "sending"]), outbox.c.not_before <= sa.bindparam("now")
    )
    | sa.exists().where(parked.c.update_id.is_not(None))
    | sa.exists().where(source_items.c.status == "arrived")
    | sa.exists().where(
        channel_copies.c.status.in_(["waiting", "sending", "recalling"]),
        channel_copies.c.not_before <= sa.bindparam("now"),
    )
)


def _is_due(connection: sa.Connection, now: datetime) -> bool:
    return bool(
        connection.scalar(_DUE, {"now": now})
        or any_to_begin(connection, now)
        or running(connection, now)
        or recalling(connection)
    )


@asynccontextmanager
async def set_up(
    folder: Path,
    people: dict[str, dict[str, Any]],
    start_at: datetime,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[Stage]:
    """Open a sandbox with these people; those with a language have been to the bot before.

    Whoever has a title is the party's channel, with the bot as its administrator.
    """
    seeded = [
        {"first_name": name.title(), "started": "language" in person} | person
        for name, person in people.items()
        if "title" not in person
    ]
    channels = [one for one in people.values() if "title" in one]
    seed = Seed.model_validate({"people": seeded, "channels": channels})
    no_limits = Limits.off()
    async with Sandbox(
        seed, bot_api_port=0, page_port=0, start_at=start_at, limits=no_limits
    ) as sandbox:
        channel = next((one["id"] for one in channels), None)
        stage = Stage(sandbox, folder, channel, changed=settings or {})
        (folder / "unqosu.db").write_bytes(_prepared(start_at.date()))
        db = await open_database(stage.database_url)
        try:
            for name, person in people.items():
                if "language" in person:
                    await _acquaint(db, name, person, start_at)
            for person in people.values():
                if "polls" in person:
                    keys = folder / "keys"
                    await ask_before(db, keys, person["id"], person["polls"], start_at)
                if "answered" in person:
                    keys = folder / "keys"
                    await answer_before(db, keys, person["id"], person["answered"], start_at)
        finally:
            await db.close()
        try:
            yield stage
        finally:
            stage.close()


@cache
def _charts() -> Path:
    """Return where pictures are kept, by what is on them: all plays show the same few."""
    folder = Path(mkdtemp(prefix="charts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _migrated() -> bytes:
    """Return the file of an empty database."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "migrated.db"
        migrations.upgrade(f"sqlite:///{path}")
        return path.read_bytes()


@cache
def _prepared(day: date) -> bytes:
    """Return the file of a database that holds nothing but the organisation of this day."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "prepared.db"
        path.write_bytes(_migrated())
        engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.NullPool)
        with engine.begin() as connection:
            import_if_empty(connection, ORGANISATION, day)
        return path.read_bytes()


async def _acquaint(db: Database, name: str, person: dict[str, Any], start_at: datetime) -> None:
    """Bring somebody to where they are after the welcome, with their role and profile."""
    identity, language = person["id"], Language(person["language"])
    await db.write(join, identity, person.get("first_name", name.title()), start_at)
    await db.write(choose_language, identity, language)
    kinds = [ConsentKind(kind) for kind in person.get("consents", ConsentKind)]
    await db.write(agree, identity, language=language, kinds=kinds)
    if "profile" in person:
        told = dict(person["profile"])
        if "settlement" in told:
            told["settlement"] = Settlement(told["settlement"])
        await db.write(tell_profile, identity, Profile(**told), start_at)
    if "appeals" in person:
        await db.write(file_before, name, identity, language, person["appeals"], start_at)
    if "posts" in person:
        await db.write(publish_later, name, person["posts"], start_at)
    if "mailings" in person:
        await db.write(launch_before, name, identity, person["mailings"], start_at)
    if "counted" in person:
        await db.write(count_before, identity, person["counted"])
    if "school" in person:
        await db.write(enrol_before, person["school"], start_at)
    if "role" in person:
        await _employ(db, person, start_at)


async def _employ(db: Database, person: dict[str, Any], start_at: datetime) -> None:
    """Give somebody their role, what they answer for, and digests as they like them."""
    identity, official = person["id"], person.get("official")
    role = Role(person["role"]).value
    area, section = person.get("area", ""), person.get("section", "")
    await db.write(grant_role, identity, role, official, start_at, area=area, section=section)
    if "pin" in person:
        await db.write(keep_pin, identity, 0, _digest(person["pin"]), start_at)
    if "indicators" in person:
        await db.write(indicate_before, identity, official, person["indicators"], start_at)
    if "digest_at" in person:  # minutes from midnight
        await db.write(set_hour, identity, person["digest_at"])
    if "mail" in person:
        await db.write(set_channel, identity, Channel.EMAIL, person["mail"])


@cache
def _digest(pin: str) -> str:
    return digest_of(pin)


@asynccontextmanager
async def bot_in_this_process(stage: Stage) -> AsyncIterator[None]:
    """Run the bot, stop it with all that it began."""
    stop = asyncio.Event()
    with ExitStack() as patches:
        patches.enter_context(patch.object(duties, "Scheduler", stage.tick))
        patches.enter_context(patch.object(wiring, "Nursery", stage.nursery))
        patches.enter_context(
            patch("handlers.operator.staff_inviting.new_token", stage.invitation)
        )
        patches.enter_context(patch("services.programmes.certificate_number.blind", same_blind))
        for module, (pause, sleep) in _SLEEPERS.items():
            alarm = {"Bell": stage.alarms.bell, "rest": stage.alarms.rest}[sleep]
            patches.enter_context(patch(f"{module}.{pause}", _UNCALLED))
            patches.enter_context(patch(f"{module}.{sleep}", alarm))
        log = patches.enter_context(overheard())
        running = asyncio.create_task(run(stage.settings(), stop))
        try:
            await polling(stage, running)
            # What it says on coming comes before what anybody does.
            await stage.still(asyncio.get_running_loop().time() + PATIENCE)
            yield
        finally:
            stop.set()
            await running
            stage.logged = log.getvalue()


class OwnProcess:
    """The bot in a process of its own, to be killed."""

    def __init__(self, stage: Stage, hatchery: Hatchery) -> None:
        self._stage = stage
        self._hatchery = hatchery
        self._process: Program | None = None

    async def start(self) -> None:
        """Start the bot and wait until it asks for updates."""
        log = self._stage.folder / "bot.log"
        self._process = self._hatchery.hatch(self._stage.environment(), "run", log=log)
        await polling(self._stage, None)

    async def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._process is not None:
            await self._process.send(signal.SIGKILL)
            self._process = None
            async with asyncio.timeout(60):
                while self._stage.sandbox.telegram.updates.polling:  # noqa: ASYNC110 - it rings no bell
                    await asyncio.sleep(0.005)


async def polling(stage: Stage, running: asyncio.Task[None] | None) -> None:
    """Wait until the bot asks for updates; fail at once where it has ended."""
    async with asyncio.timeout(60):
        while not stage.sandbox.telegram.updates.polling:
            if running is not None and running.done():
                running.result()
                raise AssertionError("the bot ended before it asked for updates")
            await asyncio.sleep(0.02)
