import fcntl
import os
from pathlib import Path


class DatabaseInUse(Exception):  # noqa: N818 - it names a state of affairs, not a mistake
    """Another process works on this database; the message says which, in a full sentence."""


class FileLock:
    """The right to write to one SQLite file, held until released or until the process ends.

    The kernel holds the lock (``flock``), so no crash can leave it behind; the number in the
    file beside the database only tells people who holds it.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._file: int | None = None

    def acquire(self) -> None:
        """Take the lock at once, or raise DatabaseInUse."""
        file = os.open(lock_path(self._database), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.pread(file, 20, 0).decode(errors="replace").strip() or "unknown"
            os.close(file)
            raise DatabaseInUse(
                f"The database {self._database} is in use by another process (number {owner}). "
                "Stop that process first, or give this one a database of its own."
            ) from None
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        self._file = file

    def release(self) -> None:
        """Give the lock back; releasing twice is harmless."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None


def lock_path(database: Path) -> Path:
    """Return the path of the lock file beside a database file."""
    return database.with_name(f"{database.name}.lock")


def lock_holder(database: Path) -> int | None:
    """Return the number of the process that holds the lock of a database file, None if nobody."""
    try:
        file = os.open(lock_path(database), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.pread(file, 20, 0).strip()
        return int(owner) if owner.isdigit() else 0
    else:
        return None
    finally:
        os.close(file)
