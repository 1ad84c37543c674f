"""Opening polls whose two passphrases are set: by whoever set the second, or at the next tick."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.polls.draft import PollDraft
from services.polls.keys import PollKeys
from services.polls.launching import launch
from services.refusal import Refusal
from storage import poll_keys as rows
from storage.database import Database
from storage.outbox import tell

OPENED = "poll_key_opened"
REFUSED = "poll_key_refused"


async def launch_ready(db: Database, keys: PollKeys, now: datetime) -> None:
    """Launch every poll whose passphrases are both set, and tell its author.

    One that cannot be launched any more (its closing time has passed, say) waits for its author
    to take it back, who is told why.
    """
    for row in await db.read(rows.ready_drafts):
        draft = PollDraft.of_json(row["draft"])
        try:
            await launch(db, keys, draft, created_by=row["created_by"], now=now)
        except Refusal as refusal:
            await db.write(_tell, REFUSED, draft, row["created_by"], now, refusal)
        else:
            await db.write(_tell, OPENED, draft, row["created_by"], now)


def _tell(
    connection: Connection,
    kind: str,
    draft: PollDraft,
    author: int,
    now: datetime,
    refusal: Refusal | None = None,
) -> None:
    """Tell the author how it went. Key: (draft, kind)."""
    title_kk, title_ru = draft.title
    payload: dict[str, Any] = {"draft": draft.id, "title_kk": title_kk, "title_ru": title_ru}
    if refusal is not None:
        payload |= {"reason": refusal.message, "parameters": dict(refusal.parameters)}
    tell(connection, author, kind, f"{kind}:{draft.id}", payload, now)
