"""Looking for holes and overlaps in who answers for what; plain rules on the tables as they are.

A hole is a case that reaches nobody, or only by the last resort; an overlap is a case for which
two entries are equally right, so that chance decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from services.roadmap.responsibility import Route, most_specific


@dataclass(frozen=True, slots=True)
class Dated:
    """Who holds something, between which days; `until` is the first day after, None for open."""

    key: str
    holder: str
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether it is in force on this day."""
        return self.since <= day and (self.until is None or day < self.until)

    def overlaps(self, other: "Dated") -> bool:
        """Tell whether there is a day on which both are in force."""
        return (self.until is None or other.since < self.until) and (
            other.until is None or self.since < other.until
        )


@dataclass(frozen=True, slots=True)
class DatedRoute:
    """A route and its days."""

    route: Route
    days: Dated


@dataclass(frozen=True, slots=True)
class OfficeLevel:
    """The office of the next level, and who leads this one."""

    parent: str | None
    head: str | None


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that decides who answers, on one day.

    topics: section by topic in use; regions: codes; present: officials whose account somebody
    holds; unrouted: open appeals that no office takes or nobody answers for; named: how many
    open appeals name an official.
    """

    day: date
    topics: Mapping[str, str]
    regions: tuple[str, ...]
    offices: Mapping[str, OfficeLevel]
    routes: tuple[DatedRoute, ...]
    assignments: tuple[Dated, ...]
    absences: tuple[Dated, ...]
    present: frozenset[str]
    unrouted: int = 0
    # Codes of indicators in use, and who answers for them.
    indicators: tuple[str, ...] = ()
    indicator_officials: tuple[Dated, ...] = ()
    named: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def holes(tables: Tables) -> Iterator[str]:
    """Yield a line for each case that reaches nobody, or only by the last resort."""
    yield from _sections_of_nobody(tables)
    yield from _regions_without_routes(tables)
    for office in sorted({level.parent for level in tables.offices.values() if level.parent}):
        if office not in tables.offices or tables.offices[office].head is None:
            yield (
                f"office {office}: has offices below it and no head; "
                "what is late there goes to the section's official"
            )
    held = {each.key for each in tables.indicator_officials if each.holds_on(tables.day)}
    for indicator in tables.indicators:
        if indicator not in held:
            yield f"indicator {indicator}: nobody is assigned; the section's official answers"
    yield from _officials_without_accounts(tables)
    yield from _circles(tables)
    if tables.unrouted:
        yield f"open appeals that are not distributed: {tables.unrouted}"


def overlaps(tables: Tables) -> Iterator[str]:
    """Yield a line for each case for which two entries are equally right, from this day on."""
    named = (
        ("route", [each.days for each in tables.routes]),
        ("section", tables.assignments),
        ("indicator", tables.indicator_officials),
        ("absence of", tables.absences),
    )
    for kind, entries in named:
        by_key: dict[str, list[Dated]] = defaultdict(list)
        for entry in entries:
            if entry.until is None or tables.day < entry.until:
                by_key[entry.key].append(entry)
        for key, listed in sorted(by_key.items()):
            for first, second in _pairs(listed):
                if first.overlaps(second):
                    yield f"{kind} {key}: {_said(first)} and {_said(second)} at the same time"


def _sections_of_nobody(tables: Tables) -> Iterator[str]:
    for section in dict.fromkeys(tables.topics.values()):
        terms = [each for each in tables.assignments if each.key == section]
        if not any(each.holds_on(tables.day) for each in terms):
            later = [each for each in terms if each.since > tables.day]
            soon = f" until {min(later, key=lambda each: each.since).since}" if later else ""
            yield f"section {section}: nobody answers for it{soon}"


def _regions_without_routes(tables: Tables) -> Iterator[str]:
    routes = [each.route for each in tables.routes if each.days.holds_on(tables.day)]
    for region in tables.regions:
        by_office: dict[str | None, list[str]] = defaultdict(list)
        for topic in tables.topics:
            fitting = [
                route
                for route in routes
                if route.topic in {None, topic}
                and route.region in {None, region}
                and route.district is None
            ]
            best = most_specific(fitting)
            if best is None or best.weight == 0:
                by_office[best.office if best else None].append(topic)
        for office, topics in by_office.items():
            which = "all topics" if len(topics) == len(tables.topics) else ", ".join(topics)
            where = f"only the route for everything, to {office}" if office else "no route"
            yield f"region {region}: {where} ({which})"


def _officials_without_accounts(tables: Tables) -> Iterator[str]:
    duties: dict[str, list[str]] = defaultdict(list)
    for official, what in _duties(tables):
        duties[official].append(what)
    for official, whats in sorted(duties.items()):
        if official not in tables.present:
            yield f"official {official}: nobody holds the account ({', '.join(whats)})"


def _duties(tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield who must read what comes on this day, and why; deputies also of absences to come."""
    day = tables.day
    yield from _assigned("section", tables.assignments, day)
    used = (each for each in tables.indicator_officials if each.key in tables.indicators)
    yield from _assigned("indicator", used, day)
    for routed in tables.routes:
        if routed.days.holds_on(day) and routed.route.official:
            yield routed.route.official, f"route {routed.days.key}"
    above = {level.parent for level in tables.offices.values()}
    for office, level in tables.offices.items():
        if office in above and level.head is not None:
            yield level.head, f"head of {office}"
    for away in tables.absences:
        if away.until is None or day < away.until:
            yield away.holder, f"deputy of {away.key} from {away.since}"
    for official, count in tables.named.items():
        yield official, f"open appeals: {count}"


def _assigned(kind: str, terms: Iterable[Dated], day: date) -> Iterator[tuple[str, str]]:
    for each in terms:
        if each.holds_on(day):
            yield each.holder, f"{kind} {each.key}"


def _circles(tables: Tables) -> Iterator[str]:
    """Yield absences whose deputies are away as well, with nobody left at the end."""
    for day in sorted({tables.day, *(each.since for each in tables.absences)}):
        away = {each.key: each.holder for each in tables.absences if each.holds_on(day)}
        for official in sorted(away):
            seen, at = {official}, away[official]
            while at in away and at not in seen:
                seen.add(at)
                at = away[at]
            if at in seen and day >= tables.day:
                yield f"absence of {official}: on {day} nobody acts, the deputies are away"


def _pairs(entries: list[Dated]) -> Iterator[tuple[Dated, Dated]]:
    ordered = sorted(entries, key=lambda each: (each.since, each.holder))
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            yield first, second


def _said(entry: Dated) -> str:
    until = f"until {entry.until}" if entry.until else "on"
    return f"{entry.holder} from {entry.since} {until}"
