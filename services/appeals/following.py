"""Appeals that a person has joined: what a follower sees, which is nothing about its citizen."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.appeals.model import AppealLine
from services.appeals.reading import appeal_line
from services.calendar.calendar import load_calendar
from services.clock import local_date
from services.refusal import N_, Refusal
from storage import appeal_followers as rows


@dataclass(frozen=True, slots=True)
class FollowedCard:
    """An appeal before somebody who has joined it; joins counts them all."""

    line: AppealLine
    joins: int
    answer: str | None
    answered_on: date | None


def count_followed(connection: Connection, person_id: int) -> int:
    """Return how many appeals a person has joined."""
    return rows.count_followed(connection, person_id)


def list_followed(
    connection: Connection, person_id: int, after: int | None, limit: int, today: date
) -> list[AppealLine]:
    """Return the appeals a person has joined, the newest first, from below the id `after` on."""
    calendar = load_calendar(connection, today)
    found = rows.followed_appeals(connection, person_id, after, limit)
    return [appeal_line(row, today, calendar) for row in found]


def followed_card(
    connection: Connection, appeal_id: int, person_id: int, today: date
) -> FollowedCard:
    """Return an appeal that the person has joined. Raises Refusal for any other."""
    appeal = rows.followed_appeal(connection, appeal_id, person_id)
    if appeal is None:
        raise Refusal(N_("You do not follow this appeal."))
    answered_at = appeal["answered_at"]
    return FollowedCard(
        appeal_line(appeal, today, load_calendar(connection, today)),
        appeal["joins"],
        appeal["answer"],
        local_date(answered_at) if answered_at else None,
    )
