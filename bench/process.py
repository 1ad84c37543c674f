"""Processes under measurement, and what they use."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
START_WITHIN = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """A running process that listens on a port."""

    pid: int
    port: int

    def cpu_seconds(self) -> float:
        """Return the processor time used so far, in all its threads."""
        return cpu_seconds(self.pid)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process used so far, in all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@asynccontextmanager
async def running(
    *arguments: str, environment: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run ``python -m ARGUMENTS`` until the end of the context."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "ignore",
        "-m",
        *arguments,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


@asynccontextmanager
async def started(
    *arguments: str, port: int, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Server]:
    """Run ``python -m ARGUMENTS`` until the end of the context, from the moment it listens."""
    async with running(*arguments, environment=environment) as process:
        await _listens(process, port)
        yield Server(process.pid, port)


async def _listens(process: asyncio.subprocess.Process, port: int) -> None:
    async with asyncio.timeout(START_WITHIN):
        while process.returncode is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
    raise ChildProcessError(f"it ended with {process.returncode} before it listened")
