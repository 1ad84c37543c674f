"""What must be true of a quarter, found without the code that makes digests.

Days off are those of the law for 2026, written out; who answers for what is written out too; the
numbers are counted in the appeals and their history, by SQL.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from services.clock import ALMATY
from tests.unsealing import let_sql_open

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 4, 1), date(2026, 7, 1)
# 1 May, 7 May, 9 May on Monday the 11th, Qurban Ait; 8 May is moved to Saturday the 16th.
OFF = {date(2026, 5, day) for day in (1, 7, 8, 11, 27)}
WORKED = {date(2026, 5, 16)}
NIGHT = 21 * 60
BUREAU = {
    "mysalbaev": "water",
    "ulgibaev": "roads",
    "nobaeva": "utilities",
    "synaqova": "health",
    "nusqabaeva": "schools",
    "zhobabaev": "housing",
    "bolzhamov": "jobs",
    "oidanova": "ecology",
}
SECRETARY = "elestetov"
# Sections, region, district; None is all of them.
Area = tuple[str | None, str | None, str | None]
AREAS: dict[str, tuple[Area, ...]] = {
    **{official: ((section, None, None),) for official, section in BUREAU.items()},
    SECRETARY: ((None, None, None),),
    "qiyalbaev": ((None, None, None),),
    "dolbarova": ((None, "19", None),),
    "synamaev": ((None, "61", None),),
    "ulgilenova": ((None, "61", "615200"),),
    "late": ((None, "75", None),),
    "council-0": (("water", "61", None),),
    "council-1": (("roads", "61", "615200"),),
    "council-2": (("health", None, None),),
    "council-3": (("utilities", "19", "195200"), ("water", "19", None)),
    "council-4": (("housing", "10", None),),
    "council-5": (("schools", "75", "751100"),),
}
# Official, deputy, first day, first day back: one stands in for two, one chain, one across levels.
AWAY = (
    ("nobaeva", "mysalbaev", date(2026, 4, 13), date(2026, 4, 27)),
    ("synaqova", "nusqabaeva", date(2026, 5, 11), date(2026, 5, 29)),
    ("nusqabaeva", "zhobabaev", date(2026, 5, 18), date(2026, 5, 23)),
    ("dolbarova", "ulgilenova", date(2026, 6, 1), date(2026, 6, 15)),
    ("elestetov", "oidanova", date(2026, 5, 25), date(2026, 6, 5)),
)
NUMBERS = (
    "new",
    "answered",
    "open",
    "overdue",
    "due_soon",
    "disputed",
    "fresh",
    "unconfirmed",
    "escalated",
    "badly_rated",
)

Cells = dict[tuple[str, str, str | None], Counter[str]]


@dataclass(slots=True)
class Reader:
    """Who holds an official's account, and how they want digests now."""

    person: int
    official: str
    since: datetime
    minute: int = 8 * 60 + 30
    days_off: bool = False
    by_mail: bool = False


@dataclass(slots=True)
class Due:
    """The digests that should have gone out so far: (period, official, day)."""

    known: set[tuple[str, str, date]] = field(default_factory=set)

    def look(self, now: datetime, readers: Sequence[Reader]) -> set[tuple[str, str, date]]:
        """Return what goes out at this moment: due, and not known before."""
        day, minute = now.date(), now.hour * 60 + now.minute
        due = {
            (period, reader.official, day)
            for reader in readers
            for period in _periods(day)
            if reader.minute <= minute < NIGHT
            and reader.since <= datetime.combine(day, time(), ALMATY) + _minutes(reader.minute)
            and (_at_work(reader.official, day) or reader.days_off)
            and (is_worked(day) or (period == "daily" and reader.days_off))
            and (period in {"daily", "weekly"} or _of_the_bureau(reader.official, day))
        }
        new = due - self.known
        self.known |= new
        return new


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def is_worked(day: date) -> bool:
    """Tell whether this day is worked."""
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def last_worked(day: date) -> date:
    """Return the working day before this one."""
    day -= DAY
    while not is_worked(day):
        day -= DAY
    return day


