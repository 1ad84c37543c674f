"""Bots that begin in a fraction of a second: children of one process that has imported all.

Python with everything in it costs three seconds of a core to start, a fork of a warm process none
of them: so hundreds of kills fit into minutes. Each child is the product's own command line,
`bot run`, from its first statement on.

`python -m tests.faults.hatchery` reads one JSON line a child from standard input, the variables of
its environment, and answers with the number of the process.
"""

import asyncio
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
LOG = "BOT_LOG"  # the file into which a child speaks
WARM = (
    "bot.commands",
    "bot.program",
    "bot.logs",
    "alembic.command",
    "storage.engine.postgresql_database",
    "storage.migrations",
)
PATIENCE = 30.0  # seconds for a process to end


class RunningBot:
    """A bot in a process of its own."""

    def __init__(self, number: int) -> None:
        self._handle = os.pidfd_open(number)
        self.pid = number
        self.ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._handle, self._end)

    def send(self, number: signal.Signals) -> None:
        """Send a signal, which ends up nowhere once the process has ended."""
        if not self.ended.is_set():
            signal.pidfd_send_signal(self._handle, number)

    async def end(self, how: signal.Signals) -> None:
        """Send a signal and wait until the process is no more."""
        self.send(how)
        await asyncio.wait_for(self.ended.wait(), PATIENCE)

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._handle)
        os.close(self._handle)
        self.ended.set()


class Hatchery:
    """The warm process, as tests know it."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.hatchery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self._answer() != "ready":
            raise RuntimeError("the hatchery does not warm up")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(PATIENCE)

    def hatch(self, environment: dict[str, str]) -> RunningBot:
        """Start a bot with these settings."""
        if self._process.stdin is None:
            raise RuntimeError("the hatchery is not open")
        self._process.stdin.write(json.dumps(environment) + "\n")
        self._process.stdin.flush()
        return RunningBot(int(self._answer()))

    def _answer(self) -> str:
        return self._process.stdout.readline().strip() if self._process.stdout else ""


def main() -> None:
    """Import everything, then fork a bot for each line."""
    for name in WARM:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for
    print("ready", flush=True)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            _become_a_bot(json.loads(line))
        print(number, flush=True)


def _become_a_bot(environment: dict[str, str]) -> None:
    """Run the bot in this process and end it."""
    from bot.commands import main as command_line  # noqa: PLC0415 - warm by now

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(environment)
    os.chdir(Path(environment[LOG]).parent)  # there is no .env
    log = os.open(environment[LOG], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, log), (2, log)):
        os.dup2(source, target)
    status = 1
    try:
        status = command_line(["run"])
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
