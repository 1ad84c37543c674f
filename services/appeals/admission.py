"""Whether somebody may leave an appeal now: no ban, no flood, no surge of newcomers.

Whoever may not still reads, answers polls, sees and supplements their own appeals.
"""

from datetime import datetime
from html import escape

from sqlalchemy import Connection

from services.appeals.flood import require_no_flood
from services.appeals.surge import require_no_surge
from services.refusal import N_, Refusal
from services.text.length import shortened
from services.text.moments import day_and_time
from storage.bans import ban_in_force

_REASON = 500  # characters of it in a refusal; the message about the ban has all of it


def require_admitted(connection: Connection, person_id: int, now: datetime) -> None:
    """Raise Refusal, which says until when, where this person may not leave an appeal now."""
    require_not_banned(connection, person_id, now)
    require_no_flood(connection, person_id, now)
    require_no_surge(connection, person_id, now)


def require_not_banned(connection: Connection, person_id: int, now: datetime) -> None:
    """Raise Refusal where a ban of this person is in force.

    It says until when, why, and how to object; the reason is escaped for Telegram HTML.
    """
    ban = ban_in_force(connection, person_id, now)
    if ban is not None:
        raise Refusal(
            N_(
                "You cannot leave new appeals until: {time}.\nReason: {reason}\nYour earlier "
                "appeals, polls and news stay open to you. If you do not agree: /objection"
            ),
            time=day_and_time(ban["until"]),
            reason=escape(shortened(ban["reason"], _REASON)),
        )


def waiting_ahead(connection: Connection, person_id: int, now: datetime) -> Refusal | None:
    """Return the refusal that sending an appeal would meet now, None where none.

    Whoever is banned need not begin: raises Refusal.
    """
    require_not_banned(connection, person_id, now)
    try:
        require_no_flood(connection, person_id, now)
        require_no_surge(connection, person_id, now)
    except Refusal as refusal:
        return refusal
    return None
