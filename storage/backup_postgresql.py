"""Copies of a PostgreSQL database, made by PostgreSQL's own programs."""

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import make_url

from storage.backup_verdict import BackupFailed
from storage.lock import DatabaseInUse

INSTALL = "It comes with PostgreSQL's client: apt-get install postgresql-client."
_LEAVING = 3.0  # seconds
_PAUSE = 0.1  # seconds
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def dump(url: str, file: Path, left_out: Sequence[str]) -> None:
    """Write one moment of a database, without the rows of some tables, into a file.

    Raises BackupFailed.
    """
    without = [f"--exclude-table-data={table}" for table in left_out]
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={file}"]
    _run("pg_dump", url, [*options, *without])


def read_dump(file: Path) -> None:
    """Read all of a copy. Raises BackupFailed if it is not one or not whole."""
    _run("pg_restore", None, [f"--file={os.devnull}", str(file)])


def refuse_while_used(url: str) -> None:
    """Raise DatabaseInUse where anybody else is connected to a database.

    A connection that was closed a moment ago is still listed for a while: that is waited for.
    """
    address = make_url(url).set(drivername="postgresql")
    import psycopg  # noqa: PLC0415  # a bot on SQLite does without it

    with psycopg.connect(
        address.render_as_string(hide_password=False), autocommit=True
    ) as connection:
        patience = time.monotonic() + _LEAVING
        others = connection.execute(OTHERS).fetchone()
        while others is not None and others[0] and time.monotonic() < patience:
            time.sleep(_PAUSE)
            others = connection.execute(OTHERS).fetchone()
    if others is not None and others[0]:
        raise DatabaseInUse(
            f"The database is in use: {others[0]} other connection(s). Stop every bot that works "
            "on it first."
        )


def restore_dump(url: str, file: Path) -> None:
    """Put a copy in the place of a database's tables, all or nothing. Raises BackupFailed."""
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", url, [*options, str(file)])


def _run(program: str, url: str | None, arguments: Sequence[str]) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupFailed(f"A backup of PostgreSQL needs the program {program}. {INSTALL}")
    environment = dict(os.environ)
    database = []
    if url is not None:
        # A password on a command line can be read by everyone on the machine.
        address = make_url(url).set(drivername="postgresql")
        if isinstance(address.password, str):
            environment["PGPASSWORD"] = address.password
            address = address._replace(password=None)
        database = [f"--dbname={address.render_as_string(hide_password=False)}"]
    done = subprocess.run(  # noqa: S603 - our own arguments
        [found, *database, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = " ".join(done.stderr.split()) or f"it ended with {done.returncode}"
        raise BackupFailed(f"{program} could not do its work: {reason}")
