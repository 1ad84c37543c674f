"""Composing a digest from counters and a few indexed reads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.appeals.model import OPEN, AppealStatus
from services.digests.comparing import WEEKS, Two, usual_on, weeks_known
from services.digests.facts import (
    Case,
    DigestFacts,
    Gap,
    Quote,
    Usual,
)
from services.digests.headline import headline
from services.digests.model import Period
from services.digests.morning import Morning, read_morning
from services.digests.party import Reader, party_notes
from services.digests.topics import read_topics
from services.digests.unread import unread_for_secretary
from services.roadmap.board import counts
from services.roadmap.responsibility import stands_for
from services.roadmap.scope import Area, Scope, scope_of
from storage import digests as rows
from storage import digests_due
from storage.errands import count_late
from storage.open_cases import Page, open_cases
from storage.quotes import newest

SOON = timedelta(days=3)
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
# From this share of appeals without a district on, their number is said.
_PLACELESS = 0.1
# What nothing happened on adds up to.
_NOTHING = ("registered", "answered", "unconfirmed", "escalated", "badly_rated", "placeless")


def compose_digest(
    connection: Connection,
    official: str,
    now: datetime,
    *,
    every_day: bool = False,
    morning: Morning | None = None,
) -> DigestFacts:
    """Return what the official must know on the day of this moment in Asia/Almaty.

    every_day: the reader got one yesterday, whatever day that was. morning: what was read before
    for all digests of this moment.
    """
    morning = read_morning(connection, now) if morning is None else morning
    scope = scope_of(connection, official, morning.day)
    return compose_of(connection, official, scope, morning, every_day=every_day)


def compose_of(
    connection: Connection, official: str, scope: Scope, morning: Morning, *, every_day: bool
) -> DigestFacts:
    """Return the same of an official with this scope."""
    areas, day, begun = scope.areas, morning.day, morning.begun
    until, soon, topics_since = day - _DAY, day + SOON, day - _WEEK
    since = until if every_day else morning.since
    days = {
        row["day"]: row for row in rows.by_day(connection, areas, since - WEEKS * _WEEK, until)
    }
    happened = _sums(days, since, until)
    waiting = rows.waiting(connection, areas, day, soon)
    topics, signals = read_topics(connection, areas, day, begun)
    unrouted = morning.unrouted_in(scope)
    weeks = weeks_known(since, begun)
    behind, silent = counts(connection, scope, day)
    facts = DigestFacts(
        official=official,
        day=day,
        sections=scope.sections,
        areas=areas,
        everything=scope.everything,
        since=since,
        until=until,
        new=happened["registered"],
        answered=happened["answered"],
        unconfirmed=happened["unconfirmed"],
        escalated=happened["escalated"],
        badly_rated=happened["badly_rated"],
        open=waiting["open"],
        overdue=waiting["overdue"],
        due_soon=waiting["due_soon"],
        soon=soon,
        oldest_overdue=_first_due(connection, areas, date.min, until),
        next_due=_first_due(connection, areas, day, soon),
        topics_since=topics_since,
        topics=topics,
        signals=signals,
        polls=morning.polls,
        disputed=rows.count_in_state(connection, areas, AppealStatus.DISPUTED.value),
        fresh=rows.count_in_state(connection, areas, AppealStatus.REGISTERED.value),
        named=_count_named(connection, official, scope, day),
        unrouted=unrouted if scope.everything else 0,
        mandates=morning.mandates if scope.everything else 0,
        usual=_usual(connection, official, scope, (since, until), weeks, days),
        quote=_quote(connection, areas, topics_since, until),
        gaps=tuple(_gaps(_sums(days, topics_since, until), weeks, scope, unrouted)),
        behind=behind,
        silent=silent,
        late_errands=_late_errands(connection, official, day),
        unread=unread_for_secretary(connection, day) if scope.everything else (),
        party=party_notes(connection, Reader(official, scope, Period.DAILY, day, since, until)),
    )
    return replace(facts, headline=headline(facts))


def compose_if_any(
    connection: Connection, official: str, morning: Morning, *, every_day: bool
) -> DigestFacts | None:
    """Return the same as `compose_digest`, None at once where there is nothing to answer for."""
    scope = scope_of(connection, official, morning.day)
    if not scope and not _count_named(connection, official, scope, morning.day):
        return None
    return compose_of(connection, official, scope, morning, every_day=every_day)


def _count_named(connection: Connection, official: str, scope: Scope, day: date) -> int:
    officials = stands_for(connection, official, day)
    return rows.count_named(connection, officials, scope.areas)


def _sums(days: Mapping[date, RowMapping], first: date, last: date) -> dict[str, int]:
    """Return what happened on the days first … last.

    A rating of an earlier day that was changed on one of these takes one away: never below none.
    """
    counted = [row for day, row in days.items() if first <= day <= last]
    return {name: max(sum(row[name] for row in counted), 0) for name in _NOTHING}


def _usual(
    connection: Connection,
    official: str,
    scope: Scope,
    stretch: tuple[date, date],
    weeks: int,
    days: Mapping[date, RowMapping],
) -> Usual | None:
    """Return what is usual; digests of another scope are not compared with this one."""
    today = stretch[1] + _DAY
    before = [today - week * _WEEK for week in range(1, WEEKS + 1)]
    digests = digests_due.earlier(connection, official, Period.DAILY.value, before)
    earlier: list[Two] = [
        (facts["open"], facts["overdue"])
        for facts in digests
        if facts.get("areas") == _as_json(scope.areas)
    ]
    counted = {day: (row["registered"], row["answered"]) for day, row in days.items()}
    return usual_on(stretch, weeks, counted, earlier)


def _as_json(areas: Sequence[Area]) -> list[dict[str, object]]:
    return [
        {
            "sections": None if area.sections is None else list(area.sections),
            "region": area.region,
            "district": area.district,
        }
        for area in areas
    ]


def _quote(connection: Connection, areas: Iterable[Area], first: date, last: date) -> Quote | None:
    found = newest(connection, areas, first, last)
    return Quote(**found) if found else None


def _gaps(
    week: Mapping[str, int], weeks: int, scope: Scope, unrouted: int
) -> Iterator[tuple[Gap, int]]:
    """Yield what the numbers do not tell, with how many weeks or appeals it is."""
    if weeks < WEEKS:
        yield Gap.YOUNG, weeks
    if week["placeless"] > _PLACELESS * week["registered"]:
        yield Gap.NO_DISTRICT, week["placeless"]
    # Where they are counted beside the others, they are no gap.
    if unrouted and not scope.everything:
        yield Gap.UNROUTED, unrouted


def _late_errands(connection: Connection, official: str, day: date) -> int:
    holders = digests_due.holders(connection, official)
    return count_late(connection, holders, day) if holders else 0


def _first_due(
    connection: Connection, areas: Iterable[Area], first: date, last: date
) -> Case | None:
    statuses = {status.value for status in OPEN}
    found = open_cases(connection, areas, statuses, Page(1, first, last))
    return Case(**found[0]) if found else None
