"""Counting the figures of a month from the same counters as the Bureau's digest."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, RowMapping

from services.digests.spread import at_tenths
from services.openness.figures import COUNTRY, Cell, Figures, last_day
from services.places.atlas import atlas
from services.roadmap.scope import Area
from storage import openness as rows

_HALF, _NINE_TENTHS = 5, 9


def count_month(connection: Connection, month: date) -> dict[Cell, Figures]:
    """Return the figures of the country, of all regions, and of topics that had anything.

    The days to an answer are unknown for a topic where some of its answers were counted before
    topics were told apart.
    """
    first, last = month, last_day(month)
    sums: dict[Cell, Counter[str]] = defaultdict(Counter)
    for row in rows.counted(connection, Area(), first, last):
        for cell in _cells(row):
            sums[cell].update({name: row[name] for name in row if name not in {"region", "topic"}})
    spans: dict[Cell, Counter[int]] = defaultdict(Counter)
    for row in rows.spans(connection, Area(), first, last):
        for cell in _cells(row):
            spans[cell][row["working_days"]] += row["count"]
    cells = {COUNTRY, *(Cell(region=code) for code in atlas().regions), *sums}
    return {cell: _figures(sums[cell], spans[cell]) for cell in sorted(cells)}


def _cells(row: RowMapping) -> Iterable[Cell]:
    yield COUNTRY
    yield Cell(region=row["region"])
    if row["topic"]:
        yield Cell(topic=row["topic"])


def _figures(sums: Mapping[str, int], spans: Mapping[int, int]) -> Figures:
    counts = {days: count for days, count in spans.items() if count}
    answered = sums.get("answered", 0)
    known = sum(counts.values()) == answered
    return Figures(
        registered=sums.get("registered", 0),
        answered=answered,
        in_time=max(sums.get("in_time", 0) - sums.get("disputed_in_time", 0), 0),
        judged=sum(sums.get(name, 0) for name in ("confirmed", "disputed", "unconfirmed")),
        confirmed=sums.get("confirmed", 0),
        rated=sums.get("rated", 0),
        rating_sum=sums.get("rating_sum", 0),
        median_days=at_tenths(counts, _HALF) if known else None,
        p90_days=at_tenths(counts, _NINE_TENTHS) if known else None,
    )
