"""Keys that no poll needs: of launches that failed, and of processes that were killed."""

import asyncio
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from services.delivery.approval import ApprovalStatus
from services.polls.approving import subject_of
from services.polls.keys import PollKeys
from services.polls.model import PollStatus
from services.polls.reading import find_poll, poll_of_draft
from storage.approvals import latest_of
from storage.database import Database
from storage.poll_keys import holders_of

log = structlog.get_logger(__name__)

AFTER = timedelta(days=1)  # a launch takes seconds


async def sweep_keys(db: Database, keys: PollKeys, now: datetime) -> int:
    """Destroy the keys of more than a day ago that no poll needs; return how many."""
    before = now - AFTER
    swept = 0
    for name in await asyncio.to_thread(keys.names_before, before):
        if not await db.read(key_is_needed, name):
            await asyncio.to_thread(keys.destroy, name)
            log.info("A key that no poll needs is destroyed", draft=name)
            swept += 1
    await asyncio.to_thread(keys.sweep_passing, before)
    return swept


def key_is_needed(connection: Connection, draft_id: str) -> bool:
    """Tell whether this key is of a poll that is not closed, or of one that may yet open.

    The latter waits for an approval, or for its passphrases.
    """
    poll_id = poll_of_draft(connection, draft_id)
    found = None if poll_id is None else find_poll(connection, poll_id)
    if found is not None:
        return found.status is not PollStatus.CLOSED
    asked = latest_of(connection, subject_of(draft_id))
    if asked is not None and asked["status"] == ApprovalStatus.PENDING:
        return True
    return bool(holders_of(connection, draft_id))
