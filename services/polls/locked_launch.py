"""Opening polls whose two passphrases are set: by whoever set the second, or at the next tick."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.delivery.policy import Policy
from services.polls.approving import send_poll
from services.polls.draft import PollDraft
from services.polls.keys import PollKeys
from services.polls.two_keys import opened
from services.refusal import Refusal
from storage import poll_keys as rows
from storage.database import Database
from storage.outbox import tell

OPENED = "poll_key_opened"
REFUSED = "poll_key_refused"


async def launch_ready(db: Database, keys: PollKeys, policy: Policy, now: datetime) -> None:
    """Launch every poll whose passphrases are both set, and tell its author.

    One that would invite many waits for an approval then. One that cannot be launched any more
    (its closing time has passed, say) waits for its author to take it back, who is told why.
    """
    for row in await db.read(rows.ready_drafts):
        draft = PollDraft.of_json(row["draft"])
        author = row["created_by"]
        try:
            sent = await send_poll(
                db, keys, draft, policy=policy, created_by=author, now=now, at_work=False
            )
        except Refusal as refusal:
            await db.write(tell_refused, draft, author, refusal, now)
            continue
        if sent.poll is None:
            await db.write(opened, draft.id)
        await db.write(tell_opened, draft, author, approval=sent.poll is None, now=now)


def tell_opened(
    connection: Connection, draft: PollDraft, author: int, *, approval: bool, now: datetime
) -> None:
    """Tell the author that it is open, or waits for an approval. Key: (draft, version)."""
    payload = {**_named(draft), "approval": approval}
    tell(connection, author, OPENED, f"{OPENED}:{draft.id}:{draft.version}", payload, now)


def tell_refused(
    connection: Connection, draft: PollDraft, author: int, refusal: Refusal, now: datetime
) -> None:
    """Tell the author why it cannot be launched. Key: (draft, version)."""
    why = {"reason": refusal.message, "parameters": dict(refusal.parameters)}
    key = f"{REFUSED}:{draft.id}:{draft.version}"
    tell(connection, author, REFUSED, key, {**_named(draft), **why}, now)


def _named(draft: PollDraft) -> dict[str, Any]:
    title_kk, title_ru = draft.title
    return {"draft": draft.id, "title_kk": title_kk, "title_ru": title_ru}
