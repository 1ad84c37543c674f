"""Whether somebody may leave an appeal now: no ban, and no flood.

Whoever may not still reads, answers polls, sees and supplements their own appeals.
"""

from datetime import datetime

from sqlalchemy import Connection

from services.appeals.flood import require_no_flood
from services.refusal import N_, Refusal
from services.text.moments import day_and_time
from storage.bans import ban_in_force


def require_admitted(connection: Connection, person_id: int, now: datetime) -> None:
    """Raise Refusal, which says until when, where this person may not leave an appeal now."""
    ban = ban_in_force(connection, person_id, now)
    if ban is not None:
        raise Refusal(
            N_(
                "You cannot leave new appeals until: {time}. The reason was sent to you in a "
                "message. Your earlier appeals, polls and news stay open to you."
            ),
            time=day_and_time(ban["until"]),
        )
    require_no_flood(connection, person_id, now)


def refused_now(connection: Connection, person_id: int, now: datetime) -> Refusal | None:
    """Return the refusal that sending an appeal would meet now, None where none."""
    try:
        require_admitted(connection, person_id, now)
    except Refusal as refusal:
        return refusal
    return None
