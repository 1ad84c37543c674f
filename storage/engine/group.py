"""Running a group of commands in one transaction without letting them harm each other.

The commands of a group share a transaction and a durable commit. Three ways, each tried only
where the one before it could not go on:

1. **together**: one after the other. A command that raises before it has written anything (a
   refusal after a check, a violated key) costs nothing: its exception is its own, the group goes
   on.
2. **with savepoints**: a command raised after it had written, so what it wrote must go and only
   that. The group starts over with a savepoint before each command.
3. **alone**: the transaction itself failed (a deadlock, a full disk, a constraint at commit), and
   each command gets its own.

A command that found a key taken runs once more before it fails: where several processes write,
what it had looked for may have appeared just after it looked.

Starting over is safe because commands are functions of the database and nothing else, and nobody
hears of a result before the commit that holds it.
"""

import random
import time
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection

from storage.engine.job import CommandBroken, ConnectionLost, Job

PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)  # seconds before a command that fell to others runs again


class Line(Protocol):
    """A writing connection, as a group needs it."""

    @property
    def connection(self) -> Connection:
        """What commands are given."""

    def begin(self) -> None:
        """Open a transaction."""

    def commit(self) -> None:
        """Make the transaction durable."""

    def rollback(self) -> None:
        """Undo the transaction; harmless when there is none. Never raises."""

    def written(self) -> int:
        """Return a number that grows with each write of this connection."""

    def sound(self) -> bool:
        """Tell whether the open transaction is still open and able to commit."""

    def savepoint(self) -> None:
        """Mark this point of the transaction."""

    def release(self) -> None:
        """Forget the newest mark."""

    def rewind(self) -> None:
        """Undo everything since the newest mark and forget it."""

    def passing(self, error: BaseException | None) -> bool:
        """Tell whether a transaction fell to others (a deadlock), so that it may be repeated.

        Raises ConnectionLost when the connection is gone.
        """

    def raced(self, error: BaseException | None) -> bool:
        """Tell whether a key may have been taken by another process since a command looked."""


def settle(line: Line, jobs: Sequence[Job]) -> None:
    """Run a group until each of its jobs is settled.

    Raises what opening a transaction raises, and ConnectionLost; jobs not settled by then may be
    run again or failed by the caller.
    """
    if len(jobs) > 1 and (_together(line, jobs) or _with_savepoints(line, jobs)):
        return
    for job in jobs:
        if not job.settled:
            _alone(line, job)


def _together(line: Line, jobs: Sequence[Job]) -> bool:
    line.begin()
    for job in jobs:
        before = line.written()
        succeeded = job.attempt(line.connection)
        if not line.sound() or (not succeeded and line.written() != before):
            return _undo(line, job.error)
    return _commit(line, jobs)


def _with_savepoints(line: Line, jobs: Sequence[Job]) -> bool:
    line.begin()
    for job in jobs:
        try:
            if _attempt_in_savepoint(line, job):
                line.release()
            elif line.passing(job.error):
                return _undo(line, job.error)
            else:
                line.rewind()
        except ConnectionLost:
            raise
        except Exception as error:  # noqa: BLE001 - the mark went with the transaction
            return _undo(line, error)
    return _commit(line, jobs)


def _attempt_in_savepoint(line: Line, job: Job) -> bool:
    line.savepoint()
    if job.attempt(line.connection):
        return True
    if not line.raced(job.error):
        return False
    line.rewind()
    line.savepoint()
    return job.attempt(line.connection)


def _alone(line: Line, job: Job) -> None:
    raced = False
    for pause in (*PAUSES, None):
        line.begin()
        if job.attempt(line.connection):
            if not line.sound():
                job.error = CommandBroken(
                    "a command must not end its transaction itself, "
                    "nor go on after a database error outside of a savepoint"
                )
            elif _commit(line, [job]):
                return
        line.rollback()
        if not raced and line.raced(job.error):
            raced = True
            continue
        if pause is None or not line.passing(job.error):
            break
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - no secret, only dispersion
    job.settled = True


def _commit(line: Line, jobs: Sequence[Job]) -> bool:
    try:
        line.commit()
    except Exception as error:  # noqa: BLE001 - alone, it belongs to the caller
        jobs[-1].error = error
        return _undo(line, error)
    for job in jobs:
        job.settled = True
    return True


def _undo(line: Line, error: BaseException | None) -> bool:
    line.rollback()
    line.passing(error)
    return False
