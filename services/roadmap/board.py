"""The board: each indicator with its plan, its fact, who answers, and what citizens say.

The public one tells what anybody may know: values and days, and numbers of citizens from 10 on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from services.clock import ALMATY, local_date
from services.language import choose
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.roadmap.fact import Fact, facts_of
from services.roadmap.indicator import STALE, Indicator, Level, State, per_cent, state
from services.roadmap.indicators import (
    all_indicators,
    indicator_in_use,
    responsible_for,
    the_indicator,
)
from services.roadmap.rights import require_sight, scope_for
from services.roadmap.scope import Scope
from services.roadmap.voices import Voices, voices_of
from storage import roadmap_facts as rows
from storage import roadmap_voices

# Reports that a line tells, enough for a sparkline of eight marks.
HISTORY = 8
# Fewer citizens than this are not told to the public.
SMALLEST = 10
PAGE = 10


@dataclass(frozen=True, slots=True)
class TiedPoll:
    """A counted poll that says something about an indicator.

    base: valid answers; the result itself is services.polls.reading.find_result.
    """

    poll: int
    title_kk: str
    title_ru: str
    ended_at: datetime
    base: int

    def title(self, language: str) -> str:
        """Return what the poll is called."""
        return choose(language, self.title_kk, self.title_ru)


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator as it stands on a day.

    fact: the newest report that counts; percent: of the way from start to plan, in whole per
    cent, 0 without a fact. official: the code of who answers. history: reports that count, the
    earliest first, `fact` among them. appeals, joined: of 30 days, None where they are fewer than
    10 and the public reads, or of a district from 1 to 9. polls: the newest counted one.
    """

    indicator: Indicator
    fact: Fact | None
    percent: int
    state: State
    official: str | None
    history: tuple[Fact, ...] = ()
    appeals: int | None = 0
    joined: int | None = 0
    polls: tuple[TiedPoll, ...] = ()


def read_board(connection: Connection, scope: Scope | None, day: date) -> tuple[Line, ...]:
    """Return the indicators of a scope in their order; None: all, as the public sees them."""
    lines = _lines(connection, all_indicators(connection, scope), day)
    return lines if scope is not None else tuple(map(_public, lines))


def board_of(connection: Connection, actor: int, day: date) -> tuple[Line, ...]:
    """Return the board of a member of staff: what they answer for; raises Refusal for others."""
    return read_board(connection, scope_for(connection, actor, day), day)


def read_indicator(
    connection: Connection, code: str, day: date, *, actor: int | None = None
) -> Line:
    """Return one indicator, without an actor as the public sees it.

    Raises Refusal where there is none, and for an actor who may not see all of it.
    """
    indicator = indicator_in_use(connection, code)
    line = _lines(connection, [indicator], day)[0]
    if actor is None:
        return _public(line)
    require_sight(connection, actor, indicator, day)
    return line


def read_history(
    connection: Connection, actor: int, code: str, day: date, *, before: int | None = None
) -> tuple[Fact, ...]:
    """Return reports of an indicator with their questions, the newest first, ten at a time.

    before: the id of the last one that was shown. Raises Refusal for who may not see them.
    """
    require_sight(connection, actor, the_indicator(connection, code), day)
    return facts_of(connection, rows.history(connection, code, before=before, limit=PAGE))


def read_fact(connection: Connection, actor: int, fact_id: int, day: date) -> Fact:
    """Return one report with all that belongs to it; raises Refusal for who may not see it."""
    authorise(connection, actor, Deed.READ_BOARD)
    found = rows.find(connection, fact_id)
    if found is None:
        raise Refusal(N_("There is no such report."))
    require_sight(connection, actor, the_indicator(connection, found["indicator"]), day)
    return facts_of(connection, [found])[0]


def counts(connection: Connection, scope: Scope, day: date) -> tuple[int, int]:
    """Return how many indicators of a scope are behind plan or overdue, and how many silent.

    Silent are those whose newest report is older than 30 days, behind plan or not.
    """
    indicators = all_indicators(connection, scope)
    codes = [each.code for each in indicators]
    newest = newest_facts(connection, codes)
    reported = reported_days(connection, codes)
    states = {each.code: standing(each, newest.get(each.code), day) for each in indicators}
    late = sum(found in {State.BEHIND, State.OVERDUE} for found in states.values())
    silent = sum(
        states[each.code] is not State.REACHED and is_stale(each, reported.get(each.code), day)
        for each in indicators
    )
    return late, silent


