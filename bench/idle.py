"""A bot that nobody writes to: how soon it asks for updates, and what it holds then.

Memory counts as the kernel counts it: resident (VmRSS, which holds the pages of shared libraries
in full) and proportional (PSS, where those are shared out among the processes that use them).
``start_cpu_s`` is the processor time of a start, whatever else the machine does.
"""

import asyncio
import re
from pathlib import Path

from bench.figure import RUNS, Figure, middle
from bench.home import Home, new_home
from bench.process import cpu_seconds, running
from bench.telegram import Telegram

FIGURES = ("start_s", "start_cpu_s", "idle_mb", "idle_pss_mb")
REST = 3.0  # seconds from the first question until memory is looked at


async def measure(only: str | None = None) -> list[Figure]:
    """Start the bot on a database that is there, again and again."""
    with new_home() as home:
        await home.settle(1)
        runs = [await start(home) for _ in range(RUNS)]
    figures = [
        middle("start_s", [run[0] for run in runs], "s", 5),
        middle("start_cpu_s", [run[1] for run in runs], "s"),
        middle("idle_mb", [run[2] for run in runs], "MB", 240),
        middle("idle_pss_mb", [run[3] for run in runs], "MB"),
    ]
    return [figure for figure in figures if only in {None, figure.name}]


async def start(home: Home) -> tuple[float, float, float, float]:
    """Return seconds to the first getUpdates, of them on a core, then megabytes of both kinds."""
    clock = asyncio.get_running_loop()
    async with Telegram() as telegram:
        environment = home.environment(telegram.url, port=None)
        began = clock.time()
        async with running("bot", "run", environment=environment) as process:
            await telegram.asked.wait()
            took, cpu = clock.time() - began, cpu_seconds(process.pid)
            await asyncio.sleep(REST)
            own = Path(f"/proc/{process.pid}")
            resident = _megabytes(own / "status", "VmRSS")
            return took, cpu, resident, _megabytes(own / "smaps_rollup", "Pss")


def _megabytes(file: Path, name: str) -> float:
    """Return a line of the kernel, which counts in units of 1,024 bytes, in millions of bytes."""
    line = re.search(rf"^{name}:\s+(\d+) kB", file.read_text(), re.MULTILINE)
    if line is None:
        raise LookupError(name)
    return int(line[1]) * 1024 / 1e6
