"""Writing down what happened, however long the database is away."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from storage.database import ConnectionLost, Database

log = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 15.0


class Ledger:
    """The database, as the sender needs it: what was sent must not be forgotten.

    A full disk or a restarted server is waited out. Commands of the sender are safe to repeat:
    each names the state that it changes.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def write(
        self, command: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a command until the database takes it."""
        return await _patiently(lambda: self._db.write(command, *args, **kwargs))

    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query until the database answers."""
        return await _patiently(lambda: self._db.read(query, *args, **kwargs))

    async def erase(self) -> bool:
        """Leave no trace of deleted rows in the files; False if a query was in the way."""
        return await _patiently(lambda: self._db.scrub(anew=False))


async def _patiently(ask: Callable[[], Awaitable[T]]) -> T:
    pause = _FIRST_PAUSE
    while True:
        try:
            return await ask()
        except (OperationalError, ConnectionLost) as error:
            log.warning("the database is away", kind=type(error).__name__, seconds=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
