"""Which of several processes runs the scheduler and the sender."""

from typing import Protocol

from sqlalchemy import Connection, text

from storage.database import Database

LEADING = 8_317_203  # the advisory lock that the leader holds

HELD = text(
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0 "
    "AND objid = :key AND objsubid = 1 "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Leader(Protocol):
    """This process's claim to be the one that ticks and sends."""

    async def acquire(self) -> bool:
        """Become the leader if nobody is; tell whether this process is the leader now."""

    async def held(self) -> bool:
        """Tell whether this process is still the leader; once lost, it must ``acquire`` again.

        Asks the server, and takes no answer within 3 seconds for a loss.
        """

    async def release(self) -> None:
        """Let another process lead; harmless when this one does not."""


class OnlyProcess:
    """The leader on SQLite: the file's lock has seen to it that there is no other process."""

    def __init__(self) -> None:
        self._leading = False

    async def acquire(self) -> bool:
        """Become the leader."""
        self._leading = True
        return True

    async def held(self) -> bool:
        """Tell whether this process leads."""
        return self._leading

    async def release(self) -> None:
        """Stop leading."""
        self._leading = False


def leader_of(database: Database) -> Leader:
    """Return this process's claim to lead, not yet made."""
    if database.dialect == "sqlite":
        return OnlyProcess()
    # Imported here: a bot on SQLite does without psycopg, some 20 MB.
    from storage.advisory_lock import AdvisoryLock  # noqa: PLC0415

    return AdvisoryLock(database.url)


def leading_session(connection: Connection) -> int | None:
    """Return the server process of the leader's session on PostgreSQL, None if nobody leads."""
    pid: int | None = connection.scalar(HELD, {"key": LEADING})
    return pid
