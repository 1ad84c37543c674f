"""Polls that many have answered before a transcript begins."""

from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.mailing import END
from services.language import Language
from services.people.model import Person, Profile
from services.polls.ballot_box import BallotBox
from services.polls.keys import PollKeys
from services.polls.model import Answer, QuestionType, Stream
from services.polls.reading import running_polls
from storage.database import Database
from storage.delivery import MailingStatus
from storage.schema.delivery import mailings
from tests.transcripts.asked import ask_before

FIRST = 9_000_000  # the ids of those who answer and are never met


async def answer_before(
    db: Database,
    keys: Path,
    identity: int,
    polls: list[dict[str, Any]],
    start_at: datetime,
) -> None:
    """Launch an operator's polls, of which nobody is told any more, and let many answer.

    Each is as in `ask_before` and has answers: groups with region, times (how many people) and
    given (an option or the value of a scale for each question), and perhaps by: those of them
    who are in the transcript.
    """
    await ask_before(db, keys, identity, polls, start_at)
    await db.write(_end_invitations, start_at)
    box = BallotBox(db, PollKeys(keys))
    launched = {one.poll.title_kk: one.poll for one in await db.read(running_polls, start_at)}
    for each in polls:
        poll = launched[each["kk"]]
        stranger = FIRST
        for group in each["answers"]:
            answers = {
                number: Answer(value=given)
                if question.type is QuestionType.SCALE
                else Answer(chosen=(given,))
                for number, (question, given) in enumerate(
                    zip(poll.questions, group["given"], strict=True)
                )
            }
            known = list(group.get("by", ()))
            for number in range(group["times"]):
                stranger += 1
                person = known[number] if number < len(known) else stranger
                who = _person(person, group["region"])
                await box.submit(who, poll.id, answers, Stream.INVITED, start_at)


def _person(identity: int, region: str) -> Person:
    profile = Profile(region=region, asked=True)
    return Person(identity, "", Language.KAZAKH, "2026-11", profile=profile)


def _end_invitations(connection: Connection, at: datetime) -> None:
    values = {
        "status": MailingStatus.FINISHED.value,
        "finished_at": at,
        "progress_done": True,
        "reachable": 0,
        "cursor": END,
    }
    connection.execute(sa.update(mailings).values(**values))
