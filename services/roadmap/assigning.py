"""Who answers for indicators and sections, from which day to which; what was stays written.

Where somebody answers already, they keep their first day; somebody new begins on the day that is
wanted, but not before the term in force.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from services.organisation.succession import Begun, Ended, Replaced, Term, Wanted, succession
from storage import organisation_writes as sections
from storage import roadmap as rows

# A term by its key and first day.
Row = tuple[str, date]
Change = Ended[Row] | Replaced[Row, str] | Begun[str, str]


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who is to answer, from a day on; until: the first day after, None for no end."""

    official: str
    since: date
    until: date | None = None


def follow_indicators(connection: Connection, wanted: Mapping[str, Tenure], today: date) -> int:
    """Let these officials answer for indicators, others as they do; for how many that changes.

    Key: (indicator, official, first day).
    """
    terms = _terms("indicator", rows.assignments(connection, wanted.keys()))
    found = list(changes(terms, wanted, today))
    for change in found:
        _write(connection, change, rows.change_assignment, rows.add_assignment)
    return len(set(map(_key, found)))


def follow_sections(connection: Connection, wanted: Mapping[str, Tenure], today: date) -> int:
    """Let these officials answer for sections, others as they do; for how many that changes.

    Key: (section, official, first day).
    """
    held = [row for row in sections.assignments(connection) if row["section"] in wanted]
    found = list(changes(_terms("section", held), wanted, today))
    for change in found:
        _write(connection, change, sections.change_assignment, sections.add_assignment)
    return len(set(map(_key, found)))


def changes(
    terms: Iterable[Term[str, Row, str]], wanted: Mapping[str, Tenure], today: date
) -> Iterator[Change]:
    """Yield what brings the terms to what is wanted.

    A tenure that would end before it could begin changes nothing.
    """
    last: dict[str, Term[str, Row, str]] = {}
    for term in sorted(terms, key=lambda term: term.since):
        last[term.key] = term
    for key, tenure in wanted.items():
        held = [last[key]] if key in last else []
        if tenure.until is not None and held and _is_own(held[0], tenure):
            if held[0].until != tenure.until:
                yield Ended(held[0].row, tenure.until)
            continue
        found = succession(held, {key: Wanted(tenure.official, tenure.since)}, today)
        yield from _with_end(key, found, tenure.until)


def _with_end(key: str, found: list[Change], until: date | None) -> Iterator[Change]:
    """Yield the changes, and the end of the term that begins by them."""
    begun = [
        (key, change.since) if isinstance(change, Begun) else change.row
        for change in found
        if not isinstance(change, Ended)
    ]
    if until is None:
        yield from found
    elif all(first < until for _, first in begun):
        yield from (*found, *(Ended(row, until) for row in begun))


def _is_own(term: Term[str, Row, str], tenure: Tenure) -> bool:
    """Tell whether a term is the one that is wanted, its end aside."""
    return term.holder == tenure.official and (term.until is None or term.since == tenure.since)


def _write(
    connection: Connection,
    change: Change,
    alter: Callable[[Connection, str, date, Mapping[str, Any]], None],
    add: Callable[[Connection, str, str, date], None],
) -> None:
    match change:
        case Ended(row, until):
            alter(connection, *row, {"until": until})
        case Replaced(row, holder):
            alter(connection, *row, {"official": holder, "until": None})
        case Begun(key, holder, since):
            add(connection, key, holder, since)


def _key(change: Change) -> str:
    return change.key if isinstance(change, Begun) else change.row[0]


def _terms(key: str, found: Iterable[Any]) -> list[Term[str, Row, str]]:
    return [
        Term((row[key], row["since"]), row[key], row["official"], row["since"], row["until"])
        for row in found
    ]
