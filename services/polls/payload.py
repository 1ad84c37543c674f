"""A poll and its result as the JSON that rows and mailings carry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from services.delivery.target import Target
from services.polls.model import Passport, Poll, Question
from services.polls.results import Result, as_rows, of_rows

_QUESTION = TypeAdapter(Question)
_PASSPORT = TypeAdapter(Passport)


def question_json(question: Question) -> dict[str, Any]:
    """Return what `question_from` understands."""
    written: dict[str, Any] = _QUESTION.dump_python(question, mode="json")
    return written


def question_from(parts: Mapping[str, Any]) -> Question:
    """Return the question of its JSON."""
    return _QUESTION.validate_python(parts)


def poll_payload(poll: Poll) -> dict[str, Any]:
    """Return what `poll_from` understands."""
    return {
        "poll": poll.id,
        # What the mailing is called to its author.
        "title_kk": poll.title_kk,
        "title_ru": poll.title_ru,
        "questions": [question_json(question) for question in poll.questions],
        "target": poll.target.as_json(),
        "launched_at": poll.launched_at.isoformat(),
        "closes_at": poll.closes_at.isoformat(),
        "passport": _PASSPORT.dump_python(poll.passport, mode="json"),
        "photo": poll.photo,
    }


def poll_from(payload: Mapping[str, Any]) -> Poll:
    """Return the poll of a payload."""
    return Poll(
        id=payload["poll"],
        title_kk=payload["title_kk"],
        title_ru=payload["title_ru"],
        questions=tuple(question_from(parts) for parts in payload["questions"]),
        target=Target.of_json(payload["target"]),
        launched_at=datetime.fromisoformat(payload["launched_at"]),
        closes_at=datetime.fromisoformat(payload["closes_at"]),
        passport=_PASSPORT.validate_python(payload["passport"]),
        photo=payload["photo"],
    )


def result_payload(result: Result) -> dict[str, Any]:
    """Return what `result_from` understands."""
    return poll_payload(result.poll) | {
        "result": as_rows(result),
        "ended_at": result.ended_at.isoformat(),
    }


def result_from(payload: Mapping[str, Any]) -> Result:
    """Return the result of a payload."""
    ended_at = datetime.fromisoformat(payload["ended_at"])
    return of_rows(poll_from(payload), ended_at, payload["result"])
