"""Surveys that were launched before a transcript begins."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from services.delivery.target import Target
from services.polls.draft import PollDraft
from services.polls.keys import PollKeys
from services.polls.launching import launch
from services.polls.model import Option, OptionRole, PollKind, Question, QuestionType, Scale, Skip
from storage.database import Database


async def ask_before(
    db: Database,
    keys: Path,
    identity: int,
    polls: list[dict[str, Any]],
    start_at: datetime,
) -> None:
    """Launch an operator's surveys; the invitations go out when the bot comes.

    Each has kk and ru (its titles), questions, and may have hours (until it closes), named and
    regions.
    """
    for number, each in enumerate(polls):
        draft = PollDraft(
            id=f"survey-{number}",
            title_kk=each["kk"],
            title_ru=each["ru"],
            questions=tuple(map(_question, range(len(each["questions"])), each["questions"])),
            target=Target(regions=tuple(each.get("regions", ()))),
            closes_at=start_at + timedelta(hours=each.get("hours", 48)),
            kind=PollKind.NAMED if each.get("named") else PollKind.SECRET,
            topic_class="social",
            photo=each.get("photo"),
        )
        await launch(db, PollKeys(keys), draft, created_by=identity, now=start_at)


def _question(position: int, told: dict[str, Any]) -> Question:
    """Return a question: its type, kk, ru and settings; options are [kk, ru] or [kk, ru, role]."""
    options = (_option(at, *parts) for at, parts in enumerate(told.get("options", ())))
    return Question(
        position=position,
        code=f"q{position + 1}",
        type=QuestionType(told["type"]),
        text_kk=told["kk"],
        text_ru=told["ru"],
        options=tuple(options),
        least=told.get("least", 1),
        most=told.get("most", 1),
        scale=Scale(**told["scale"]) if "scale" in told else None,
        random=told.get("random", False),
        required=told.get("required", True),
        skips=tuple(
            Skip(frozenset(chosen), target) for target, chosen in told.get("skips", {}).items()
        ),
    )


def _option(position: int, kk: str, ru: str, role: str = "plain") -> Option:
    return Option(position, kk, ru, OptionRole(role))
