"""When a mailing may begin, and how long it takes; pure rules, Asia/Almaty."""

import re
from datetime import date, datetime, time, timedelta
from math import ceil

from services.clock import ALMATY, local, local_date
from services.delivery.quiet_hours import EVENING, MORNING, is_quiet, next_morning
from services.refusal import N_, Refusal
from services.text.dates import find_dates
from services.text.moments import day_and_time

FARTHEST = timedelta(days=60)
# A day and an hour are pressed: the whole hours at which mailings are sent.
HOURS = tuple(range(MORNING.hour, EVENING.hour))
# Without payment Telegram takes no more (Bots FAQ, broadcasting to users).
UNPAID = 30
_OFFERED = (time(18, 0), time(9, 0), time(12, 0), time(18, 0))
_TIME = re.compile(r"(?<![\d.])([01]?\d|2[0-3]):([0-5]\d)(?!\d)")


def offered(now: datetime) -> tuple[datetime, ...]:
    """Return today 18:00 while it is ahead, and tomorrow 09:00, 12:00 and 18:00."""
    today = local_date(now)
    days = (today, *([today + timedelta(days=1)] * 3))
    moments = [
        datetime.combine(day, hour, ALMATY) for day, hour in zip(days, _OFFERED, strict=True)
    ]
    return tuple(moment for moment in moments if moment > now)


def at_hour(day: date, hour: int) -> datetime:
    """Return the moment of this whole hour."""
    return datetime.combine(day, time(hour), ALMATY)


def last_day(now: datetime) -> date:
    """Return the last day on which a mailing may begin."""
    return local_date(now + FARTHEST)


def read_moment(text: str, now: datetime) -> datetime | None:
    """Return the moment that a text names: «25.11 14:30», «ертең 10:00», «завтра в 9:30».

    Without a day it is today's. None where no time is named, or several.
    """
    times = _TIME.findall(text)
    days = find_dates(_TIME.sub(" ", text), local_date(now)).days
    if len(times) != 1 or len(days) > 1:
        return None
    hour, minute = map(int, times[0])
    day = days[0] if days else local_date(now)
    return datetime.combine(day, time(hour, minute), ALMATY)


def check_start(at: datetime, now: datetime) -> None:
    """Raise Refusal for the past, for more than 60 days ahead, and for 21:00 to 09:00."""
    if at <= now:
        raise Refusal(N_("This time has already passed. Please choose a later one."))
    if at > now + FARTHEST:
        raise Refusal(
            N_("A mailing can be planned at most {days} days ahead."), days=FARTHEST.days
        )
    if is_quiet(at):
        raise Refusal(
            N_("Mailings are not sent from 21:00 to 09:00. The nearest time is: {time}"),
            time=day_and_time(next_morning(at)),
        )


def allowed_near(at: datetime) -> datetime:
    """Return the moment itself, or the end of the silence around it."""
    return next_morning(at) if is_quiet(at) else local(at)


def pace(per_second: float, *, paid: bool) -> float:
    """Return how many messages a second are sent at most, where the allowance is so many."""
    return per_second if paid else min(per_second, UNPAID)


def minutes_for(messages: int, per_second: int, *, paid: bool) -> int:
    """Return how long sending so many messages takes at this pace, in minutes rounded up."""
    return ceil(messages / (pace(per_second, paid=paid) * 60))
