"""The board of the Road Map: what officials see, and what everybody may."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.clock import local_date
from services.refusal import Refusal
from services.roadmap.board import (
    HISTORY,
    Line,
    board_of,
    counts,
    read_board,
    read_fact,
    read_history,
    read_indicator,
)
from services.roadmap.editing import add_indicator, retire_indicator, tie_poll
from services.roadmap.indicator import Level, State
from services.roadmap.reporting import report_fact
from services.roadmap.returning import return_fact
from services.roadmap.scope import Area, Scope, scope_of
from storage.appeal_counters import count_day
from storage.schema.polls import polls
from tests.digests.conftest import CITIZEN, OPERATOR, UTILITIES, WATER
from tests.roadmap.conftest import (
    ADMINISTRATOR,
    COUNCIL,
    HEAD,
    LOCAL,
    NOW,
    SECRETARY,
    TODAY,
    WATER_NATION,
)

EVERYTHING = Scope((Area(),), everything=True)


def report(
    connection: Connection, value: int, at: datetime = NOW, comment: str | None = None
) -> int:
    """Report of the indicator of the republic; the id of the report."""
    number = round(at.timestamp()) + value
    code = "water.nation"
    fact = report_fact(connection, COUNCIL, code, Decimal(value), comment, [], number, at)
    return fact.id


def say(connection: Connection, district: str, day: date, registered: int, joined: int) -> None:
    """Count appeals about water from a district."""
    appeal = {"section": "water", "topic": "water-supply", "region": district[:2]}
    count_day(
        connection, appeal | {"district": district}, day, registered=registered, joined=joined
    )


def lines(board: tuple[Line, ...]) -> dict[str, Line]:
    """Return the lines by the code of their indicator."""
    return {line.indicator.code: line for line in board}


@pytest.mark.parametrize(
    ("person", "codes"),
    [
        (WATER, ["water.nation", "water.sairam"]),
        (SECRETARY, ["water.nation", "water.sairam"]),
        (ADMINISTRATOR, ["water.nation", "water.sairam"]),
        (COUNCIL, ["water.nation", "water.sairam"]),
        (LOCAL, ["water.sairam"]),
        (HEAD, ["water.sairam"]),
        (UTILITIES, []),
    ],
)
def test_own_board(connection: Connection, person: int, codes: list[str]) -> None:
    """An official sees what they answer for, by section and place."""
    assert codes == list(lines(board_of(connection, person, TODAY)))


@pytest.mark.parametrize("person", [CITIZEN, OPERATOR])
def test_a_citizen_has_no_board_of_staff(connection: Connection, person: int) -> None:
    """Others have the public board only."""
    with pytest.raises(Refusal):
        board_of(connection, person, TODAY)
    with pytest.raises(Refusal):
        read_indicator(connection, "water.nation", TODAY, actor=person)
    with pytest.raises(Refusal):
        read_history(connection, person, "water.nation", TODAY)


def test_others_answer_for_it(connection: Connection) -> None:
    """An official of another section or region reads no comments, questions and files."""
    fact = report(connection, 92, comment="Үш ауыл")
    for person in (UTILITIES, HEAD, LOCAL):
        with pytest.raises(Refusal):
            read_history(connection, person, "water.nation", TODAY)
        with pytest.raises(Refusal):
            read_fact(connection, person, fact, TODAY)
    assert "Үш ауыл" == read_fact(connection, SECRETARY, fact, TODAY).comment


def test_the_public_board(connection: Connection) -> None:
    """Everybody sees values and days, and nothing of who reported and what was said about it."""
    report(connection, 92, comment="Айгүл Сынақова растады")
    line = lines(read_board(connection, None, TODAY))["water.nation"]
    assert line.fact is not None
    assert (Decimal(92), None, 0, ()) == (
        line.fact.value,
        line.fact.comment,
        line.fact.by,
        line.fact.evidence,
    )
    assert "Айгүл" not in repr(read_board(connection, None, TODAY))
    assert line == read_indicator(connection, "water.nation", TODAY)


def test_a_retired_indicator_is_on_no_board(connection: Connection) -> None:
    """What left the board is gone from all of them."""
    retire_indicator(connection, ADMINISTRATOR, "water.nation", 1, NOW)
    assert ["water.sairam"] == list(lines(read_board(connection, None, TODAY)))
    assert ["water.sairam"] == list(lines(board_of(connection, ADMINISTRATOR, TODAY)))
    with pytest.raises(Refusal):
        read_indicator(connection, "water.nation", TODAY)


def test_what_citizens_say(connection: Connection) -> None:
    """Appeals and joins of 30 days in the place; of a district nobody is told a small number."""
    say(connection, "615200", TODAY, 7, 12)
    say(connection, "615200", TODAY - timedelta(days=29), 2, 0)
    say(connection, "615200", TODAY - timedelta(days=30), 50, 50)
    say(connection, "194000", TODAY - timedelta(days=3), 4, 1)
    own = lines(read_board(connection, EVERYTHING, TODAY))
    public = lines(read_board(connection, None, TODAY))
    assert [(13, 13), (None, 12)] == [(line.appeals, line.joined) for line in own.values()]
    assert [(13, 13), (None, 12)] == [(line.appeals, line.joined) for line in public.values()]


def test_topics_of_an_indicator(connection: Connection) -> None:
    """Where an indicator names topics, the others say nothing of it; a region has all its own."""
    for code, topics in (("a", ("water-quality",)), ("b", ("water-supply",))):
        indicator = replace(
            WATER_NATION, code=code, level=Level.REGION, region="61", topics=topics
        )
        add_indicator(connection, ADMINISTRATOR, indicator, NOW)
    say(connection, "615200", TODAY, 10, 1)
    say(connection, "615500", TODAY, 5, 1)
    own = lines(read_board(connection, EVERYTHING, TODAY))
    assert (0, 15) == (own["a"].appeals, own["b"].appeals)


def test_history(connection: Connection) -> None:
    """A line holds the newest eight reports that count, the earliest first."""
    for value in range(1, 12):
        report(connection, value, NOW - timedelta(days=12 - value))
    asked = report(connection, 50)
    return_fact(connection, WATER, asked, "Қалай?", NOW)
    line = read_indicator(connection, "water.nation", TODAY)
    assert list(range(4, 12)) == [int(fact.value) for fact in line.history]
    assert HISTORY == len(line.history)
    first = read_history(connection, COUNCIL, "water.nation", TODAY)
    rest = read_history(connection, COUNCIL, "water.nation", TODAY, before=first[-1].id)
    assert [50, *range(11, 0, -1)] == [int(fact.value) for fact in first + rest]
    assert "Қалай?" == first[0].question


def test_the_newest_poll_speaks(connection: Connection) -> None:
    """Of the polls that are tied the newest counted one is shown, to the public from 10 on."""
    for number, base in ((1, 40), (2, 9), (3, None)):
        ended = NOW - timedelta(days=10 - number)
        connection.execute(
            sa.insert(polls).values(
                id=number,
                draft_id=f"p{number}",
                title_kk="Су бар ма?",
                title_ru="Есть вода?",
                target={},
                kind="secret",
                topic_class="social",
                wording_hash="",
                status="closed" if base else "open",
                created_by=1,
                launched_at=ended,
                closes_at=ended,
                frozen_at=ended,
                public_key=b"",
                base=base,
            )
        )
        tie_poll(connection, ADMINISTRATOR, "water.nation", number, NOW)
    own = read_indicator(connection, "water.nation", TODAY, actor=WATER)
    assert [(2, 9)] == [(poll.poll, poll.base) for poll in own.polls]
    assert () == read_indicator(connection, "water.nation", TODAY).polls
    earlier = read_indicator(connection, "water.nation", TODAY - timedelta(days=9), actor=WATER)
    assert [1] == [poll.poll for poll in earlier.polls]


def test_states_and_counts(connection: Connection) -> None:
    """Behind, overdue and silent are counted in a scope; what is reached is neither."""
    june = date(2026, 6, 1)
    scope = scope_of(connection, "mysalbaev", june)
    assert {State.BEHIND} == {line.state for line in read_board(connection, scope, june)}
    assert (2, 2) == counts(connection, scope, june)
    report(connection, 100, NOW)
    assert (1, 1) == counts(connection, scope, june)
    assert (1, 1) == counts(connection, scope_of(connection, "kenesov", june), june)
    assert (0, 0) == counts(connection, scope_of(connection, "nobaeva", june), june)
    after = date(2027, 1, 1)
    states = [line.state for line in read_board(connection, EVERYTHING, after)]
    assert [State.REACHED, State.OVERDUE] == states


def test_where_nobody_is_assigned(connection: Connection) -> None:
    """The official of the section answers for an indicator that nobody was given."""
    add_indicator(connection, ADMINISTRATOR, replace(WATER_NATION, code="water.new"), NOW)
    found = read_indicator(connection, "water.new", local_date(NOW))
    assert "mysalbaev" == found.official


def test_the_board_reads_by_index(connection: Connection) -> None:
    """Counters of appeals and reports are read by their indexes, however many there are."""
    seen: list[tuple[str, Any]] = []

    @sa.event.listens_for(connection, "before_cursor_execute")
    def note(_c: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if not statement.startswith("EXPLAIN"):
            seen.append((statement, given))

    read_board(connection, EVERYTHING, TODAY)
    counts(connection, EVERYTHING, TODAY)
    read_history(connection, COUNCIL, "water.nation", TODAY)
    steps = [
        step
        for statement, given in tuple(seen)
        for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
    ]
    tables = ("appeal_days", "indicator_facts", "indicator_assignments", "indicator_polls")
    assert set() == {step for step in steps if step.startswith("SCAN") and step[5:] in tables}
    assert {"ix_appeal_days_region_day", "ix_indicator_facts_indicator_id"} <= {
        word for step in steps for word in step.split()
    }
