"""How dated responsibilities follow each other when the organisation's file changes.

Dates are half open: `since` is the first day in force, `until` the first day after. What was in
force stays written, so an old case still names who was responsible then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

K = TypeVar("K")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Term(Generic[K, R]):
    """A stored responsibility: who holds `key`, between which days, in which row."""

    row: R
    key: K
    holder: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the file says about a key."""

    holder: str
    since: date


@dataclass(frozen=True, slots=True)
class Ended(Generic[R]):
    """The row is over from this day on."""

    row: R
    until: date


@dataclass(frozen=True, slots=True)
class Replaced(Generic[R]):
    """The row has another holder from its first day on, and is open."""

    row: R
    holder: str


@dataclass(frozen=True, slots=True)
class Begun(Generic[K]):
    """A new row."""

    key: K
    holder: str
    since: date


def succession(
    terms: Iterable[Term[K, R]], wanted: Mapping[K, Wanted], today: date
) -> list[Ended[R] | Replaced[R] | Begun[K]]:
    """Return the changes that bring the stored terms to what the file wants.

    A new holder begins on the day the file names, but never before the present term: a file in
    which only the name was exchanged takes effect today. A key that left the file ends today.
    """
    last: dict[K, Term[K, R]] = {}
    for term in sorted(terms, key=lambda term: term.since):
        last[term.key] = term
    changes: list[Ended[R] | Replaced[R] | Begun[K]] = []
    for key, term in last.items():
        if key not in wanted and term.until is None:
            changes.append(Ended(term.row, max(today, term.since)))
    for key, wish in wanted.items():
        changes += _change(key, last.get(key), wish, today)
    return changes


def _change(
    key: K, last: Term[K, R] | None, wish: Wanted, today: date
) -> list[Ended[R] | Replaced[R] | Begun[K]]:
    if last is None:
        return [Begun(key, wish.holder, wish.since)]
    if last.until is None and last.holder == wish.holder:
        return []
    if last.until is not None:
        day = max(wish.since, last.until)
    else:
        day = wish.since if wish.since > last.since else max(today, last.since)
    if day == last.since:
        return [Replaced(last.row, wish.holder)]
    ended: list[Ended[R] | Replaced[R] | Begun[K]] = []
    if last.until is None:
        ended.append(Ended(last.row, day))
    return [*ended, Begun(key, wish.holder, day)]
