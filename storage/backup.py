"""Copies of the whole database, made while it is at work, and the way back.

Tables marked ``info={"backup": False}`` are left empty in a copy: what is to be destroyed (the
ballots of secret polls) must not live on in yesterday's file. Of a table marked with a condition
the rows that it names are left out; PostgreSQL's dump knows whole tables only and leaves all out.
"""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage.backup_postgresql import dump, read_dump, refuse_while_used, restore_dump
from storage.backup_verdict import BackupFailed
from storage.engine.sqlite import open_for_reading, open_for_writing
from storage.engine.sqlite_database import path_of
from storage.lock import FileLock
from storage.schema import metadata

__all__ = [
    "BackupFailed",
    "backup",
    "backups",
    "moment_of",
    "restore",
    "rotate",
    "verify",
]

PREFIX = "unqosu-"
MOMENT = "%Y%m%dT%H%M%SZ"
NAME = re.compile(rf"{PREFIX}\d{{8}}T\d{{6}}Z\.(db|dump)")
PART = f"{PREFIX}*.part"  # copies that are being made, or were when their maker was killed


def backup(url: str, directory: Path, now: datetime) -> Path:
    """Copy a database, in use or not, into a new file of a directory and return its path.

    The copy holds one moment of the database, is readable by its owner only, and was opened and
    checked. Raises BackupFailed with a sentence; no file is left then.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = path_of(url)
    suffix = ".dump" if path is None else ".db"
    target = directory / f"{PREFIX}{now.astimezone(UTC).strftime(MOMENT)}{suffix}"
    part = target.with_name(f"{target.name}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        if path is None:
            dump(url, part, list(_left_out()))
        else:
            _copy(path, part)
        verify(part)
        _make_durable(part)
        part.replace(target)
        _make_durable(directory)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(f"The backup could not be made: {error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return target


def restore(url: str, file: Path, now: datetime) -> Path | None:
    """Put a copy in the place of a database, which nobody may use meanwhile.

    The copy is checked first. What the database held is kept aside in a file, whose path is
    returned; None where there was nothing. Raises BackupFailed with a sentence, and
    DatabaseInUse.
    """
    verify(file)
    path = path_of(url)
    if path is None:
        refuse_while_used(url)
        aside = backup(url, file.parent / "replaced", now)
        restore_dump(url, file)
        return aside
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    lock.acquire()
    try:
        return _put_in_place(file, path, now)
    except OSError as error:
        raise BackupFailed(f"The backup could not be restored: {error}.") from error
    finally:
        lock.release()


def verify(file: Path) -> None:
    """Open a copy and read all of it. Raises BackupFailed with a sentence."""
    if not file.is_file():
        raise BackupFailed(f"There is no backup {file}.")
    if not _is_sqlite(file):
        read_dump(file)
        return
    try:
        with closing(open_for_reading(file)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupFailed(f"The backup {file} is damaged: {error}.") from error
    if verdict != "ok" or not tables:
        raise BackupFailed(
            f"The backup {file} is damaged: {verdict if tables else 'it is empty'}."
        )


def backups(directory: Path) -> list[Path]:
    """Return the copies in a directory, the oldest first."""
    return sorted(path for path in directory.glob(f"{PREFIX}*") if NAME.fullmatch(path.name))


def moment_of(path: Path) -> datetime:
    """Return when a copy was made, as its name tells; aware, in UTC."""
    name = path.stem.removeprefix(PREFIX)
    return datetime.strptime(name, MOMENT).replace(tzinfo=UTC)


def rotate(directory: Path, keep: int) -> list[Path]:
    """Delete all copies in a directory but the newest ``keep``; return those deleted."""
    old = backups(directory)[: -keep or None]
    for path in old:
        path.unlink()
    return old


def _copy(path: Path, part: Path) -> None:
    if not path.is_file():
        raise BackupFailed(f"There is no database {path}.")
    with closing(open_for_reading(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)  # in one step: one moment, however much is written meanwhile
        target.execute("PRAGMA journal_mode = DELETE")
        if left_out := _left_out():
            target.execute("PRAGMA secure_delete = ON")
            for table, rows in left_out.items():
                target.execute(f'DELETE FROM "{table}" WHERE {rows}')  # noqa: S608 - our schema
            target.commit()
            target.execute("VACUUM")


def _left_out() -> dict[str, str]:
    """Return by table which of its rows are not in a copy, as a condition in SQL."""
    marks = {name: table.info.get("backup", True) for name, table in metadata.tables.items()}
    return {name: mark or "TRUE" for name, mark in marks.items() if mark is not True}


def _put_in_place(file: Path, path: Path, now: datetime) -> Path | None:
    part = path.with_name(f"{path.name}.restored")
    shutil.copyfile(file, part)
    part.chmod(0o600)
    _make_durable(part)
    aside = None
    if path.exists():
        _fold(path)
        moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        aside = path.with_name(f"{path.name}.replaced-{moment}")
        os.link(path, aside)
    for leftover in ("-wal", "-shm"):
        path.with_name(f"{path.name}{leftover}").unlink(missing_ok=True)
    part.replace(path)
    _make_durable(path.parent)
    return aside


def _fold(path: Path) -> None:
    # The old file must be whole without its log, in case this stops before the new one is there.
    try:
        with closing(open_for_writing(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return  # damaged, which is why it is being replaced


def _is_sqlite(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(16) == b"SQLite format 3\x00"


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
