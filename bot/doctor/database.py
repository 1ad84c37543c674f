"""The database: its tables, whether it can be written, who works on it, and the sender."""

import os
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import clock_of
from bot.doctor.finding import Finding
from bot.settings import Settings
from services.audit.verifying import Verdict, verify
from services.clock import Clock, SystemClock, local
from services.operations.heartbeat import Pulse, pulse
from storage import migrations
from storage.database import open_database
from storage.leader import leading_session
from storage.lock import lock_holder, lock_path
from storage.probe import check_writable

_LOOKED_AT = 2000  # rows of the audit


async def look_at_database(settings: Settings) -> AsyncIterator[Finding]:
    """Look at the tables; where they are in order also at the lock and the sender."""
    url = settings.database_url
    path = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None
    if path is not None and not path.exists():
        yield Finding("database", ok=True, words="none yet; `run` makes it")
        return
    tables = _tables(url)
    yield tables
    if not tables.ok:
        return
    clock = await _clock(settings)
    db = await open_database(url, lock=False)
    try:
        life = await db.read(pulse, clock.now())
        session = await db.read(leading_session) if path is None else None
        audit = _audit(await db.read(verify, newest=_LOOKED_AT))
    finally:
        await db.close()
    lost = life.lost(clock.now())
    yield _session_lock(session, lost=lost) if path is None else _file_lock(path, lost=lost)
    at_work = session is not None if path is None else lock_holder(path) is not None
    yield _sender(life, clock.now(), at_work=at_work)
    yield audit


def _audit(verdict: Verdict) -> Finding:
    """Say whether the newest rows of the audit are whole, and whether they are guarded."""
    if not verdict.intact:
        words = f"{verdict.troubles[0]}; python -m bot audit verify names all"
        return Finding("audit", ok=False, words=words)
    words = f"its newest {verdict.rows} rows are intact" if verdict.rows else "nothing in it yet"
    return Finding("audit", ok=True, words=words)


def _tables(url: str) -> Finding:
    try:
        current = migrations.current(url)
        if current is not None:
            check_writable(url)
    except (SQLAlchemyError, OSError) as error:
        words = f"{_reason(error)}: check DATABASE_URL, the disk and the rights of the bot's user"
        return Finding("database", ok=False, words=words)
    head = migrations.head()
    if current is None:
        words = "it is empty: python -m bot migrate, or restore a backup"
        return Finding("database", ok=False, words=words)
    if current != head:
        words = f"at revision {current}, this version needs {head}: python -m bot migrate"
        return Finding("database", ok=False, words=words)
    return Finding("database", ok=True, words=f"at revision {current}, can be written")


def _reason(error: SQLAlchemyError | OSError) -> str:
    cause = str(getattr(error, "orig", None) or error)
    if "readonly" in cause or "read-only" in cause:
        return "it is read-only"
    if "is full" in cause or "No space" in cause:
        return "its disk is full"
    return f"it cannot be opened ({type(error).__name__})"


def _file_lock(path: Path, *, lost: bool) -> Finding:
    holder, noted = lock_holder(path), _noted(lock_path(path))
    if holder is None:
        words = "free: no bot runs"
        if noted:
            words = f"left behind by process {noted}, which is gone; the next start takes it"
        return Finding("lock", ok=True, words=words)
    if not _lives(holder):
        words = (
            f"held, but not by process {noted or holder}, which is gone or in another container: "
            f"end the one that `fuser {lock_path(path)}` names"
        )
        return Finding("lock", ok=False, words=words)
    if lost:
        words = f"held by process {holder}, which gives no sign of life: restart the bot"
        return Finding("lock", ok=False, words=words)
    return Finding("lock", ok=True, words=f"held by process {holder}, the bot")


def _session_lock(session: int | None, *, lost: bool) -> Finding:
    if session is None:
        return Finding("lock", ok=True, words="free: no bot leads")
    if lost:
        words = (
            f"held by the server's process {session}, whose bot gives no sign of life: restart "
            f"that bot, or SELECT pg_terminate_backend({session})"
        )
        return Finding("lock", ok=False, words=words)
    return Finding("lock", ok=True, words=f"held by the leading bot (session {session})")


def _sender(life: Pulse, now: datetime, *, at_work: bool) -> Finding:
    if not life.waiting:
        return Finding("sender", ok=True, words="nobody waits for a message")
    if not at_work:
        words = "messages wait and no bot runs: python -m bot run"
        return Finding("sender", ok=False, words=words)
    if life.lost(now):
        since = f"{local(life.last):%Y-%m-%d %H:%M}" if life.last else "its start"
        words = f"messages wait and it has stood still since {since}: restart the bot"
        return Finding("sender", ok=False, words=words)
    return Finding("sender", ok=True, words="messages wait, and it is at work")


async def _clock(settings: Settings) -> Clock:
    try:
        return await clock_of(settings.clock_url)
    except (aiohttp.ClientError, TimeoutError):
        return SystemClock()


def _noted(lock: Path) -> str:
    return lock.read_text(errors="replace").strip() if lock.exists() else ""


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0) if process else None
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != 0
