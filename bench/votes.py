"""Taps of distinct people from the webhook to the durable commit and the reply.

The whole bot, the usual stack and a stateless echo stand side by side and take the same load in
turn, so that whatever else the machine does meets all three. ``vote_cpu_us`` is the processor
time of the whole bot per vote: it says what a core can do where the load's own core is the limit.
"""

import asyncio
import json
import statistics
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.figure import RUNS, Figure
from bench.load import SECRET, TOKEN
from bench.process import ROOT, Server, free_port, started
from bench.telegram import Telegram
from bench.town import count_ballots, found
from storage.database import open_database

FIGURES = (
    "votes_per_s",
    "vote_cpu_us",
    "votes_runner_per_s",
    "votes_usual_per_s",
    "votes_echo_per_s",
    "votes_to_usual",
    "votes_to_echo",
    "vote_p99_ms",
)
WARM_UP = 1_000
VOTES = 10_000
USUAL_VOTES = 2_000
PACE = 500  # votes per second where latency is measured
PACED = 5_000


@dataclass(frozen=True, slots=True)
class Run:
    """One round of load on one server."""

    per_second: float
    p99_ms: float
    cpu_us: float


async def push(server: Server, first: int, updates: int, *options: str) -> Run:
    """Push taps of people from ``first`` on; every one must be answered 200."""
    before = server.cpu_seconds()
    arguments = ["--updates", str(updates), "--first", str(first), *options]
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
    if said["statuses"] != {"200": updates}:
        raise AssertionError(f"not every vote was taken: {said['statuses']}")
    cpu = (server.cpu_seconds() - before) / updates * 1e6
    return Run(said["per_second"], said["p99_ms"], cpu)


@asynccontextmanager
async def whole_bot(folder: Path, people: int) -> AsyncIterator[Server]:
    """Run the product on a database of its own, by webhook."""
    port = free_port()
    url = f"sqlite:///{folder}/unqosu.db"
    await found(url, folder / "keys", people)
    async with Telegram() as telegram:
        environment = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API": telegram.url,
            "DATABASE_URL": url,
            "KEYS_DIR": str(folder / "keys"),
            "CHARTS_DIR": str(folder / "charts"),
            "WEBHOOK_URL": f"http://127.0.0.1:{port}/webhook",
            "WEBHOOK_SECRET": SECRET,
            "WEBHOOK_PORT": str(port),
            "LOG_LEVEL": "warning",
        }
        async with started("bot", "run", port=port, environment=environment) as server:
            yield server


@asynccontextmanager
async def peer(name: str, *arguments: str) -> AsyncIterator[Server]:
    """Run one of the peers."""
    port = free_port()
    async with started(f"bench.peers.{name}", str(port), *arguments, port=port) as server:
        yield server


async def measure(only: str | None = None) -> list[Figure]:
    """Measure all in turn, or the latency alone."""
    with TemporaryDirectory(dir=ROOT / "bench" / "results") as name:
        folder = Path(name)
        people = WARM_UP + RUNS * max(VOTES, PACED)
        if only == "vote_p99_ms":
            return [await _latency(folder, people)]
        figures = await _side_by_side(folder, people)
        if only is None:
            (folder / "calm").mkdir()
            figures.append(await _latency(folder / "calm", people))
        return [figure for figure in figures if only in {None, figure.name}]


async def _side_by_side(folder: Path, people: int) -> list[Figure]:
    async with AsyncExitStack() as stack:
        whole = await stack.enter_async_context(whole_bot(folder, people))
        runner = await stack.enter_async_context(peer("bare", f"{folder}/bare.db"))
        usual = await stack.enter_async_context(peer("usual", f"{folder}/usual.db"))
        echo = await stack.enter_async_context(peer("echo"))
        loads = [(whole, VOTES), (runner, VOTES), (usual, USUAL_VOTES), (echo, VOTES)]
        for server, _ in loads:
            await push(server, 1, WARM_UP)
        rounds = [
            [await push(server, WARM_UP + 1 + turn * VOTES, votes) for server, votes in loads]
            for turn in range(RUNS)
        ]
    await _check(folder, WARM_UP + RUNS * VOTES)
    rates = [[run.per_second for run in runs] for runs in rounds]
    return [
        _figure("votes_per_s", [run[0] for run in rates], "1/s", 2000),
        _figure("vote_cpu_us", [runs[0].cpu_us for runs in rounds], "us"),
        _figure("votes_runner_per_s", [run[1] for run in rates], "1/s"),
        _figure("votes_usual_per_s", [run[2] for run in rates], "1/s"),
        _figure("votes_echo_per_s", [run[3] for run in rates], "1/s"),
        _figure("votes_to_usual", [run[0] / run[2] for run in rates], "ratio", 4),
        _figure("votes_to_echo", [run[0] / run[3] for run in rates], "ratio"),
    ]


async def _latency(folder: Path, people: int) -> Figure:
    async with whole_bot(folder, people) as server:
        await push(server, 1, WARM_UP)
        runs = [
            await push(server, WARM_UP + 1 + turn * PACED, PACED, "--rate", str(PACE))
            for turn in range(RUNS)
        ]
    return _figure("vote_p99_ms", [run.p99_ms for run in runs], "ms", 50)


async def _check(folder: Path, votes: int) -> None:
    db = await open_database(f"sqlite:///{folder}/unqosu.db")
    try:
        kept = await db.read(count_ballots)
    finally:
        await db.close()
    if kept != votes:
        raise AssertionError(f"{votes} votes were confirmed, {kept} are kept")


def _figure(name: str, values: list[float], unit: str, target: float | None = None) -> Figure:
    return Figure(name, float(f"{statistics.median(values):.4g}"), unit, target)
