"""Which figures of a month are told: nothing under ten, and nothing from which that follows.

Regions add up to the country, and so do topics: what is left out of either is together nothing or
at least ten again (services.digests.hiding, the rule of the Bureau's digest, so that the open
figures never tell more of a region than it does). Figures of a topic in one region are not kept
at all. A share is exact only where both of its sides pass the same rule; otherwise a bound that
follows from the base stands there, but only where all of a side that are not exact have one and
their sum leaves room: a bound says that fewer than ten decide. What was once hidden in a month
stays hidden when it is corrected: nothing follows from comparing what was told before and after.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from services.digests.hiding import SMALLEST, told
from services.openness.figures import (
    COUNTRY,
    Cell,
    Figures,
    Measure,
    Month,
    Share,
    Told,
    per_cent,
    rating_of,
)

# Below this base a bound would say next to nothing.
BOUND_FROM = 2 * SMALLEST

_Count = Callable[[Figures], int]
# What must pass the rule for a measure to be told.
_COUNTS: Mapping[Measure, tuple[_Count, ...]] = {
    Measure.REGISTERED: (lambda figures: figures.registered,),
    Measure.ANSWERED: (lambda figures: figures.answered,),
    Measure.DAYS: (lambda figures: figures.answered,),
    Measure.IN_TIME: (
        lambda figures: figures.answered,
        lambda figures: figures.in_time,
        lambda figures: figures.answered - figures.in_time,
    ),
    Measure.JUDGED: (lambda figures: figures.judged,),
    Measure.CONFIRMED: (
        lambda figures: figures.judged,
        lambda figures: figures.confirmed,
        lambda figures: figures.judged - figures.confirmed,
    ),
    Measure.RATED: (lambda figures: figures.rated,),
}


@dataclass(frozen=True, slots=True)
class _Share:
    """A share: how it is told exactly or as a bound, and what it is of."""

    exact: Measure
    bound: Measure
    base: Measure
    whole: _Count
    part: _Count


_IN_TIME = _Share(
    Measure.IN_TIME,
    Measure.IN_TIME_BOUND,
    Measure.ANSWERED,
    lambda figures: figures.answered,
    lambda figures: figures.in_time,
)
_CONFIRMED = _Share(
    Measure.CONFIRMED,
    Measure.CONFIRMED_BOUND,
    Measure.JUDGED,
    lambda figures: figures.judged,
    lambda figures: figures.confirmed,
)


def told_of(
    month: Month, before: Mapping[Cell, Collection[Measure]] | None = None
) -> dict[Cell, frozenset[Measure]]:
    """Return which measures of each cell are told; before: those told until a correction."""
    found: dict[Cell, set[Measure]] = {cell: set() for cell in month}
    for measure, counts in _COUNTS.items():
        may = {
            cell for cell in month if before is None or measure in before.get(cell, frozenset())
        }
        passed = set.intersection(
            *(_passing(month, count, may, corrected=before is not None) for count in counts)
        )
        for cell in passed:
            found[cell].add(measure)
    for share in (_IN_TIME, _CONFIRMED):
        for side in _sides(month):
            for cell in _bounded(month, share, side, found, before):
                found[cell].add(share.bound)
    return {cell: frozenset(measures) for cell, measures in found.items()}


def tell(figures: Figures, measures: Collection[Measure]) -> Told:
    """Return what everybody may read of a cell of which these measures are told."""
    answered = figures.answered if Measure.ANSWERED in measures else None
    judged = figures.judged if Measure.JUDGED in measures else None
    rated = Measure.RATED in measures
    days = Measure.DAYS in measures
    return Told(
        registered=figures.registered if Measure.REGISTERED in measures else None,
        answered=answered,
        median_days=figures.median_days if days else None,
        p90_days=figures.p90_days if days else None,
        in_time=_told_share(figures, answered, measures, _IN_TIME),
        judged=judged,
        confirmed=_told_share(figures, judged, measures, _CONFIRMED),
        rated=figures.rated if rated else None,
        rating=rating_of(figures) if rated else None,
    )


def _passing(month: Month, count: _Count, may: Collection[Cell], *, corrected: bool) -> set[Cell]:
    """Return the cells whose count may stand beside all the others.

    Where a correction would hide one more to cover a small one, a whole side is hidden: the value
    that stood there before would give the small one away.
    """
    total = count(month[COUNTRY])
    if total < SMALLEST or COUNTRY not in may:
        return set()
    passed = {COUNTRY}
    for side in _sides(month)[1:]:
        counts = [(cell, count(month[cell])) for cell in side if cell in may]
        found = told(counts, total).keys()
        enough = sum(number >= SMALLEST for _cell, number in counts)
        if not corrected or len(found) == enough:
            passed |= found
    return passed


def _sides(month: Month) -> tuple[list[Cell], list[Cell], list[Cell]]:
    """Return the country, its regions, its topics."""
    regions = sorted(cell for cell in month if cell.region)
    topics = sorted(cell for cell in month if cell.topic)
    return [COUNTRY], regions, topics


def _bounded(
    month: Month,
    share: _Share,
    side: list[Cell],
    told: Mapping[Cell, Collection[Measure]],
    before: Mapping[Cell, Collection[Measure]] | None,
) -> list[Cell]:
    """Return the cells of a side of which a bound is told: all that are not exact, or none."""
    found = [
        cell
        for cell in side
        if share.base in told[cell]
        and share.exact not in told[cell]
        and share.whole(month[cell]) >= BOUND_FROM
    ]
    if before is not None and any(share.bound not in before.get(cell, ()) for cell in found):
        return []
    parts = [share.part(month[cell]) for cell in found]
    others = [share.whole(month[cell]) - share.part(month[cell]) for cell in found]
    summed = share.exact in told[COUNTRY]
    return found if any(_few(counts, summed=summed) for counts in (parts, others)) else []


def _few(counts: Collection[int], *, summed: bool) -> bool:
    """Tell whether it may be said of all these counts that each is under ten.

    Where their sum follows from what is told it must leave room: of twice nine each is known.
    """
    largest = SMALLEST - 1
    if any(count > largest for count in counts):
        return False
    return not summed or sum(counts) < largest * len(counts)


def _told_share(
    figures: Figures, base: int | None, measures: Collection[Measure], share: _Share
) -> Share | None:
    if base is None:
        return None
    part = share.part(figures)
    if share.exact in measures:
        return Share(exact=per_cent(part, base))
    if share.bound not in measures:
        return None
    if base - part < SMALLEST:
        return Share(over=100 * (base - SMALLEST) // base)
    return Share(under=-(-100 * SMALLEST // base))
