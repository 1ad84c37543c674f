"""Contradictions in who stands above whom and who stands in for whom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

Entries = Sequence[tuple[int, Mapping[str, Any]]]
Contradiction = tuple[tuple[str | int, ...], str]


def circular_offices(offices: Entries) -> Iterator[Contradiction]:
    """Yield each office whose parents lead back to it."""
    parents = {str(entry.get("code")): entry.get("parent") for _index, entry in offices}
    for index, entry in offices:
        code = str(entry.get("code"))
        if entry.get("parent") is not None and _leads_back(parents, code):
            yield ("offices", index, "parent"), f"leads in a circle back to “{code}”."


def contradictory_absences(absences: Entries) -> Iterator[Contradiction]:
    """Yield each absence that cannot be, by itself or beside the others."""
    dated = [(index, entry, *_dates(entry)) for index, entry in absences]
    for place, (index, entry, since, until) in enumerate(dated):
        official = entry.get("official")
        if official is not None and official == entry.get("deputy"):
            yield ("absences", index, "deputy"), f"“{official}” cannot stand in for themselves."
            continue
        if since is None or until is None:
            continue
        if until <= since:
            yield (
                ("absences", index, "until"),
                "must be the first day back, later than since.",
            )
        for _index, other, other_since, other_until in dated[:place]:
            if other.get("official") != official or other_since is None or other_until is None:
                continue
            if since < other_until and other_since < until:
                yield ("absences", index), f"overlaps another absence of “{official}”."
        deputies = {
            str(other.get("official")): other.get("deputy")
            for _index, other, begun, over in dated
            if begun is not None and over is not None and begun <= since < over
        }
        if _leads_back(deputies, str(official)):
            yield ("absences", index, "deputy"), f"on {since} the deputies lead in a circle."


def _leads_back(successors: Mapping[str, Any], start: str) -> bool:
    seen: set[str] = set()
    at = successors.get(start)
    while at is not None and str(at) not in seen:
        if str(at) == start:
            return True
        seen.add(str(at))
        at = successors.get(str(at))
    return False


def _dates(entry: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return since and until; None for what is no date, which is named elsewhere."""
    return _date(entry.get("since")), _date(entry.get("until"))


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
