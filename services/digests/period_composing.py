"""Composing the digest of a week, a month or a quarter from counters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, RowMapping

from services.digests.due import OF_THE_WHOLE
from services.digests.facts import Gap, Quote, TopicCount
from services.digests.hiding import told
from services.digests.model import ErrandKind, Period
from services.digests.notes import Note
from services.digests.party import Reader, party_notes
from services.digests.period_facts import (
    Change,
    IndicatorLine,
    PeriodFacts,
    RegionRate,
    Week,
    from_payload,
)
from services.digests.spread import at_tenths
from services.digests.stretch import Stretch, monday_of, stretch_of
from services.digests.target import target_in_time
from services.performance.rates import mean_rating
from services.performance.reading import officials
from services.places.atlas import atlas
from services.places.inhabitants import inhabitants
from services.roadmap.board import Line, read_board
from services.roadmap.indicator import State, expected
from services.roadmap.responsibility import responsible_official, stands_for
from services.roadmap.scope import Area, Scope, scope_of
from storage import digests as daily
from storage import period_digests as rows
from storage.appeal_queue import count_unrouted
from storage.quotes import voices

WEEKS = 8
COUNTED = 1000
# More than so many that belong to nobody are not looked at.
_LOOKED_AT = 20_000
_WEEK = timedelta(weeks=1)
_HALF, _NINE_TENTHS = 5, 9
_PER = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be composed: which digest, read on `day`, of which days and scope."""

    period: Period
    official: str
    day: date
    stretch: Stretch
    scope: Scope


def compose_period(
    connection: Connection, official: str, period: Period, day: date
) -> PeriodFacts:
    """Return what the official must know of the last whole week, month or quarter."""
    return compose_asked(connection, asked_by(connection, official, period, day))


def asked_by(connection: Connection, official: str, period: Period, day: date) -> Asked:
    """Return which days and which scope a digest looks back on."""
    scope = scope_of(connection, official, day)
    if period in OF_THE_WHOLE:
        scope = Scope((Area(),), scope.sections, everything=True)
    return Asked(period, official, day, stretch_of(period, day), scope)


def as_asked(connection: Connection, facts: PeriodFacts, asked: Asked) -> PeriodFacts:
    """Return the same numbers for another reader of the same areas and days."""
    return replace(
        facts,
        official=asked.official,
        sections=asked.scope.sections,
        decisions=_decisions(connection, asked),
        party=_party(connection, asked),
    )


def compose_asked(connection: Connection, asked: Asked) -> PeriodFacts:
    """Return the facts of a stretch and a scope."""
    areas, (first, last) = asked.scope.areas, (asked.stretch.first, asked.stretch.last)
    now = rows.totals(connection, areas, first, last)
    before = _before(connection, asked)
    topics = rows.by_topic(connection, areas, first, last)
    by_place = rows.by_place(connection, areas, first, last)
    counts = rows.spans(connection, areas, first, last)
    still, overdue = rows.waiting(connection, areas, asked.day)
    earlier = _earlier(connection, asked)
    weeks = _weeks(connection, asked)
    ended = now["confirmed"] + now["disputed"] + now["unconfirmed"]
    unrouted = _unrouted(connection, asked.scope)
    regions = _regions(by_place, areas, now["registered"])
    return PeriodFacts(
        period=asked.period,
        official=asked.official,
        day=asked.day,
        first=first,
        last=last,
        areas=areas,
        sections=asked.scope.sections,
        everything=asked.scope.everything,
        new=Change(now["registered"], before["registered"] if before else None),
        answered=Change(now["answered"], before["answered"] if before else None),
        open=Change(still, earlier.open.now if earlier else None),
        overdue=Change(overdue, earlier.overdue.now if earlier else None),
        in_time=_share(max(now["in_time"] - now["disputed_in_time"], 0), now["answered"]),
        target=target_in_time(connection),
        median=at_tenths(counts, _HALF),
        slowest=at_tenths(counts, _NINE_TENTHS),
        confirmed=_share(now["confirmed"], ended),
        closed=_share(now["unconfirmed"], ended),
        disputed=now["disputed"],
        extended=now["extended"],
        redirected=now["redirected"],
        escalated=now["escalated"],
        unrouted=unrouted,
        rated=now["rated"],
        rating=mean_rating(now["rating_sum"], now["rated"]),
        # A rating of an earlier day that was changed on one of these days takes one away.
        badly_rated=max(now["badly_rated"], 0),
        weeks=weeks,
        topics=tuple(map(_topic, topics)),
        regions=regions,
        behind=behind_plan(connection, asked.scope, asked.day),
        officials=officials(connection, asked.scope, first, last, asked.day),
        decisions=_decisions(connection, asked),
        quote=next(iter(quotes(connection, asked, 1)), None),
        gaps=tuple(_gaps(connection, asked, weeks, by_place, unrouted)),
        ended=ended,
        joined=now["joined"],
        places=_places(topics, by_place, regions),
        party=_party(connection, asked),
    )


def _party(connection: Connection, asked: Asked) -> tuple[Note, ...]:
    first, last = asked.stretch.first, asked.stretch.last
    reader = Reader(asked.official, asked.scope, asked.period, asked.day, first, last)
    return party_notes(connection, reader)


def quotes(connection: Connection, asked: Asked, limit: int) -> tuple[Quote, ...]:
    """Return the newest words of citizens in the scope that a moderator let others read."""
    first, last = asked.stretch.first, asked.stretch.last
    found = voices(connection, asked.scope.areas, first, last, limit)
    return tuple(Quote(**row) for row in found)


