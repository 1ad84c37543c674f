"""Time while people are awake: from 09:00 to 21:00 in Asia/Almaty; pure rules."""

from datetime import UTC, datetime, timedelta

from services.clock import ALMATY, local
from services.delivery.quiet_hours import EVENING, is_quiet, next_morning

# For so long a freed place is kept for one person; the nights do not count.
KEPT = timedelta(hours=24)
# Before a session; the second is sent the evening before where it would fall into the night.
DAY_BEFORE, SHORTLY_BEFORE = timedelta(days=1), timedelta(hours=2)
_LAST = timedelta(hours=1)


def awake(moment: datetime) -> datetime:
    """Return the moment itself, or in the night the morning after; in UTC."""
    return (next_morning(moment) if is_quiet(moment) else moment).astimezone(UTC)


def kept_until(since: datetime, span: timedelta = KEPT) -> datetime:
    """Return when so much waking time will have passed; in UTC."""
    at = local(awake(since))
    while (room := _evening(at) - at) < span:
        span -= room
        at = next_morning(_evening(at))
    return (at + span).astimezone(UTC)


def reminded_at(starts_at: datetime) -> tuple[datetime, datetime]:
    """Return when the reminders a day and two hours before a session are sent; in UTC.

    What would fall into the night is sent the morning after, or, where that would be too late,
    at 20:00 of the evening before.
    """
    first = awake(starts_at - DAY_BEFORE)
    second = starts_at - SHORTLY_BEFORE
    if is_quiet(second):
        here = local(second)
        evening = here if here.time() >= EVENING else here - timedelta(days=1)
        second = _evening(evening) - _LAST
    return first, second.astimezone(UTC)


def _evening(moment: datetime) -> datetime:
    return datetime.combine(local(moment).date(), EVENING, ALMATY)
