"""A small town before a sandbox: citizens who were welcomed, open polls, an official, the bot."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from sandbox.seed import Seed
from sandbox.server import Sandbox
from sandbox.server import Settings as SandboxSettings
from sandbox.server.limits import Limits
from sandbox.server.posting import Envelope, post
from services.organisation.importing import import_if_empty
from services.people.consent import ConsentKind
from services.people.model import Role
from services.polls.keys import PollKeys
from services.polls.model import Option, PollKind, PollStatus, plain_questions
from services.polls.reading import question_rows
from storage.database import open_database
from storage.people import grant_role
from storage.polls import add_poll
from storage.schema.appeals import appeal_events, appeals
from storage.schema.people import consents, people
from tests.agreed import agreed
from tests.hatchery import Hatchery, Program

ORGANISATION = Path(__file__).resolve().parents[2] / "services/organisation/demonstration.yaml"
FIRST = 20_001
OFFICIAL = 19_001
REGION = "71"
POLLS = 3
DECISION = 2  # the version at which each citizen's appeal was answered
WEBHOOK_RETRY = 0.05  # seconds, doubled from the second failure on
PATIENCE = 240.0  # seconds, on a machine that has other work too


@dataclass(slots=True)
class Scene:
    """The sandbox, the database and the people; the bot comes and goes."""

    sandbox: Sandbox
    folder: Path
    url: str
    hatchery: Hatchery
    citizens: range
    settings: dict[str, str] = field(default_factory=dict)
    polls: list[int] = field(default_factory=list)
    # Each citizen's answered appeal, which they may rate.
    answered: dict[int, int] = field(default_factory=dict)
    # A message of the bot in each chat, under which people tap.
    anchors: dict[int, int] = field(default_factory=dict)
    bot: Program | None = None

    @property
    def keys(self) -> PollKeys:
        """The keys of the polls."""
        return PollKeys(self.folder / "keys")

    def environment(self) -> dict[str, str]:
        """Return the settings of the bot."""
        return {
            "BOT_TOKEN": self.sandbox.token,
            "TELEGRAM_API": self.sandbox.bot_api,
            "DATABASE_URL": self.url,
            "KEYS_DIR": str(self.folder / "keys"),
            "CHARTS_DIR": str(self.folder / "charts"),
            "ORGANISATION_FILE": str(ORGANISATION),
            "MESSAGES_PER_SECOND": "1000",
            "FREE_MESSAGES_PER_SECOND": "1000",
            "LOG_LEVEL": "warning",
            "CLOCK_URL": "",
            "WEBHOOK_URL": "",
            "BACKUP_DIR": "",
            "ADMIN_IDS": "",
            **self.settings,
        }

    def hatch(self) -> Program:
        """Start the bot and return at once."""
        log = self.folder / "bot.log"
        self.bot = self.hatchery.hatch(self.environment(), "run", log=log)
        return self.bot

    def replica(self, name: str, **settings: str) -> Program:
        """Start one of several bots, of which the test takes care itself."""
        log = self.folder / f"{name}.log"
        return self.hatchery.hatch(self.environment() | settings, "run", log=log)

    async def start(self) -> Program:
        """Start the bot and wait until it asks for updates, or until it has set its webhook."""
        if self.settings.get("WEBHOOK_URL"):
            return await self._start_to_listen()
        updates = self.sandbox.telegram.updates
        await self.until(lambda: not updates.polling)  # the one that was killed
        answered = self.answered_questions
        bot = self.hatch()
        await self.until(lambda: updates.polling or self.answered_questions > answered)
        return bot

    async def kill(self) -> None:
        """Kill the bot as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Let the bot finish."""
        await self._end(signal.SIGTERM)

    @property
    def answered_questions(self) -> int:
        """How often a bot has been answered when it asked for updates."""
        return self.sandbox.telegram.calls.by_method["getUpdates"]

    async def until(
        self, condition: Callable[[], Any], seconds: float = PATIENCE, pause: float = 0.01
    ) -> None:
        """Wait for what the bot brings about; fail at once where it has ended."""
        async with asyncio.timeout(seconds):
            while not condition():
                if self.bot is not None and self.bot.ended.is_set():
                    raise AssertionError(f"the bot ended:\n{self.log()[-3000:]}")
                await asyncio.sleep(pause)

    def log(self) -> str:
        """Return what the bot has logged."""
        path = self.folder / "bot.log"
        return path.read_text() if path.exists() else ""

    async def _start_to_listen(self) -> Program:
        made = self.sandbox.telegram.calls.by_method
        before = made["setWebhook"]
        bot = self.hatch()
        await self.until(lambda: made["setWebhook"] > before)
        return bot

    async def _end(self, how: signal.Signals) -> None:
        bot, self.bot = self.bot, None
        if bot is not None:
            await bot.send(how)


@asynccontextmanager
async def open_scene(
    folder: Path,
    url: str,
    hatchery: Hatchery,
    citizens: int,
    polls: int = POLLS,
    **settings: str,
) -> AsyncIterator[Scene]:
    """Let a town of so many citizens be there, all of them met by the bot long ago."""
    numbers = range(FIRST, FIRST + citizens)
    inhabitants = [{"id": n, "first_name": "Айгүл", "started": True} for n in (OFFICIAL, *numbers)]
    seed = Seed.model_validate({"people": inhabitants})
    impatient = SandboxSettings(webhook_retry=WEBHOOK_RETRY)
    async with Sandbox(
        seed, bot_api_port=0, page_port=0, limits=Limits.off(), settings=impatient
    ) as sandbox:
        scene = Scene(sandbox, folder, url, hatchery, numbers, settings)
        db = await open_database(url)
        try:
            await db.write(settle, scene, polls, datetime.now(UTC))
        finally:
            await db.close()
        for number in numbers:
            chat = sandbox.telegram.private(number)
            scene.anchors[number] = post(
                sandbox.telegram, chat, {"text": "Сәлеметсіз бе!"}, Envelope()
            )["message_id"]
        try:
            yield scene
        finally:
            await scene.kill()


def settle(connection: Connection, scene: Scene, polls: int, now: datetime) -> None:
    """Write the organisation, the people, open polls, and an answered appeal of each citizen."""
    import_if_empty(connection, ORGANISATION, now.date())
    before = now - timedelta(days=3)
    numbers = [OFFICIAL, *scene.citizens]
    connection.execute(sa.insert(people), [_person(number, before) for number in numbers])
    given = [{"person_id": one, **agreed(kind)} for one in numbers for kind in ConsentKind]
    connection.execute(sa.insert(consents), given)
    grant_role(connection, OFFICIAL, Role.OFFICIAL.value, "mysalbaev", before)
    scene.polls = [_open_poll(connection, scene.keys, number, now) for number in range(polls)]
    connection.execute(sa.insert(appeals), list(_answered(scene.citizens, before)))
    rows = connection.execute(sa.select(appeals.c.person_id, appeals.c.id))
    scene.answered = {row.person_id: row.id for row in rows}
    events = [_answer(appeal, before) for appeal in scene.answered.values()]
    connection.execute(sa.insert(appeal_events), events)


def _person(number: int, at: datetime) -> dict[str, object]:
    told = {"region": REGION, "profile_asked_at": at}
    return {"id": number, "name": "Айгүл", "language": "kk", "joined_at": at, **told}


def _open_poll(connection: Connection, keys: PollKeys, number: int, now: datetime) -> int:
    draft = f"poll-{number}"
    values = {
        "draft_id": draft,
        "title_kk": "Жолдар қалай?",
        "title_ru": "Как дороги?",
        "target": {},
        "kind": PollKind.SECRET.value,
        "topic_class": "social",
        "wording_hash": "",
        "status": PollStatus.OPEN.value,
        "created_by": OFFICIAL,
        "launched_at": now,
        "closes_at": now + timedelta(days=10),
        "public_key": keys.create(draft).public_key,
    }
    texts = (("Жақсы", "Хорошо"), ("Орташа", "Средне"), ("Нашар", "Плохо"))
    options = [Option(position, kk, ru) for position, (kk, ru) in enumerate(texts)]
    questions = plain_questions("Жолдар қалай?", "Как дороги?", options)
    poll = add_poll(connection, values, *question_rows(questions))
    if poll is None:
        raise LookupError(draft)
    return poll


def _answered(citizens: range, at: datetime) -> Iterator[dict[str, object]]:
    for number in citizens:
        yield {
            "draft_id": f"answered-{number}",
            "number": f"25-{number:06}-0",
            "person_id": number,
            "language": "kk",
            "topic": "roads",
            "section": "roads",
            "region": REGION,
            "text": "Жол бұзылған.",
            "status": "answered",
            "version": DECISION,
            "registered_at": at,
            "counted_from": at.date(),
            "due_on": at.date(),
            "answer": "Жөнделді.",
            "answered_at": at,
            "answered_by": OFFICIAL,
        }


def _answer(appeal: int, at: datetime) -> dict[str, object]:
    event = {"version": DECISION, "kind": "answered", "at": at, "actor": OFFICIAL}
    return {"appeal_id": appeal, "details": {}, **event}
