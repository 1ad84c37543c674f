"""Polls as screens and jobs read them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.delivery.target import Target
from services.people.model import Person
from services.polls.model import (
    Launched,
    Option,
    OptionRole,
    Passport,
    Poll,
    PollKind,
    PollStatus,
    Question,
    QuestionType,
    Running,
)
from services.polls.payload import question_from, question_json
from services.polls.results import Result, of_rows
from storage import polls as rows

# The rest of a poll's life is hours to weeks: a longer list would not be read.
OPEN_LIMIT = 20
_SCANNED = 200


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


def polls_for(connection: Connection, person: Person, now: datetime) -> list[Poll]:
    """Return the open polls that this person may answer, by closing time."""
    polls = _polls(connection, rows.open_polls(connection, now, _SCANNED))
    return [poll for poll in polls if poll.target.takes(person)][:OPEN_LIMIT]


def running_polls(connection: Connection, now: datetime, limit: int = OPEN_LIMIT) -> list[Running]:
    """Return open polls with their participation, by closing time. Never any counts."""
    found = rows.open_polls(connection, now, limit)
    polls = _polls(connection, found)
    return [
        Running(poll, row["participation"], row["invited"])
        for poll, row in zip(polls, found, strict=True)
    ]


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


def results_with_wording(connection: Connection, wording_hash: str) -> list[Result]:
    """Return the latest counted polls whose questions have this wording, in no order."""
    return _results(connection, rows.polls_with_wording(connection, wording_hash, OPEN_LIMIT))


# What of a question has no column of its own.
_SETTINGS = ("least", "most", "scale", "random", "required", "skips", "photo")


def question_rows(questions: Sequence[Question]) -> tuple[list[dict[str, Any]], ...]:
    """Return the rows of the questions and those of their options, without the poll's id."""
    asked = [
        {
            "position": one.position,
            "code": one.code,
            "type": one.type.value,
            "text_kk": one.text_kk,
            "text_ru": one.text_ru,
            "settings": {name: question_json(one)[name] for name in _SETTINGS},
        }
        for one in questions
    ]
    options = [
        {
            "question": one.position,
            "position": option.position,
            "text_kk": option.text_kk,
            "text_ru": option.text_ru,
            "role": option.role.value,
        }
        for one in questions
        for option in one.options
    ]
    return asked, options


def _polls(connection: Connection, found: Sequence[RowMapping]) -> list[Poll]:
    ids = [row["id"] for row in found]
    options: dict[tuple[int, int], list[Option]] = defaultdict(list)
    for row in rows.options_of(connection, ids):
        role = OptionRole(row["role"])
        option = Option(row["position"], row["text_kk"], row["text_ru"], role)
        options[row["poll_id"], row["question"]].append(option)
    questions: dict[int, list[Question]] = defaultdict(list)
    for row in rows.questions_of(connection, ids):
        choices = tuple(options[row["poll_id"], row["position"]])
        questions[row["poll_id"]].append(_question(row, choices))
    return [_poll(row, tuple(questions[row["id"]])) for row in found]


def _question(row: RowMapping, options: tuple[Option, ...]) -> Question:
    parts: Mapping[str, Any] = row["settings"] | {
        "position": row["position"],
        "code": row["code"],
        "type": QuestionType(row["type"]),
        "text_kk": row["text_kk"],
        "text_ru": row["text_ru"],
        "options": options,
    }
    return question_from(parts)


def _poll(row: RowMapping, questions: tuple[Question, ...]) -> Poll:
    return Poll(
        id=row["id"],
        title_kk=row["title_kk"],
        title_ru=row["title_ru"],
        questions=questions,
        target=Target.of_json(row["target"]),
        launched_at=row["launched_at"],
        closes_at=row["closes_at"],
        passport=Passport(
            topic_class=row["topic_class"],
            kind=PollKind(row["kind"]),
            author=row["created_by"],
            approver=row["approved_by"],
            wording_hash=row["wording_hash"],
            legal=row["legal"],
            extended_from=row["extended_from"],
            sample=row["sample"],
            quotas=row["quotas"],
            verified=row["verified"],
        ),
        photo=row["photo"],
    )


def _results(connection: Connection, found: Sequence[RowMapping]) -> list[Result]:
    told: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in rows.results_of(connection, [row["id"] for row in found]):
        told[row["poll_id"]][row["key"]] = row["value"]
    return [
        of_rows(poll, row["frozen_at"], told[poll.id])
        for poll, row in zip(_polls(connection, found), found, strict=True)
    ]
