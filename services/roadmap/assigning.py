"""Who answers for indicators and sections, from which day to which; what was stays written.

Where somebody answers already, they keep their first day; somebody new begins on the day that is
wanted, but not before the term in force. Of several that follow each other, those with
a last day are meant by their very days.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from services.organisation.succession import Begun, Ended, Replaced, Term, Wanted, succession
from services.refusal import N_, Refusal
from storage import organisation_writes as sections
from storage import roadmap as rows

# A term by its key and first day.
Row = tuple[str, date]
Stored = Term[str, Row, str]
Change = Ended[Row] | Replaced[Row, str] | Begun[str, str]


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who is to answer, from a day on; until: the first day after, None for no end."""

    official: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Which of the tenures that are wanted, from 0, falls on days of which stored term."""

    place: int
    term: Stored


@dataclass(frozen=True, slots=True)
class Plan:
    """What brings the terms of a key to what is wanted, and what stands in the way."""

    changes: tuple[Change, ...]
    clashes: tuple[Clash, ...]


def follow_indicators(
    connection: Connection, wanted: Mapping[str, Tenure | Sequence[Tenure]], today: date
) -> int:
    """Let these officials answer for indicators, others as they do; for how many that changes.

    Raises Refusal where days are taken by a stored term.

    Key: (indicator, official, first day).
    """
    found = _changes(indicator_terms(connection, wanted.keys()), wanted, today)
    for change in found:
        _write(connection, change, rows.change_assignment, rows.add_assignment)
    return len(set(map(_key, found)))


def follow_sections(
    connection: Connection, wanted: Mapping[str, Tenure | Sequence[Tenure]], today: date
) -> int:
    """Let these officials answer for sections, others as they do; for how many that changes.

    Raises Refusal where days are taken by a stored term.

    Key: (section, official, first day).
    """
    found = _changes(section_terms(connection), wanted, today)
    for change in found:
        _write(connection, change, sections.change_assignment, sections.add_assignment)
    return len(set(map(_key, found)))


def indicator_terms(
    connection: Connection, codes: Collection[str] | None = None
) -> Mapping[str, Sequence[Stored]]:
    """Return the stored terms by indicator; None is all of them."""
    return _terms("indicator", rows.assignments(connection, codes))


def section_terms(connection: Connection) -> Mapping[str, Sequence[Stored]]:
    """Return the stored terms by section."""
    return _terms("section", sections.assignments(connection))


def plan(key: str, stored: Iterable[Stored], wanted: Sequence[Tenure], today: date) -> Plan:
    """Return what brings the stored terms of a key to the tenures, which follow each other.

    Of several, those with an end are taken day by day as they are; what they do not name stays.
    One alone that would end before it could begin changes nothing.
    """
    terms = {term.since: term for term in stored}
    changes: list[Change] = []
    clashes: list[Clash] = []
    for place, tenure in enumerate(wanted):
        taken = None
        if tenure.until is not None and _is_dated(terms, tenure, alone=len(wanted) == 1):
            taken, steps = _dated(key, terms, tenure, tenure.until, today)
        else:
            steps = _following(key, terms, tenure, today)
        if taken is not None:
            clashes.append(Clash(place, taken))
        for step in steps:
            _apply(terms, step)
        changes += steps
    return Plan(tuple(changes), tuple(clashes))


def taken_by(term: Stored) -> Refusal:
    """Return the sentence that says whose the days are."""
    last = "" if term.until is None else f"{term.until - timedelta(days=1):%d.%m.%Y}"
    return Refusal(
        N_("Another term stands on these days: {official}, {days}."),
        official=term.holder,
        days=f"{term.since:%d.%m.%Y} – {last}".rstrip(),
    )


def _changes(
    stored: Mapping[str, Sequence[Stored]],
    wanted: Mapping[str, Tenure | Sequence[Tenure]],
    today: date,
) -> list[Change]:
    found: list[Change] = []
    for key, tenures in wanted.items():
        several = [tenures] if isinstance(tenures, Tenure) else tenures
        planned = plan(key, stored.get(key, ()), several, today)
        for clash in planned.clashes:
            raise taken_by(clash.term)
        found += planned.changes
    return found


def _is_dated(terms: Mapping[date, Stored], tenure: Tenure, *, alone: bool) -> bool:
    """Tell whether a tenure is meant by its very days, not as who comes next."""
    own = terms.get(tenure.since)
    if own is not None:
        return not alone or own.holder == tenure.official
    return not alone or not _on_days_of(terms, tenure)


def _dated(
    key: str, terms: Mapping[date, Stored], tenure: Tenure, until: date, today: date
) -> tuple[Stored | None, list[Change]]:
    """Return which term has its days already, or the changes that bring a tenure with an end."""
    own = terms.get(tenure.since)
    row = (key, tenure.since)
    if own is None:
        on_days = _on_days_of(terms, tenure)
        before = [term for term in on_days if term.until is None and term.since < tenure.since]
        others = [term for term in on_days if term not in before]
        ended = [Ended(term.row, tenure.since) for term in before]
        begun: list[Change] = [
            *ended,
            Begun(key, tenure.official, tenure.since),
            Ended(row, until),
        ]
        return (others[0], []) if others else (None, begun)
    if own.holder == tenure.official and own.until == until:
        return None, []
    others = [term for term in _on_days_of(terms, tenure) if term is not own]
    if others:
        return others[0], []
    if own.holder == tenure.official:
        return None, [Ended(row, until)]
    if own.since <= today and not _is_empty(own):
        return own, []
    return None, [Replaced(row, tenure.official), Ended(row, until)]


def _on_days_of(terms: Mapping[date, Stored], tenure: Tenure) -> list[Stored]:
    """Return the terms in force on days of a tenure, the earliest first."""
    return [
        term
        for _, term in sorted(terms.items())
        if not _is_empty(term)
        and (tenure.until is None or term.since < tenure.until)
        and (term.until is None or tenure.since < term.until)
    ]


def _is_empty(term: Stored) -> bool:
    """Tell whether a term was taken back before its first day."""
    return term.until is not None and term.until <= term.since


def _following(
    key: str, terms: Mapping[date, Stored], tenure: Tenure, today: date
) -> list[Change]:
    """Return the changes by which somebody comes next."""
    held = [terms[max(terms)]] if terms else []
    if tenure.until is not None and held and _is_own(held[0], tenure):
        return [Ended(held[0].row, tenure.until)] if held[0].until != tenure.until else []
    found = succession(held, {key: Wanted(tenure.official, tenure.since)}, today)
    return list(_with_end(key, found, tenure.until))


def _apply(terms: dict[date, Stored], change: Change) -> None:
    match change:
        case Ended((_, since), until):
            terms[since] = replace(terms[since], until=until)
        case Replaced((_, since), holder):
            terms[since] = replace(terms[since], holder=holder, until=None)
        case Begun(key, holder, since):
            terms[since] = Term((key, since), key, holder, since, None)


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


def _is_own(term: Stored, tenure: Tenure) -> bool:
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


def _terms(key: str, found: Iterable[Any]) -> Mapping[str, Sequence[Stored]]:
    terms: dict[str, list[Stored]] = {}
    for row in sorted(found, key=lambda row: (row[key], row["since"])):
        place = (row[key], row["since"])
        terms.setdefault(row[key], []).append(
            Term(place, row[key], row["official"], row["since"], row["until"])
        )
    return terms
