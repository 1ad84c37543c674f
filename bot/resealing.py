"""Bringing everything under the newest key of DATA_KEY, in small batches while people are served.

After a restart with a new first key the leader seals anew whatever is under an older key or under
none: rows, the tokens by which words are found, files. It may be killed at any time: what is left
is found again. `python -m bot keys rotate` does the same at once.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.kept_files import folders_of_copies, seal_folder_anew
from bot.nursery import Nursery
from services.appeals.search import index_anew, indexed_by_others
from services.audit.chain_keys import keep_secrets
from services.clock import Clock
from storage import vault
from storage.data_keys import all_under_newest, note_all_sealed
from storage.database import Database, is_away
from storage.sealed import Key, seal_anew, sealed_tables, under_others
from storage.vault import SealBroken

log = structlog.get_logger(__name__)

BATCH = 100  # rows: some 3 ms of the writing thread
APPEALS = 20  # whose tokens are made anew together: some 15 ms
PAUSE = 0.05  # seconds between batches while people are served


@dataclass(slots=True)
class Tally:
    """How many rows, appeals' words and files were brought under the newest key.

    `broken` are rows that no key opens: a key is missing, or somebody changed them.
    """

    rows: int = 0
    words: int = 0
    files: int = 0
    broken: int = 0


class Resealing:
    """The leader's job; without a key, and once all is done, it does nothing."""

    def __init__(
        self, attachments: Path | None, *, db: Database, clock: Clock, nursery: Nursery
    ) -> None:
        self._attachments = attachments
        self._db = db
        self._clock = clock
        self._nursery = nursery
        self._settled = not vault.is_locked()

    async def look(self) -> None:
        """Begin where something may be under another key; the tick does not wait for it."""
        if self._settled:
            return
        self._settled = True
        if not await self._db.read(all_under_newest):
            self._nursery.spawn(self._run(), "sealing anew", endless=True)

    async def _run(self) -> None:
        try:
            tally = await seal_all_anew(self._db, self._clock, self._attachments, PAUSE)
        except Exception as error:
            self._settled = False  # the next tick goes on
            if not is_away(error) and not isinstance(error, OSError):
                raise
            log.warning("sealing anew waits", kind=type(error).__name__)
        else:
            counts = {"rows": tally.rows, "words": tally.words, "files": tally.files}
            log.info("all is under the newest key", **counts) if not tally.broken else log.error(
                "rows are sealed under a key that is missing, or were changed", rows=tally.broken
            )


async def seal_all_anew(
    db: Database, clock: Clock, attachments: Path | None, pause: float = 0.0
) -> Tally:
    """Bring everything under the newest key, and note that it is, where all of it is."""
    tally = Tally()
    await db.write(keep_secrets, clock.now())
    for table in sealed_tables():
        await _table_anew(db, table.name, tally, pause)
    after = 0
    while appeals := await db.read(indexed_by_others, after, APPEALS):
        done = (db.write(index_anew, appeal) for appeal in appeals)
        outcomes = await asyncio.gather(*done, return_exceptions=True)
        _count(outcomes, tally)
        after = appeals[-1]
        await asyncio.sleep(pause)
    for folder in await asyncio.to_thread(folders_of_copies, attachments):
        tally.files += await asyncio.to_thread(seal_folder_anew, folder)
        await asyncio.sleep(pause)
    if not tally.broken:
        await db.write(note_all_sealed, clock.now())
    return tally


async def _table_anew(db: Database, table: str, tally: Tally, pause: float) -> None:
    after: Key | None = None
    while keys := await db.read(under_others, table, after, BATCH):
        try:
            tally.rows += await db.write(seal_anew, table, keys)
        except SealBroken:
            for key in keys:
                await _row_anew(db, table, key, tally)
        after = keys[-1]
        await asyncio.sleep(pause)


def _count(outcomes: Sequence[BaseException | None], tally: Tally) -> None:
    """Count what became of some appeals' words; raises what is no matter of keys."""
    for outcome in outcomes:
        if outcome is None:
            tally.words += 1
        elif isinstance(outcome, SealBroken):
            tally.broken += 1
        else:
            raise outcome


async def _row_anew(db: Database, table: str, key: Key, tally: Tally) -> None:
    try:
        tally.rows += await db.write(seal_anew, table, [key])
    except SealBroken:
        tally.broken += 1