def behind_plan(connection: Connection, scope: Scope, day: date) -> tuple[IndicatorLine, ...]:
    """Return the indicators of the scope that are overdue or behind plan, the worst first."""
    found = (
        _behind(connection, line, day)
        for line in read_board(connection, scope, day)
        if line.state in {State.OVERDUE, State.BEHIND}
    )
    return tuple(sorted(found, key=lambda each: (each.reached - each.expected, each.code)))


def _behind(connection: Connection, line: Line, day: date) -> IndicatorLine:
    indicator = line.indicator
    return IndicatorLine(
        code=indicator.code,
        reached=line.percent,
        expected=int(expected(indicator, day)),
        official=line.official,
        name_kk=indicator.name_kk,
        name_ru=indicator.name_ru,
        due_on=indicator.due_on,
        member=responsible_official(connection, indicator.section, day),
    )


def _before(connection: Connection, asked: Asked) -> RowMapping | None:
    """Return the sums of the stretch before, None where nothing was counted that early."""
    areas, stretch = asked.scope.areas, asked.stretch
    if not rows.anything_before(connection, areas, stretch.first):
        return None
    return rows.totals(connection, areas, stretch.before, stretch.last_before)


def _earlier(connection: Connection, asked: Asked) -> PeriodFacts | None:
    """Return the digest before this one, where it was of the same scope and the stretch before."""
    found = rows.last_digest(connection, asked.official, asked.period.value, asked.day)
    if found is None:
        return None
    facts = from_payload(found["facts"])
    same = facts.areas == asked.scope.areas and facts.last == asked.stretch.last_before
    return facts if same else None


def _weeks(connection: Connection, asked: Asked) -> tuple[Week, ...]:
    """Return the last eight weeks, of a quarter all that have a day in it; none is left out."""
    end = monday_of(asked.stretch.last)
    begin = end - (WEEKS - 1) * _WEEK
    if asked.period is Period.QUARTERLY:
        begin = monday_of(asked.stretch.first)
    registered: dict[date, int] = defaultdict(int)
    answered: dict[date, int] = defaultdict(int)
    for row in rows.by_day(connection, asked.scope.areas, begin, asked.stretch.last):
        monday = monday_of(row["day"])
        registered[monday] += row["registered"]
        answered[monday] += row["answered"]
    mondays = (begin + number * _WEEK for number in range((end - begin).days // 7 + 1))
    return tuple(Week(monday, registered[monday], answered[monday]) for monday in mondays)


def _regions(
    by_place: Iterable[RowMapping], areas: Sequence[Area], total: int
) -> tuple[RegionRate, ...]:
    """Return the regions that the scope reaches, in the order of their codes."""
    counts: dict[str, int] = defaultdict(int)
    for row in by_place:
        counts[row["region"]] += row["count"]
    shown = told(tuple(counts.items()), total)
    people = inhabitants()
    return tuple(
        RegionRate(code, shown.get(code), _rate(shown.get(code), people[code]))
        for code in atlas().regions
        if any(area.region in {None, code} for area in areas)
    )


def _rate(count: int | None, people: int) -> float | None:
    return None if count is None else count * _PER / people


def _topic(row: RowMapping) -> TopicCount:
    return TopicCount(row["topic"], "", "", row["count"], row["joined"])


def _places(
    topics: Iterable[RowMapping], by_place: Sequence[RowMapping], regions: Iterable[RegionRate]
) -> tuple[TopicCount, ...]:
    """Return topics by district that may stand beside the totals of topics and of regions."""
    kept: list[TopicCount] = []
    for topic in topics:
        own = [
            ((row["region"], row["district"]), row["count"])
            for row in by_place
            if row["topic"] == topic["topic"]
        ]
        kept += (
            TopicCount(topic["topic"], region, district, count)
            for (region, district), count in told(own, topic["count"]).items()
        )
    safe: set[TopicCount] = set()
    for each in regions:
        if each.count is not None:
            own_places = [(place, place.count) for place in kept if place.region == each.region]
            safe |= told(own_places, each.count).keys()
    return tuple(place for place in kept if place in safe)


def _unrouted(connection: Connection, scope: Scope) -> int:
    """Return how many open ones of the scope belong to nobody, at most COUNTED."""
    if scope.everything:
        return count_unrouted(connection, COUNTED)
    found = daily.unrouted(connection, _LOOKED_AT)
    place = ("section", "region", "district")
    inside = (row["count"] for row in found if scope.holds(*(row[name] for name in place)))
    count: int = sum(inside)
    return min(COUNTED, count)


def _decisions(connection: Connection, asked: Asked) -> int:
    """Return what waits for a word of the reader."""
    if not asked.official:
        return 0
    whom = stands_for(connection, asked.official, asked.day)
    own = (Area(asked.scope.sections),) if asked.scope.sections else ()
    errands = rows.errands_waiting(connection, asked.official, ErrandKind.DELEGATED.value)
    return errands + daily.count_named(connection, whom, own)


def _gaps(
    connection: Connection,
    asked: Asked,
    weeks: Sequence[Week],
    by_place: Iterable[RowMapping],
    unrouted: int,
) -> Iterable[tuple[Gap, int]]:
    """Return what the numbers do not tell; YOUNG with how many weeks there are."""
    if not rows.anything_before(connection, asked.scope.areas, weeks[0].monday):
        empty = next((n for n, week in enumerate(weeks) if week.registered), len(weeks))
        if empty:
            yield Gap.YOUNG, len(weeks) - empty
    if unknown := sum(row["count"] for row in by_place if not row["district"]):
        yield Gap.NO_DISTRICT, unknown
    if unrouted:
        yield Gap.UNROUTED, unrouted


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
