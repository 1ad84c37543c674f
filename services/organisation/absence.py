"""How stored absences follow the organisation's file: what has been stays written.

Dates are half open: `since` is the first day away, `until` the first day back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Absence:
    """Who acts for an official who is away."""

    official: str
    deputy: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Dropped:
    """An absence that never begins."""

    absence: Absence


@dataclass(frozen=True, slots=True)
class Returned:
    """An absence that ends on another day than was written."""

    absence: Absence
    until: date


@dataclass(frozen=True, slots=True)
class Added:
    """A new absence."""

    absence: Absence


def follow(
    stored: Iterable[Absence], wanted: Iterable[Absence], today: date
) -> Iterator[Dropped | Returned | Added]:
    """Yield the changes, in order, that bring the absences from today on to what the file says.

    A present absence that left the file is over today; another deputy acts from today.
    """
    stored, wanted = tuple(stored), tuple(wanted)
    awaited = {_from(today, absence): absence for absence in wanted if absence.until > today}
    for absence in stored:
        if absence.until <= today:
            continue
        wish = awaited.pop(_from(today, absence), None)
        if wish is None and absence.since >= today:
            yield Dropped(absence)
        elif wish is None:
            yield Returned(absence, today)
        elif wish.until != absence.until:
            yield Returned(absence, wish.until)
    for absence in wanted:
        if absence.since < today and _known_before(stored, absence, today):
            if absence in awaited.values():
                yield Added(replace(absence, since=today))
        elif absence.until <= today or absence in awaited.values():
            yield Added(absence)


def _from(today: date, absence: Absence) -> tuple[str, str, date]:
    return absence.official, absence.deputy, max(today, absence.since)


def _known_before(stored: Iterable[Absence], wanted: Absence, today: date) -> bool:
    """Tell whether a past day of the wanted absence is already written otherwise."""
    return any(
        absence.official == wanted.official
        and absence.since < min(wanted.until, today)
        and wanted.since < absence.until
        for absence in stored
    )
