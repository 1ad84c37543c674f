"""What officials have before them and what their answers came to, official by official."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection

from services.digests.period_facts import OfficialLine
from services.performance.rates import Counters, confirmed, on_time, rating
from services.roadmap.scope import Scope
from storage import performance as rows


def officials(
    connection: Connection,
    whose: Scope | Collection[str],
    first: date,
    last: date,
    day: date,
) -> tuple[OfficialLine, ...]:
    """Return a line for each official of a scope, or of those named by code, who has any number.

    open and overdue are of this moment, overdue meaning due before `day`; everything else is of
    the days first … last. The most overdue come first, then those with most before them.
    """
    codes = officials_of(connection, whose, day) if isinstance(whose, Scope) else whose
    wanted = sorted(set(codes))
    counted = rows.counters(connection, wanted, first, last)
    waiting = rows.waiting(connection, wanted, day)
    found = (
        _line(code, waiting.get(code, (0, 0)), Counters(**counted.get(code, {})))
        for code in wanted
        if code in counted or code in waiting
    )
    return tuple(sorted(found, key=rank))


def officials_of(connection: Connection, scope: Scope, day: date) -> tuple[str, ...]:
    """Return the codes of those who answer for something in the scope on this day.

    Whose sections reach beyond a place (a member of the Bureau) is not of that place.
    """
    if scope.everything:
        return tuple(sorted(rows.everybody(connection)))
    found = (code for area in scope.areas for code in rows.answering_in(connection, area, day))
    return tuple(sorted(set(found)))


def rank(line: OfficialLine) -> tuple[int, int, str]:
    """Return what lines are sorted by: the most overdue first, then the most open, then codes."""
    return -line.overdue, -line.open, line.official


def _line(code: str, waiting: tuple[int, int], counters: Counters) -> OfficialLine:
    return OfficialLine(
        code,
        *waiting,
        counters.answered,
        on_time(counters),
        confirmed(counters),
        rating(counters),
        counters.rated,
        counters.judged,
    )
