"""A poll and its result as the JSON that mailings carry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.polls.model import Option, Poll, Result


def poll_payload(poll: Poll) -> dict[str, Any]:
    """Return what `poll_from` understands."""
    return {
        "poll": poll.id,
        # What the mailing is called to its author.
        "title_kk": poll.question_kk,
        "title_ru": poll.question_ru,
        "options": [[option.text_kk, option.text_ru, option.difficult] for option in poll.options],
        "region": poll.region,
        "launched_at": poll.launched_at.isoformat(),
        "closes_at": poll.closes_at.isoformat(),
    }


def poll_from(payload: Mapping[str, Any]) -> Poll:
    """Return the poll of a payload."""
    return Poll(
        id=payload["poll"],
        question_kk=payload["title_kk"],
        question_ru=payload["title_ru"],
        options=tuple(
            Option(position, kk, ru, difficult)
            for position, (kk, ru, difficult) in enumerate(payload["options"])
        ),
        region=payload["region"],
        launched_at=datetime.fromisoformat(payload["launched_at"]),
        closes_at=datetime.fromisoformat(payload["closes_at"]),
    )


def result_payload(result: Result) -> dict[str, Any]:
    """Return what `result_from` understands."""
    return poll_payload(result.poll) | {
        "base": result.base,
        "votes": None if result.votes is None else list(result.votes),
        "ended_at": result.ended_at.isoformat(),
    }


def result_from(payload: Mapping[str, Any]) -> Result:
    """Return the result of a payload."""
    votes = payload["votes"]
    return Result(
        poll=poll_from(payload),
        base=payload["base"],
        votes=None if votes is None else tuple(votes),
        ended_at=datetime.fromisoformat(payload["ended_at"]),
    )
