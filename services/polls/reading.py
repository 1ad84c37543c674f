"""Polls as screens and jobs read them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.polls.model import Launched, Option, Poll, PollStatus, Result, Running
from storage import polls as rows

# The rest of a poll's life is hours to weeks: a longer list would not be read.
OPEN_LIMIT = 20


def find_poll(connection: Connection, poll_id: int) -> Launched | None:
    """Return a poll and how far it has come."""
    row = rows.find_poll(connection, poll_id)
    if row is None:
        return None
    poll = _polls(connection, [row])[0]
    return Launched(
        poll=poll,
        status=PollStatus(row["status"]),
        draft_id=row["draft_id"],
        public_key=row["public_key"],
        created_by=row["created_by"],
        frozen_at=row["frozen_at"],
    )


def poll_of_draft(connection: Connection, draft_id: str) -> int | None:
    """Return the id of the poll that this draft became, None where it was not launched."""
    return rows.find_by_draft(connection, draft_id)


def polls_for(connection: Connection, region: str | None, now: datetime) -> list[Poll]:
    """Return the open polls that a person of this region may answer, by closing time."""
    regions = [] if region is None else [region]
    return _polls(connection, rows.open_polls(connection, now, OPEN_LIMIT, regions=regions))


def running_polls(connection: Connection, now: datetime) -> list[Running]:
    """Return all open polls with their participation, by closing time. Never any counts."""
    found = rows.open_polls(connection, now, OPEN_LIMIT)
    polls = _polls(connection, found)
    return [Running(poll, row["participation"]) for poll, row in zip(polls, found, strict=True)]


def find_result(connection: Connection, poll_id: int) -> Result | None:
    """Return the result of a poll; None while it is not counted."""
    row = rows.find_poll(connection, poll_id)
    if row is None or row["base"] is None:
        return None
    return _results(connection, [row])[0]


def latest_results(connection: Connection, limit: int, before: int | None = None) -> list[Result]:
    """Return counted polls, the newest first; from the one after `before` on."""
    key = None
    if before is not None and (last := rows.find_poll(connection, before)) is not None:
        key = (last["frozen_at"], last["id"]) if last["frozen_at"] else None
    return _results(connection, rows.counted_polls(connection, limit, before=key))


def _polls(connection: Connection, found: Sequence[RowMapping]) -> list[Poll]:
    options: dict[int, list[Option]] = defaultdict(list)
    for row in rows.options_of(connection, [row["id"] for row in found]):
        option = Option(row["position"], row["text_kk"], row["text_ru"], row["difficult"])
        options[row["poll_id"]].append(option)
    return [
        Poll(
            id=row["id"],
            question_kk=row["question_kk"],
            question_ru=row["question_ru"],
            options=tuple(options[row["id"]]),
            region=row["region"],
            launched_at=row["launched_at"],
            closes_at=row["closes_at"],
        )
        for row in found
    ]


def _results(connection: Connection, found: Sequence[RowMapping]) -> list[Result]:
    votes: dict[int, list[int | None]] = defaultdict(list)
    for row in rows.options_of(connection, [row["id"] for row in found]):
        votes[row["poll_id"]].append(row["votes"])
    return [
        Result(
            poll=poll,
            base=row["base"],
            votes=_known(votes[poll.id]),
            ended_at=row["frozen_at"],
        )
        for poll, row in zip(_polls(connection, found), found, strict=True)
    ]


def _known(votes: Sequence[int | None]) -> tuple[int, ...] | None:
    known = [number for number in votes if number is not None]
    return tuple(known) if len(known) == len(votes) else None
