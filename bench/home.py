"""The whole bot at home: its folder, the process, and a load at its webhook."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.load import SECRET, TOKEN
from bench.process import ROOT, Server, free_port, started
from bench.telegram import Telegram
from bench.town import found
from storage.database import Database, open_database


@dataclass(frozen=True, slots=True)
class Run:
    """One round of load on one server."""

    per_second: float
    p99_ms: float
    cpu_us: float

    @property
    def core_share(self) -> float:
        """How much of a core the server used: near 1 it is the limit itself, below another is."""
        return self.per_second * self.cpu_us / 1e6


@dataclass(frozen=True, slots=True)
class Home:
    """A folder with all that the bot keeps."""

    folder: Path

    @property
    def url(self) -> str:
        """The address of the database."""
        return f"sqlite:///{self.folder}/unqosu.db"

    def environment(self, telegram: str, port: int | None) -> dict[str, str]:
        """Return the settings of a bot that lives here, by webhook where there is a port."""
        return {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API": telegram,
            "DATABASE_URL": self.url,
            "KEYS_DIR": str(self.folder / "keys"),
            "CHARTS_DIR": str(self.folder / "charts"),
            "WEBHOOK_URL": f"http://127.0.0.1:{port}/webhook" if port else "",
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_PORT": str(port or 8090),
            "MESSAGES_PER_SECOND": "1000",
            "FREE_MESSAGES_PER_SECOND": "1000",
            "LOG_LEVEL": "warning",
        }

    async def settle(self, inhabitants: int) -> None:
        """Make the database, with so many people and an open poll."""
        await found(self.url, self.folder / "keys", inhabitants)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Database]:
        """Open the database while the bot is not there."""
        db = await open_database(self.url)
        try:
            yield db
        finally:
            await db.close()

    async def must_hold(self, count: Callable[..., int], expected: int) -> None:
        """Raise AssertionError unless a query counts so many."""
        async with self.opened() as db:
            kept = await db.read(count)
        if kept != expected:
            raise AssertionError(f"{expected} were confirmed, {kept} are kept")


@contextmanager
def new_home() -> Iterator[Home]:
    """Give a home on the disk of this folder, for a while."""
    with TemporaryDirectory(dir=ROOT / "bench" / "results") as name:
        yield Home(Path(name))


@asynccontextmanager
async def whole_bot(home: Home, telegram: Telegram | None = None) -> AsyncIterator[Server]:
    """Run the product by webhook on a database that is there, before a Telegram."""
    port = free_port()
    async with AsyncExitStack() as stack:
        if telegram is None:
            telegram = await stack.enter_async_context(Telegram())
        environment = home.environment(telegram.url, port)
        yield await stack.enter_async_context(
            started("bot", "run", port=port, environment=environment)
        )


async def push(server: Server, first: int, people: int, *options: str) -> Run:
    """Push updates of people from ``first`` on; every one must be answered 200."""
    before = server.cpu_seconds()
    arguments = ["--people", str(people), "--first", str(first), *options]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.load",
        str(server.port),
        "/webhook",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    said: dict[str, Any] = json.loads(output)
    if set(said["statuses"]) != {"200"}:
        raise AssertionError(f"not every update was taken: {said['statuses']}")
    cpu = (server.cpu_seconds() - before) / said["updates"] * 1e6
    return Run(said["per_second"], said["p99_ms"], cpu)
