"""Somebody who subtracts everything that is told from everything else that is told."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from services.openness.figures import COUNTRY, Cell, Figures, Measure, Month

# A number that is looked for: which count of which cell.
Unknown = tuple[str, Cell]
_COUNTS: Mapping[str, Callable[[Figures], int]] = {
    "registered": lambda each: each.registered,
    "answered": lambda each: each.answered,
    "in_time": lambda each: each.in_time,
    "late": lambda each: each.answered - each.in_time,
    "judged": lambda each: each.judged,
    "confirmed": lambda each: each.confirmed,
    "not_confirmed": lambda each: each.judged - each.confirmed,
    "rated": lambda each: each.rated,
}
# What an exact measure tells: a share with its base tells both of its sides.
_TELLS = {
    Measure.REGISTERED: ("registered",),
    Measure.ANSWERED: ("answered",),
    Measure.IN_TIME: ("answered", "in_time", "late"),
    Measure.JUDGED: ("judged",),
    Measure.CONFIRMED: ("judged", "confirmed", "not_confirmed"),
    Measure.RATED: ("rated",),
    Measure.DAYS: ("answered",),
}
_TEN = 10
_WHOLES = (("answered", "in_time", "late"), ("judged", "confirmed", "not_confirmed"))


def worked_out(month: Month, told: Mapping[Cell, Iterable[Measure]]) -> dict[Unknown, Fraction]:
    """Return everything that follows from what is told: single counts, and what is left of sides.

    What is left of a side has the cell Cell("?") or Cell("", "?"): the sum of all that is hidden.
    """
    known = {
        (name, cell): Fraction(_COUNTS[name](month[cell]))
        for cell, measures in told.items()
        for measure in measures
        for name in _TELLS.get(measure, ())
    }
    found = _solved(_equations(month), known)
    for name in _COUNTS:
        for side, mark in (("region", Cell("?")), ("topic", Cell("", "?"))):
            hidden = [cell for cell in month if getattr(cell, side) and (name, cell) not in found]
            if hidden and (name, COUNTRY) in found:
                others = (cell for cell in month if getattr(cell, side) and cell not in hidden)
                rest = found[name, COUNTRY] - sum(found[name, cell] for cell in others)
                found[name, mark] = rest
    return found


def squeezed(month: Month, told: Mapping[Cell, Iterable[Measure]]) -> list[tuple[str, Cell, int]]:
    """Return the counts under ten that follow from bounds: from what they say and from sums."""
    known = worked_out(month, told)
    found = []
    for bound, few, many in (
        (Measure.IN_TIME_BOUND, "late", "in_time"),
        (Measure.CONFIRMED_BOUND, "not_confirmed", "confirmed"),
    ):
        for name in (few, many):
            for side in ("region", "topic"):
                hidden = [
                    cell for cell in month if getattr(cell, side) and (name, cell) not in known
                ]
                rest = known.get((name, Cell("?") if side == "region" else Cell("", "?")))
                said = [cell for cell in hidden if bound in told[cell]]
                said = [cell for cell in said if _COUNTS[name](month[cell]) < _TEN]
                if rest is None or len(said) < len(hidden):
                    continue
                for cell in said:
                    least = max(rest - (_TEN - 1) * (len(said) - 1), Fraction(0))
                    if least >= min(rest, Fraction(_TEN - 1)) > 0:
                        found.append((name, cell, int(rest)))
    return found


def _equations(month: Month) -> list[dict[Unknown, Fraction]]:
    """Return sums that are nought: a country is its regions, and its topics; wholes are parts."""
    one = Fraction(1)
    equations = []
    for name in _COUNTS:
        for side in ("region", "topic"):
            cells = [cell for cell in month if getattr(cell, side)]
            equations.append({(name, cell): one for cell in cells} | {(name, COUNTRY): -one})
    for whole, *parts in _WHOLES:
        equations += [
            {(whole, cell): -one} | {(part, cell): one for part in parts} for cell in month
        ]
    return equations


def _solved(
    equations: list[dict[Unknown, Fraction]], known: Mapping[Unknown, Fraction]
) -> dict[Unknown, Fraction]:
    """Return the known and everything that has one solution only, by elimination."""
    rows: list[tuple[dict[Unknown, Fraction], Fraction]] = []
    for equation in equations:
        left = {name: factor for name, factor in equation.items() if name not in known}
        right = -sum(
            (factor * known[name] for name, factor in equation.items() if name in known),
            Fraction(0),
        )
        for pivot_row, pivot_right in rows:
            pivot = next(iter(pivot_row))
            left, right = _without(left, right, pivot, pivot_row, pivot_right)
        if left:
            rows.append((left, right))
    for index in range(len(rows) - 1, -1, -1):
        pivot = next(iter(rows[index][0]))
        for other in range(index):
            rows[other] = _without(*rows[other], pivot, *rows[index])
    found = dict(known)
    for left, right in rows:
        if len(left) == 1:
            ((name, factor),) = left.items()
            found[name] = right / factor
    return found


def _without(
    left: dict[Unknown, Fraction],
    right: Fraction,
    pivot: Unknown,
    row: dict[Unknown, Fraction],
    row_right: Fraction,
) -> tuple[dict[Unknown, Fraction], Fraction]:
    """Return an equation without the pivot of another; the order of its names stays."""
    if pivot not in left:
        return left, right
    times = left[pivot] / row[pivot]
    names = dict.fromkeys([*left, *row])
    nought = Fraction(0)
    less = {name: left.get(name, nought) - times * row.get(name, nought) for name in names}
    return {name: factor for name, factor in less.items() if factor}, right - times * row_right
