"""Digests that nobody says to have read: once again to the reader, then to the secretary.

Only working time counts: what came on Friday at 08:30 is brought up again on Monday at 08:30, and
stands in the executive secretary's digest from Tuesday on. Nobody is asked about a digest after
they have read a later one of its kind, while they are away, or after they have left.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import cache

from sqlalchemy import Connection, RowMapping

from services.calendar.calendar import load_calendar
from services.calendar.working_days import Calendar, due_date, next_working_day
from services.clock import ALMATY, local
from services.digests.due import NIGHT, USUAL
from services.digests.facts import UnreadDigest
from services.roadmap.responsibility import acting
from services.roadmap.scope import is_secretary
from storage import digest_delivery as rows
from storage.outbox import tell

KIND = "digest_unread"
MORNING = time(*divmod(USUAL, 60))
NOON = time(12)
# What lies further back is nobody's concern any more.
_LOOKING_BACK = timedelta(days=14)
_WORKING_DAYS = 2


def reminders_due(connection: Connection, now: datetime) -> bool:
    """Tell whether a reader is to be reminded now (a query)."""
    return bool(_due(connection, now))


def remind_of_unread(connection: Connection, now: datetime) -> int:
    """Remind each reader once of what they have not read a working day after it came; how many.

    What one reader is reminded of at the same time is one message.

    Key: digest, by the moment of its reminder.
    """
    due = _due(connection, now)
    for person, unread in due.items():
        ids = [row["id"] for row in unread]
        rows.note_reminded(connection, ids, now)
        payload = {
            "digests": [
                {
                    "digest": row["id"],
                    "period": row["period"],
                    "day": row["day"].isoformat(),
                    "channel": row["channel"],
                }
                for row in unread
            ]
        }
        tell(connection, person, KIND, f"{KIND}:{ids[0]}", payload, now)
    return len(due)


def unread_for_secretary(connection: Connection, day: date) -> tuple[UnreadDigest, ...]:
    """Return the officials no reader of whom has read a digest two working days after it came.

    Each with the first such day since they last read one; the executive secretary is left out,
    and so is who is away.
    """
    calendar = load_calendar(connection, day)
    first: dict[str, date] = {}
    for row in rows.unread(connection, day - _LOOKING_BACK, day):
        late = due_date(_counted(row["delivered_at"], calendar), _WORKING_DAYS, calendar) <= day
        if late and not rows.read_by_somebody(connection, row["official"], row["day"]):
            first.setdefault(row["official"], row["day"])
    return tuple(
        UnreadDigest(official, since)
        for official, since in first.items()
        if acting(connection, official, day) == official and not is_secretary(connection, official)
    )


def _due(connection: Connection, now: datetime) -> dict[int, list[RowMapping]]:
    """Return what to remind of now, by reader."""
    here = local(now)
    today = here.date()
    calendar = load_calendar(connection, today)
    found: dict[int, list[RowMapping]] = defaultdict(list)
    if here.time() >= NIGHT or not calendar.is_working(today):
        return found

    @cache
    def present(official: str) -> bool:
        return acting(connection, official, today) == official

    for row in rows.unread(connection, today - _LOOKING_BACK, today, reminded=False):
        due = _same_hour(row["delivered_at"], calendar)
        daytime = here.time() >= min(due.time(), MORNING)
        if due <= now and daytime and present(row["official"]):
            found[row["person_id"]].append(row)
    return found


def _same_hour(delivered: datetime, calendar: Calendar) -> datetime:
    """Return the same hour of the next working day."""
    here = local(delivered)
    return datetime.combine(next_working_day(here.date(), calendar), here.time(), ALMATY)


def _counted(delivered: datetime, calendar: Calendar) -> date:
    """Return the day from which it counts: what came in the afternoon counts from the next."""
    here = local(delivered)
    return here.date() if here.time() <= NOON else next_working_day(here.date(), calendar)
