"""The numbers of a digest are those of the appeals themselves, however they were counted."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, RowMapping

from services.appeals.answering import answer_appeal
from services.appeals.closing import close_silent
from services.appeals.model import OPEN, AppealStatus, Outcome
from services.appeals.verdict import dispute_appeal
from services.clock import local_date
from services.digests.composing import compose_digest
from services.digests.facts import DigestFacts, from_payload, to_payload
from storage.schema.appeals import appeals
from tests.digests.conftest import UTILITIES, WATER, citizen, file_appeal, settled

# Thursday 12 March 2026, 08:30 in Asia/Almaty.
MORNING = datetime(2026, 3, 12, 3, 30, tzinfo=UTC)
TODAY = date(2026, 3, 12)
YESTERDAY = date(2026, 3, 11)

FILED = st.tuples(
    st.sampled_from(["water-supply", "water-quality", "heating", "gas"]),
    st.sampled_from(["10", "101000", "615500", "351000"]),
    st.integers(1, 60 * 24 * 45),  # minutes before the morning
    st.none() | st.integers(1, 60 * 24 * 40),  # minutes until the answer
)


def play(connection: Connection, filed: list[tuple[str, str, int, int | None]]) -> None:
    """Register appeals and answer some of them, in whatever order."""
    for number, (topic, place, ago, wait) in enumerate(filed):
        came = MORNING - timedelta(minutes=ago)
        appeal = file_appeal(connection, number, topic, place, came)
        if wait is not None and wait < ago:
            actor = WATER if topic.startswith("water") else UTILITIES
            at = came + timedelta(minutes=wait)
            answer_appeal(connection, appeal, 1, actor, "Жөндеу бүгін аяқталды.", at)
            if wait % 3 == 0:
                dispute_appeal(connection, appeal, 2, citizen(number), 2, "Су әлі жоқ", at)
    close_silent(connection, MORNING - timedelta(hours=20))


def recount(connection: Connection, section: str) -> dict[str, Any]:
    """Count the same over the appeals, one by one."""
    found = connection.execute(
        sa.select(appeals).where(appeals.c.section == section).order_by("due_on", "id")
    )
    rows = found.mappings().all()
    waiting = [row for row in rows if AppealStatus(row["status"]) in OPEN]
    late = [row for row in waiting if row["due_on"] < TODAY]
    soon = [row for row in waiting if TODAY <= row["due_on"] <= TODAY + timedelta(days=3)]
    week = Counter(
        (row["topic"], row["region"], row["district"] or "")
        for row in rows
        if YESTERDAY - timedelta(days=6) <= local_date(row["registered_at"]) <= YESTERDAY
    )
    return {
        "new": sum(local_date(row["registered_at"]) == YESTERDAY for row in rows),
        "answered": sum(_answered_on(row) == YESTERDAY for row in rows),
        "unconfirmed": sum(row["outcome"] == Outcome.UNCONFIRMED for row in rows),
        "disputed": sum(row["status"] == AppealStatus.DISPUTED for row in rows),
        "open": len(waiting),
        "overdue": len(late),
        "due_soon": len(soon),
        "oldest_overdue": late[0]["number"] if late else None,
        "next_due": soon[0]["number"] if soon else None,
        "topics": sorted(week.items(), key=lambda counted: (-counted[1], counted[0]))[:3],
    }


def _answered_on(row: RowMapping) -> date | None:
    return local_date(row["answered_at"]) if row["answered_at"] else None


def said(facts: DigestFacts) -> dict[str, Any]:
    """Return what the digest says of the same."""
    return {
        "new": facts.new,
        "answered": facts.answered,
        "unconfirmed": facts.unconfirmed,
        "disputed": facts.disputed,
        "open": facts.open,
        "overdue": facts.overdue,
        "due_soon": facts.due_soon,
        "oldest_overdue": facts.oldest_overdue.number if facts.oldest_overdue else None,
        "next_due": facts.next_due.number if facts.next_due else None,
        "topics": [
            ((topic.topic, topic.region, topic.district), topic.count) for topic in facts.topics
        ],
    }


@settings(max_examples=25, deadline=None)
@given(st.lists(FILED, max_size=25))
def test_the_numbers_equal_an_independent_recount(
    filed: list[tuple[str, str, int, int | None]],
) -> None:
    """Counters and indexed reads say what a count over all appeals says, for each official."""
    with settled() as connection:
        play(connection, filed)
        for official, section in (("mysalbaev", "water"), ("nobaeva", "utilities")):
            facts = compose_digest(connection, official, MORNING)
            assert recount(connection, section) == said(facts)
            assert facts == from_payload(to_payload(facts))


def test_a_digest_after_days_off_counts_from_the_last_one(connection: Connection) -> None:
    """Monday's digest holds Friday, Saturday and Sunday."""
    for number, day in enumerate((5, 6, 7, 8, 9)):
        at = datetime(2026, 3, day, 5, tzinfo=UTC)
        file_appeal(connection, number, "water-supply", "10", at)

    # Monday 9 March is a day off for the 8th, which was a Sunday.
    facts = compose_digest(connection, "mysalbaev", datetime(2026, 3, 10, 3, 30, tzinfo=UTC))

    assert (date(2026, 3, 6), date(2026, 3, 9), 4) == (facts.since, facts.until, facts.new)


def test_a_digest_holds_own_sections_only(connection: Connection) -> None:
    """Who answers for water hears nothing of heating."""
    file_appeal(connection, 1, "heating", "10", datetime(2026, 3, 11, 5, tzinfo=UTC))

    assert compose_digest(connection, "mysalbaev", MORNING).quiet
    assert 1 == compose_digest(connection, "nobaeva", MORNING).new


def test_a_digest_holds_no_personal_data(connection: Connection) -> None:
    """Neither names, nor ids of people, nor words of an appeal are in it."""
    file_appeal(connection, 1, "water-supply", "101000", datetime(2026, 3, 11, 5, tzinfo=UTC))
    payload = str(to_payload(compose_digest(connection, "mysalbaev", MORNING)))

    assert "Сынақ" not in payload
    assert "101," not in payload
    assert "көмектесіңіз" not in payload


def test_every_read_of_a_digest_has_an_index(connection: Connection) -> None:
    """No statement of a digest walks through appeals or their counters."""
    statements: list[tuple[str, Any]] = []

    @sa.event.listens_for(connection, "before_cursor_execute")
    def note(*event: Any) -> None:
        _connection, _cursor, statement, parameters, *_more = event
        statements.append((statement, parameters))

    compose_digest(connection, "mysalbaev", MORNING)
    sa.event.remove(connection, "before_cursor_execute", note)

    asked = [pair for pair in statements if "appeal" in pair[0]]
    assert 8 == len(asked)
    for statement, parameters in asked:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps = [row[3] for row in plan]
        assert [] == [step for step in steps if step.startswith("SCAN appeal")]
        assert [] == [step for step in steps if step.startswith("SCAN open_appeals")]
