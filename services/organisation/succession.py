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
# Who holds a responsibility: a code, or several that change together.
H = TypeVar("H")


@dataclass(frozen=True, slots=True)
class Term(Generic[K, R, H]):
    """A stored responsibility: who holds `key`, between which days, in which row."""

    row: R
    key: K
    holder: H
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Wanted(Generic[H]):
    """What the file says about a key."""

    holder: H
    since: date


@dataclass(frozen=True, slots=True)
class Ended(Generic[R]):
    """The row is over from this day on."""

    row: R
    until: date


@dataclass(frozen=True, slots=True)
class Replaced(Generic[R, H]):
    """The row has another holder from its first day on, and is open."""

    row: R
    holder: H


@dataclass(frozen=True, slots=True)
class Begun(Generic[K, H]):
    """A new row."""

    key: K
    holder: H
    since: date


def succession(
    terms: Iterable[Term[K, R, H]], wanted: Mapping[K, Wanted[H]], today: date
) -> list[Ended[R] | Replaced[R, H] | Begun[K, H]]:
    """Return the changes that bring the stored terms to what the file wants.

    A new holder begins on the day the file names, but never before the present term: a file in
    which only the name was exchanged takes effect today. A key that left the file ends today.
    """
    last: dict[K, Term[K, R, H]] = {}
    for term in sorted(terms, key=lambda term: term.since):
        last[term.key] = term
    changes: list[Ended[R] | Replaced[R, H] | Begun[K, H]] = []
    for key, term in last.items():
        if key not in wanted and term.until is None:
            changes.append(Ended(term.row, max(today, term.since)))
    for key, wish in wanted.items():
        changes += _change(key, last.get(key), wish, today)
    return changes


def _change(
    key: K, last: Term[K, R, H] | None, wish: Wanted[H], today: date
) -> list[Ended[R] | Replaced[R, H] | Begun[K, H]]:
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
    ended: list[Ended[R] | Replaced[R, H] | Begun[K, H]] = []
    if last.until is None:
        ended.append(Ended(last.row, day))
    return [*ended, Begun(key, wish.holder, day)]