def is_stale(indicator: Indicator, reported_on: date | None, day: date) -> bool:
    """Tell whether the newest report is older than 30 days, or there is none for as long."""
    return day - (reported_on or indicator.begins_on) > STALE


def reported_days(connection: Connection, codes: Sequence[str]) -> dict[str, date]:
    """Return when each of these indicators was last reported of, asked about since or not."""
    return {code: local_date(at) for code, at in rows.last_reported(connection, codes).items()}


def standing(indicator: Indicator, fact: Fact | None, day: date) -> State:
    """Return how an indicator stands on a day with its newest fact."""
    if fact is None:
        return state(indicator, None, None, day)
    return state(indicator, fact.value, fact.day, day)


def newest_facts(connection: Connection, codes: Sequence[str]) -> dict[str, Fact]:
    """Return the newest report of each of these indicators that counts."""
    facts = facts_of(connection, rows.standing(connection, codes, 1))
    return {fact.indicator: fact for fact in facts}


def _lines(connection: Connection, indicators: Sequence[Indicator], day: date) -> tuple[Line, ...]:
    codes = [each.code for each in indicators]
    officials = responsible_for(connection, indicators, day)
    voices = voices_of(connection, indicators, day)
    polls = _polls(connection, codes, day)
    history = _history(connection, codes)
    return tuple(
        _line(each, officials, history.get(each.code, ()), day, voices, polls)
        for each in indicators
    )


def _line(
    indicator: Indicator,
    officials: Mapping[str, str],
    history: tuple[Fact, ...],
    day: date,
    voices: Mapping[str, Voices],
    polls: Mapping[str, TiedPoll],
) -> Line:
    code = indicator.code
    fact = history[-1] if history else None
    gone = Decimal(0) if fact is None else per_cent(indicator, fact.value)
    heard = voices[code]
    narrow = indicator.level is Level.DISTRICT
    return Line(
        indicator,
        fact,
        int(gone),
        standing(indicator, fact, day),
        officials.get(code),
        history,
        _inside(heard.appeals, narrow=narrow),
        _inside(heard.joined, narrow=narrow),
        (polls[code],) if code in polls else (),
    )


def _history(connection: Connection, codes: Sequence[str]) -> dict[str, tuple[Fact, ...]]:
    found: dict[str, tuple[Fact, ...]] = {}
    for fact in facts_of(connection, rows.standing(connection, codes, HISTORY)):
        found[fact.indicator] = (*found.get(fact.indicator, ()), fact)
    return found


def _polls(connection: Connection, codes: Sequence[str], day: date) -> dict[str, TiedPoll]:
    """Return the newest counted poll of each indicator."""
    end = datetime.combine(day + timedelta(days=1), time(), ALMATY)
    newest: dict[str, TiedPoll] = {}
    for row in roadmap_voices.counted_polls(connection, codes, end):
        poll = TiedPoll(
            row["poll_id"], row["title_kk"], row["title_ru"], row["frozen_at"], row["base"]
        )
        newest.setdefault(row["indicator"], poll)
    return newest


def _public(line: Line) -> Line:
    """Return a line without words, files and people that are not for everybody."""
    history = tuple(map(_bare, line.history))
    return replace(
        line,
        fact=history[-1] if history else None,
        history=history,
        appeals=_told(line.appeals),
        joined=_told(line.joined),
        polls=tuple(poll for poll in line.polls if poll.base >= SMALLEST),
    )


def _bare(fact: Fact) -> Fact:
    return Fact(fact.id, fact.indicator, fact.value, None, fact.at, 0, fact.official)


def _inside(number: int, *, narrow: bool) -> int | None:
    """Return a number as those who work are told it: of a district nothing from 1 to 9."""
    return None if narrow and 0 < number < SMALLEST else number


def _told(number: int | None) -> int | None:
    return None if number is None or number < SMALLEST else number
