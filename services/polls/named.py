"""Who answered what in a poll that was declared named, and in no other.

Whatever opens or keeps a name beside an answer asks for a `NamedPoll`, and none can be made of a
secret poll. Respondents of a named poll are warned before the first question.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from services.people.retention import TERMS, Kind
from services.polls.answers import answered
from services.polls.ballot import BallotForm, NotABallot, opener, voter_tag
from services.polls.keys import PollKey
from services.polls.model import Answer, Answers, Launched, PollKind, Question
from storage import poll_named as rows
from storage.database import Database

KEPT = timedelta(days=TERMS[Kind.NAMED_ANSWERS].days)  # after the poll has closed
_PAGE = 5000  # ballots opened at a time
_AT_ONCE = 5000  # rows deleted at a time


@dataclass(frozen=True, slots=True)
class NamedPoll:
    """A poll that was declared named; raises ValueError for any other."""

    launched: Launched

    def __post_init__(self) -> None:
        if self.launched.poll.passport.kind is not PollKind.NAMED:
            raise ValueError("nobody may learn who answered what in a secret poll")


@dataclass(frozen=True, slots=True)
class NamedAnswers:
    """What everybody answered in a named poll, by person."""

    of: NamedPoll
    answers: Mapping[int, Answers] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answered what in a named poll: the name and place are those of today."""

    name: str
    region: str | None
    district: str | None
    answers: Answers = field(repr=False)


async def open_named(
    db: Database, named: NamedPoll, key: PollKey, respondents: Sequence[int]
) -> NamedAnswers:
    """Open what these people answered in a frozen named poll; what is spoiled is left out."""
    poll = named.launched.poll
    found: dict[int, Answers] = {}
    for start in range(0, len(respondents), _PAGE):
        page = respondents[start : start + _PAGE]
        tags = {voter_tag(key.tag_key, poll.id, person): person for person in page}
        sealed = await db.read(rows.sealed_under, poll.id, list(tags))
        boxes = {tags[tag]: box for tag, box in sealed.items()}
        found |= await asyncio.to_thread(_opened, key.secret_key, poll.questions, boxes)
    return NamedAnswers(named, found)


def written(named: NamedAnswers, poll_id: int) -> dict[int, Any]:
    """Return by person what is kept of their answers; raises ValueError for another poll's."""
    if named.of.launched.poll.id != poll_id:
        raise ValueError("these are the answers of another poll")
    return {person: _as_json(answers) for person, answers in named.answers.items()}


def names_of(connection: Connection, poll_id: int) -> tuple[Respondent, ...]:
    """Return who answered what in a named poll; nothing 90 days after its closing."""
    return tuple(
        Respondent(row["name"], row["region"], row["district"], _of_json(row["answers"]))
        for row in rows.named_of(connection, poll_id)
    )


def forget_names(connection: Connection, now: datetime) -> int:
    """Delete some of who answered what in a poll closed 90 days ago; return how many.

    Key: poll.
    """
    due = rows.polls_with_names(connection, now - KEPT)
    return rows.delete_named(connection, due[0], _AT_ONCE) if due else 0


def names_due(connection: Connection, now: datetime) -> bool:
    """Tell whether `forget_names` would find something."""
    return bool(rows.polls_with_names(connection, now - KEPT))


def _opened(
    secret_key: bytes, questions: Sequence[Question], boxes: Mapping[int, bytes]
) -> dict[int, Answers]:
    open_one, form = opener(secret_key), BallotForm(questions)
    found: dict[int, Answers] = {}
    for person, sealed in boxes.items():
        try:
            ballot = form.decode(open_one(sealed))
        except NotABallot:
            continue
        # Whoever could write to the tables could call a secret poll named, but not what is sealed.
        if not ballot.named:
            continue
        answers = ballot.answers
        # As in the count: one answer that cannot be given spoils the ballot.
        if all(answered(questions[position], given) for position, given in answers.items()):
            found[person] = answers
    return found


def _as_json(answers: Answers) -> dict[str, Any]:
    return {
        str(position): {
            "chosen": list(answer.chosen),
            "value": answer.value,
            "number": answer.number,
            "text": answer.text,
        }
        for position, answer in sorted(answers.items())
    }


def _of_json(kept: Mapping[str, Any]) -> Answers:
    return {
        int(position): Answer(tuple(each["chosen"]), each["value"], each["number"], each["text"])
        for position, each in kept.items()
    }
