"""Launching a poll: from a draft to a question in everybody's chat."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from services.delivery.mailing import launch as start_mailing
from services.delivery.target import Target
from services.people.model import Role
from services.people.staff import require
from services.polls.composing import check_closing
from services.polls.draft import PollDraft
from services.polls.keys import PollKeys
from services.polls.model import PollKind, PollStatus, Question
from services.polls.payload import poll_payload
from services.polls.reading import find_poll, poll_of_draft, question_rows
from services.polls.statistics.trends import wording_hash
from services.refusal import N_, Refusal
from storage import polls as rows
from storage.database import Database

KIND = "poll"


def mailing_key(poll_id: int) -> str:
    """Return the natural key of the mailing that asks a poll's question."""
    return f"{KIND}:{poll_id}"


async def launch(
    db: Database, keys: PollKeys, draft: PollDraft, *, created_by: int, now: datetime
) -> int:
    """Make the key, then the poll, and return the poll's id; raises Refusal.

    The key comes first and is named by the draft, so that a launch that was interrupted finds it
    again. A draft that already is a poll gets no new key.
    """
    await db.read(require, created_by, Role.OPERATOR, Role.ADMINISTRATOR)
    launched = await db.read(poll_of_draft, draft.id)
    if launched is not None:
        return launched
    key = await asyncio.to_thread(keys.create, draft.id)
    return await db.write(
        launch_poll, draft, created_by=created_by, now=now, public_key=key.public_key
    )


def hash_of(questions: Sequence[Question]) -> str:
    """Return what stands for the wording of a whole poll, SHA-256 in hex."""
    parts = [
        wording_hash(
            [one.text_kk, one.text_ru],
            [[option.text_kk, option.text_ru] for option in one.options],
        )
        for one in questions
    ]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def launch_poll(
    connection: Connection,
    draft: PollDraft,
    *,
    created_by: int,
    now: datetime,
    public_key: bytes,
) -> int:
    """Make the draft a poll, start its mailing, and return the poll's id.

    One draft becomes one poll, however often it is launched. The key must be durable before.
    Raises Refusal: not staff, something is missing, the closing time is too near.

    Key: draft id.
    """
    require(connection, created_by, Role.OPERATOR, Role.ADMINISTRATOR)
    launched = rows.find_by_draft(connection, draft.id)
    if launched is not None:
        return launched
    poll_id = _write(connection, draft, created_by, now, public_key)
    found = find_poll(connection, poll_id)
    if found is None:
        raise LookupError(poll_id)
    start_mailing(
        connection,
        key=mailing_key(poll_id),
        kind=KIND,
        payload=poll_payload(found.poll),
        created_by=created_by,
        now=now,
        target=found.poll.target,
    )
    return poll_id


def _write(
    connection: Connection, draft: PollDraft, created_by: int, now: datetime, public_key: bytes
) -> int:
    if not draft.complete or draft.audience is None or draft.closes_at is None:
        raise Refusal(N_("Something is still missing in this poll."))
    check_closing(draft.closes_at, now)
    regions = (draft.audience.region,) if draft.audience.region else ()
    values = {
        "draft_id": draft.id,
        "title_kk": draft.question_kk,
        "title_ru": draft.question_ru,
        "target": Target(regions=regions).as_json(),
        "kind": PollKind.SECRET.value,
        "topic_class": "social",
        "wording_hash": hash_of(draft.questions),
        "status": PollStatus.OPEN.value,
        "created_by": created_by,
        "launched_at": now,
        "closes_at": draft.closes_at,
        "public_key": public_key,
    }
    poll_id = rows.add_poll(connection, values, *question_rows(draft.questions))
    if poll_id is None:
        # Another transaction launched it between the look and the write.
        poll_id = rows.find_by_draft(connection, draft.id)
    if poll_id is None:
        raise LookupError(draft.id)
    return poll_id
