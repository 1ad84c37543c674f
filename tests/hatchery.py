"""Programs that begin in a fraction of a second: children of one process that has imported all.

Python with everything in it costs three seconds of a core to start, a fork of a warm process none
of them: so hundreds of kills fit into minutes. Each child runs a module as `python -m` would,
from its first statement on.

`python -m tests.hatchery` reads one JSON line a child from standard input and answers with the
number of the process.
"""

import asyncio
import gc
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.late_models import build_now, quick_imports
from storage import vault

ROOT = Path(__file__).resolve().parents[1]
WARM = (
    "bot.commands.sandbox",
    "bot.doctor",
    "bot.logs",
    "bot.program",
    "alembic.command",
    "storage.advisory_lock",
    "storage.engine.postgresql_database",
    "storage.migrations",
    "tests.delivery.child",
    "tests.intake.counting_bot",
    "tests.storage.loader",
)
PATIENCE = 60.0  # seconds for what another process brings about
KILLED = -int(signal.SIGKILL)


class Program:
    """A program in a process of its own, and what it has said so far."""

    def __init__(self, number: int, log: Path) -> None:
        self._handle = os.pidfd_open(number)
        self._log = log
        self.pid = number
        self.ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._handle, self._end)

    @property
    def words(self) -> str:
        """What it has written to its output and to its errors."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    async def says(self, words: str) -> None:
        """Wait until it has said this."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.words and not self.ended.is_set():  # noqa: ASYNC110 - a file rings no bell
                await asyncio.sleep(0.02)
        assert words in self.words, self.words

    def strike(self, number: signal.Signals) -> None:
        """Send a signal, which ends up nowhere once the process has ended."""
        if not self.ended.is_set():
            signal.pidfd_send_signal(self._handle, number)

    async def send(self, number: signal.Signals) -> int:
        """Send a signal that ends it and return its status."""
        self.strike(number)
        return await self.end()

    async def end(self) -> int:
        """Wait until the process is no more and return its status."""
        await asyncio.wait_for(self.ended.wait(), PATIENCE)
        status = status_of(self._log)
        return int(status.read_text()) if status.exists() else KILLED

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._handle)
        os.close(self._handle)
        self.ended.set()


class Hatchery:
    """The warm process, as tests know it."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hatchery"],
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

    def hatch(
        self, environment: dict[str, str], *arguments: str, log: Path, module: str = "bot"
    ) -> Program:
        """Start a module with these variables and arguments; it speaks into the log."""
        if self._process.stdin is None:
            raise RuntimeError("the hatchery is not open")
        status_of(log).unlink(missing_ok=True)
        order = {
            "environment": environment,
            "module": module,
            "arguments": arguments,
            "log": str(log),
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Program(int(self._answer()), log)

    def _answer(self) -> str:
        return self._process.stdout.readline().strip() if self._process.stdout else ""


def status_of(log: Path) -> Path:
    """Return the file that holds the status of the program that spoke into a log."""
    return log.with_suffix(".status")


def main() -> None:
    """Import everything, then fork a program for each line."""
    with quick_imports():
        for name in WARM:
            importlib.import_module(name)
    methods, types = (importlib.import_module(f"aiogram.{part}") for part in ("methods", "types"))
    build_now(types.Update, types.Message, methods.SendMessage)
    build_now(methods.EditMessageText, methods.AnswerCallbackQuery)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for
    print("ready", flush=True)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            _become(**json.loads(line))
        print(number, flush=True)


def _become(environment: dict[str, str], module: str, arguments: list[str], log: str) -> None:
    """Run the program in this process and end it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(environment)
    # As `python -m bot` does itself; other modules are parts of tests and know no settings.
    key = os.environ.get("DATA_KEY")
    vault.use(vault.keyring(key) if key else None)
    os.chdir(Path(log).parent)  # there is no .env
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, output), (2, output)):
        os.dup2(source, target)
    sys.argv = [module, *arguments]
    if not hasattr(sys.modules.get(module), "__path__"):
        sys.modules.pop(module, None)  # else Python warns that it is there already
    status: Any = 1
    try:
        runpy.run_module(module, run_name="__main__")
        status = 0
    except SystemExit as end:
        status = end.code or 0
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        status_of(Path(log)).write_text(str(status))
        os._exit(status)


if __name__ == "__main__":
    main()
