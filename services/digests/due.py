"""Which digests are due at a moment: a pure question to the tables, asked again each minute.

A digest goes out at its reader's minute (08:30 in Asia/Almaty where they chose none), or on the
bot's return later on the same day, but not at night and never for a past day. Daily ones come on
working days, and on days off to whoever asked for it; the others on the first working day of the
week, the month or the quarter. Days on which a deputy stands in are days off for who is away: the
deputy's digest tells of both. The natural key is (official, period, day, reader): no restart, no
jump of the clock and no other hour brings a second one.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from sqlalchemy import Connection

from services.calendar.calendar import load_calendar
from services.calendar.working_days import Calendar
from services.clock import ALMATY, local
from services.digests.model import Channel, Period
from services.organisation.directory import Body
from services.roadmap.responsibility import acting, stands_for
from services.roadmap.scope import is_secretary
from storage import digests_due as rows
from storage.organisation import body_of

# Minutes from midnight: the usual one, and what a reader may choose.
USUAL = 8 * 60 + 30
EARLIEST = 6 * 60
LATEST = 20 * 60 + 30
NIGHT = time(21, 0)
# Of the Bureau as a whole: for its members and the executive secretary.
OF_THE_WHOLE = frozenset({Period.MONTHLY, Period.QUARTERLY})

_DAY = timedelta(days=1)
_QUARTER = 3  # months


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that its reader does not have yet, from this minute of the day on.

    every_day: they get one on days off too.
    """

    official: str
    period: Period
    day: date
    person_id: int
    channel: Channel = Channel.TELEGRAM
    every_day: bool = False
    minute: int = USUAL

    @property
    def key(self) -> str:
        """Return the natural key under which it is told once."""
        return f"digest:{self.official}:{self.period}:{self.day.isoformat()}:{self.person_id}"


def due(
    connection: Connection, now: datetime, period: Period, *, reachable: bool = True
) -> tuple[Due, ...]:
    """Return the digests of a period that are to go out at this moment, by official and reader.

    reachable: to whom they can go, or else those that cannot go to anybody. Who became an official
    after their minute of this day begins with the next one.
    """
    here = local(now)
    day = here.date()
    if here.time() >= NIGHT:
        return ()
    calendar = load_calendar(connection, day)
    for_all = falls_on(period, day, calendar)
    if not for_all and period is not Period.DAILY:
        return ()
    minute = here.hour * 60 + here.minute

    @cache
    def present(official: str) -> bool:
        return acting(connection, official, day) == official

    return tuple(
        Due(
            row["official"],
            period,
            day,
            row["person_id"],
            Channel(row["channel"]),
            row["days_off"],
            row["minute"],
        )
        for row in rows.readers(connection, period.value, day, minute, USUAL, reachable=reachable)
        if ((for_all and present(row["official"])) or row["days_off"])
        and row["since"] <= _moment(day, row["minute"])
        and (period not in OF_THE_WHOLE or _of_the_bureau(connection, row["official"], day))
    )


def midnight(now: datetime) -> datetime:
    """Return the moment at which the day of a moment began in Asia/Almaty."""
    return datetime.combine(local(now).date(), time(), ALMATY)


def falls_on(period: Period, day: date, calendar: Calendar) -> bool:
    """Tell whether the digest of this period comes on this day to whoever chose nothing else."""
    if not calendar.is_working(day):
        return False
    first = begins(period, day)
    return not any(calendar.is_working(first + _DAY * gone) for gone in range((day - first).days))


def begins(period: Period, day: date) -> date:
    """Return the first day of the week, the month or the quarter of this day; the day itself."""
    match period:
        case Period.DAILY:
            return day
        case Period.WEEKLY:
            return day - _DAY * day.weekday()
        case Period.MONTHLY:
            return day.replace(day=1)
        case Period.QUARTERLY:
            return day.replace(month=day.month - (day.month - 1) % _QUARTER, day=1)


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), ALMATY)


def _of_the_bureau(connection: Connection, official: str, day: date) -> bool:
    """Tell whether this is a member or the executive secretary, or stands in for one."""
    return any(
        body_of(connection, each) == Body.BUREAU or is_secretary(connection, each)
        for each in stands_for(connection, official, day)
    )
