"""Launching a poll: from a draft to a question in everybody's chat."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.delivery.territory import require_target
from services.people.deeds import Deed
from services.people.rights import Reached, authorise, entitled
from services.polls.checking import check
from services.polls.composing import check_closing
from services.polls.draft import PollDraft
from services.polls.invitations import begin_invitations
from services.polls.keys import PollKeys
from services.polls.model import PollStatus, Question
from services.polls.political import check_class
from services.polls.reading import poll_of_draft, question_rows
from services.polls.sampling import check_size, sample_of
from services.polls.statistics.trends import wording_hash
from services.polls.two_keys import key_of, opened
from services.refusal import N_, Refusal
from storage import polls as rows
from storage.database import Database


async def launch(
    db: Database, keys: PollKeys, draft: PollDraft, *, created_by: int, now: datetime
) -> int:
    """Make the key, then the poll, and return the poll's id; raises Refusal.

    The key comes first and is named by the draft, so that a launch that was interrupted finds it
    again. A draft that already is a poll gets no new key.
    """
    await db.read(authorise, created_by, Deed.LAUNCH_POLL)
    launched = await db.read(poll_of_draft, draft.id)
    if launched is not None:
        return launched
    public_key = await key_of(db, keys, draft)
    return await db.write(
        launch_poll, draft, created_by=created_by, now=now, public_key=public_key
    )


def hash_of(questions: Sequence[Question]) -> str:
    """Return what stands for the wording of a whole poll, SHA-256 in hex."""
    return hashlib.sha256("".join(map(_hash_of_one, questions)).encode()).hexdigest()


def launch_poll(
    connection: Connection,
    draft: PollDraft,
    *,
    created_by: int,
    now: datetime,
    public_key: bytes,
    approved_by: int | None = None,
    at_work: bool = True,
) -> int:
    """Make the draft a poll, begin to invite people, and return the poll's id.

    One draft becomes one poll, however often it is launched. The key must be durable before.
    at_work: False where it opens later, in the name of who prepared it.
    Raises Refusal: not staff, something is missing, the closing time is too near.

    Key: draft id.
    """
    # Who asked for an approval need not be at work when it is given.
    ask = authorise if at_work and approved_by is None else entitled
    reached = ask(connection, created_by, Deed.LAUNCH_POLL)
    launched = rows.find_by_draft(connection, draft.id)
    if launched is not None:
        return launched
    _check(connection, reached, draft, created_by, now)
    values = _values(draft, now) | {
        "sample": None if draft.sample is None else sample_of(draft.sample, public_key),
        "created_by": created_by,
        "approved_by": approved_by,
        "public_key": public_key,
    }
    poll_id = rows.add_poll(connection, values, *question_rows(draft.questions))
    if poll_id is None:
        # Another transaction launched it between the look and the write.
        poll_id = rows.find_by_draft(connection, draft.id)
        if poll_id is None:
            raise LookupError(draft.id)
        return poll_id
    if draft.two_keys:
        opened(connection, draft.id)
    begin_invitations(connection, poll_id, now)
    record(
        connection,
        who=created_by,
        what=Deed.LAUNCH_POLL,
        on=f"poll:{poll_id}",
        now=now,
        key="",
        approved_by=approved_by,
    )
    return poll_id


def check_launch(
    connection: Connection,
    draft: PollDraft,
    created_by: int,
    now: datetime,
    *,
    at_work: bool = True,
) -> None:
    """Raise Refusal unless the draft can become a poll of this author now (a query)."""
    ask = authorise if at_work else entitled
    reached = ask(connection, created_by, Deed.LAUNCH_POLL)
    _check(connection, reached, draft, created_by, now)


def _check(
    connection: Connection, reached: Reached, draft: PollDraft, created_by: int, now: datetime
) -> None:
    if not draft.complete or draft.target is None or draft.closes_at is None:
        raise Refusal(N_("Something is still missing in this poll."))
    require_target(reached, draft.target)
    check(draft)
    check_closing(draft.closes_at, now)
    check_class(connection, draft.topic_class, draft.legal, created_by)
    if draft.sample is not None:
        check_size(draft.sample)


def _values(draft: PollDraft, now: datetime) -> dict[str, Any]:
    if draft.target is None:
        raise Refusal(N_("Something is still missing in this poll."))
    title_kk, title_ru = draft.title
    return {
        "draft_id": draft.id,
        "title_kk": title_kk,
        "title_ru": title_ru,
        "photo": draft.photo,
        "target": draft.target.as_json(),
        "kind": draft.kind.value,
        "topic_class": draft.topic_class,
        "wording_hash": hash_of(draft.questions),
        "legal": draft.legal,
        "quotas": draft.quotas,
        "two_keys": draft.two_keys,
        "verified": draft.verified,
        "status": PollStatus.OPEN.value,
        "launched_at": now,
        "closes_at": draft.closes_at,
    }


def _hash_of_one(question: Question) -> str:
    texts = [[option.text_kk, option.text_ru] for option in question.options]
    if (scale := question.scale) is not None:
        texts += [[scale.low_kk, scale.low_ru], [scale.high_kk, scale.high_ru]]
    return wording_hash([question.text_kk, question.text_ru], texts)
