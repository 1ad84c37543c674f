"""Counted polls with answers in words, written without counting anything."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from services.polls.model import PollStatus
from services.polls.reading import question_rows
from services.polls.results import Result, as_rows
from storage import polls as rows
from storage.schema.polls import poll_texts, polls


def keep(
    connection: Connection,
    result: Result,
    texts: Mapping[int, Sequence[str]] | None = None,
    *,
    by: int = 900,
) -> int:
    """Write a counted poll with these answers in words by question, and return its id."""
    poll = result.poll
    values = {
        "draft_id": f"counted-{poll.id}",
        "title_kk": poll.title_kk,
        "title_ru": poll.title_ru,
        "target": poll.target.as_json(),
        "kind": poll.passport.kind.value,
        "topic_class": poll.passport.topic_class,
        "wording_hash": poll.passport.wording_hash,
        "legal": poll.passport.legal,
        "sample": poll.passport.sample,
        "extended_from": poll.passport.extended_from,
        "invited": result.invited,
        "status": PollStatus.CLOSED.value,
        "created_by": by,
        "launched_at": poll.launched_at,
        "closes_at": poll.closes_at,
        "public_key": bytes(32),
    }
    poll_id = rows.add_poll(connection, values, *question_rows(poll.questions))
    assert poll_id is not None
    ended = {"frozen_at": result.ended_at, "closed_at": result.ended_at, "base": result.base}
    connection.execute(sa.update(polls).where(polls.c.id == poll_id).values(**ended))
    rows.put_results(connection, poll_id, as_rows(result))
    written = [
        {"poll_id": poll_id, "question": question, "number": number, "text": text}
        for question, words in (texts or {}).items()
        for number, text in enumerate(sorted(words))
    ]
    if written:
        connection.execute(sa.insert(poll_texts), written)
    return poll_id
