"""What all digests of a day share, read once."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from services.calendar.calendar import load_calendar
from services.calendar.working_days import previous_working_day
from services.clock import local_date
from services.digests.facts import RunningPoll
from services.roadmap.scope import Scope
from storage import digests as rows
from storage.campaigns import mandates, running
from storage.polls import open_polls

_POLLS = 3
# More than so many that belong to nobody are not looked at, nor told of.
_LOOKED_AT, _TOLD = 20_000, 1000


@dataclass(frozen=True, slots=True)
class Morning:
    """The day of a moment in Asia/Almaty.

    since: the working day before, on which most digests came the last time; begun: the first day
    of all on which anything was counted. unrouted: how many open appeals belong to nobody, by
    section, region and district.
    """

    day: date
    since: date
    begun: date | None
    polls: tuple[RunningPoll, ...]
    unrouted: tuple[tuple[str, str, str | None, int], ...]
    # Appeals that came as mandates of the election campaigns that run.
    mandates: int = 0

    def unrouted_in(self, scope: Scope) -> int:
        """Return how many of a scope belong to nobody, at most 1,000."""
        inside = (
            count
            for section, region, district, count in self.unrouted
            if scope.holds(section, region, district)
        )
        return min(_TOLD, sum(inside))


def read_morning(connection: Connection, now: datetime) -> Morning:
    """Return what the digests of this moment share."""
    day = local_date(now)
    return Morning(
        day,
        previous_working_day(day, load_calendar(connection, day)),
        rows.first_day(connection),
        _running_polls(connection, now),
        tuple(
            (row["section"], row["region"], row["district"], row["count"])
            for row in rows.unrouted(connection, _LOOKED_AT)
        ),
        _mandates(connection, day),
    )


def _mandates(connection: Connection, day: date) -> int:
    found = [row["id"] for row in running(connection, day)]
    return sum(mandates(connection, found).values()) if found else 0


def _running_polls(connection: Connection, now: datetime) -> tuple[RunningPoll, ...]:
    return tuple(
        RunningPoll(
            row["id"],
            row["title_kk"],
            row["title_ru"],
            row["participation"],
            row["closes_at"],
        )
        for row in open_polls(connection, now, _POLLS)
    )