def _periods(day: date) -> Iterator[str]:
    """Yield which digests come on a day."""
    yield "daily"
    if not is_worked(day):
        return
    before = last_worked(day)
    if before.isocalendar()[:2] != day.isocalendar()[:2]:
        yield "weekly"
    if before.month != day.month:
        yield "monthly"
        if day.month in {1, 4, 7, 10}:
            yield "quarterly"


def stands_for(official: str, day: date) -> set[str]:
    """Return the official and those for whom they act on a day."""
    return {official} | {away for away, *_ in AWAY if _acting(away, day) == official}


def _at_work(official: str, day: date) -> bool:
    return _acting(official, day) == official


def _acting(official: str, day: date) -> str:
    for away, deputy, since, until in AWAY:
        if away == official and since <= day < until:
            return _acting(deputy, day)
    return official


def _of_the_bureau(official: str, day: date) -> bool:
    return bool(stands_for(official, day) & {*BUREAU, SECRETARY})


def numbers_of(official: str, day: date, cells: Cells) -> dict[str, int]:
    """Return the numbers of the cells for which an official answers on a day."""
    areas = [area for each in stands_for(official, day) for area in AREAS[each]]
    total: Counter[str] = Counter()
    for place, counted in cells.items():
        if any(_lies(place, area) for area in areas):
            total.update(counted)
    # Another rating in the place of a bad one of earlier days takes one away; none is the least.
    return {name: max(total[name], 0) for name in NUMBERS}


def _lies(place: tuple[str, str, str | None], area: Area) -> bool:
    return all(wanted in {None, found} for wanted, found in zip(area, place, strict=True))


def cells(connection: Connection, day: date, since: date, until: date) -> Cells:
    """Count everything by section and place, as the tables are now."""
    let_sql_open(connection)
    found = connection.execute(
        sa.text(_COUNT),
        {
            "day": day.isoformat(),
            "soon": (day + 3 * DAY).isoformat(),
            "since": _moment(since),
            "until": _moment(until + DAY),
        },
    ).mappings()
    return {
        (row["section"], row["region"], row["district"]): Counter(
            {name: row[name] for name in NUMBERS}
        )
        for row in found
    }


def _moment(day: date) -> str:
    return datetime.combine(day, time(), ALMATY).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


_COUNT = """
WITH ratings AS (
    SELECT appeal_id, at, json_extract(opened(details), '$.rating') AS rating,
        lag(json_extract(opened(details), '$.rating')) OVER (
            PARTITION BY appeal_id ORDER BY version
        ) AS before
    FROM appeal_events WHERE kind = 'rated'
),
rated AS (
    SELECT appeal_id, sum((rating <= 2) - coalesce(before <= 2, 0)) AS badly_rated
    FROM ratings WHERE at >= :since AND at < :until GROUP BY appeal_id
),
happened AS (
    SELECT appeal_id,
        sum(kind = 'answered') AS answered,
        sum(kind = 'closed') AS unconfirmed,
        sum(kind = 'escalated') AS escalated
    FROM appeal_events WHERE at >= :since AND at < :until GROUP BY appeal_id
),
judged AS (
    SELECT *, status IN ('registered', 'in_work', 'disputed') AS waits FROM appeals
)
SELECT section, region, district,
    sum(registered_at >= :since AND registered_at < :until) AS new,
    coalesce(sum(answered), 0) AS answered,
    sum(waits) AS open,
    sum(waits AND due_on < :day) AS overdue,
    sum(waits AND due_on BETWEEN :day AND :soon) AS due_soon,
    sum(status = 'disputed') AS disputed,
    sum(status = 'registered') AS fresh,
    coalesce(sum(unconfirmed), 0) AS unconfirmed,
    coalesce(sum(escalated), 0) AS escalated,
    coalesce(sum(badly_rated), 0) AS badly_rated
FROM judged
LEFT JOIN happened ON happened.appeal_id = judged.id
LEFT JOIN rated ON rated.appeal_id = judged.id
GROUP BY section, region, district
"""
