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
from services.appeals.verdict import dispute_appeal, rate_appeal
from services.clock import local_date
from services.digests.composing import compose_digest
from services.digests.facts import Case, DigestFacts, from_payload, to_payload
from services.digests.queueing import due_digests
from services.roadmap.desk import CaseList, list_cases
from storage.database import Database
from storage.people import grant_role
from storage.schema.appeals import appeals
from storage.schema.organisation import officials
from tests.digests.conftest import (
    OPERATOR,
    UTILITIES,
    WATER,
    citizen,
    file_appeal,
    give_indicator,
    settle,
    settled,
)

# Thursday 12 March 2026, 08:30 in Asia/Almaty.
MORNING = datetime(2026, 3, 12, 3, 30, tzinfo=UTC)
TODAY = date(2026, 3, 12)
YESTERDAY = date(2026, 3, 11)

# What each official answers for, by hand: sections (None: all) and how a place begins.
SCOPES: dict[str, tuple[tuple[frozenset[str] | None, str], ...]] = {
    "mysalbaev": ((frozenset({"water"}), ""),),
    "nobaeva": ((frozenset({"utilities"}), ""),),
    "synamaev": ((None, "61"),),
    "ulgilenova": ((None, "615200"),),
    "elestetov": ((None, ""),),
    "member": ((frozenset({"water"}), "101000"), (frozenset({"utilities"}), "615500")),
}
FILED = st.tuples(
    st.sampled_from(["water-supply", "water-quality", "heating", "gas"]),
    st.sampled_from(["10", "101000", "615500", "615200", "351000"]),
    st.integers(1, 60 * 24 * 45),  # minutes before the morning
    st.none() | st.integers(1, 60 * 24 * 40),  # minutes until the answer
)


def appoint_member(connection: Connection) -> None:
    """Let a member of a Political Council answer for two indicators in two districts."""
    words = dict.fromkeys(("name_kk", "name_ru", "position_kk", "position_ru"), "Сынақ")
    connection.execute(sa.insert(officials).values(code="member", body="council", **words))
    give_indicator(connection, "wells", "water", "10", "101000", "member")
    give_indicator(connection, "boilers", "utilities", "61", "615500", "member")


def play(connection: Connection, filed: list[tuple[str, str, int, int | None]]) -> None:
    """Register appeals and answer some of them, in whatever order."""
    appoint_member(connection)
    for number, (topic, place, ago, wait) in enumerate(filed):
        came = MORNING - timedelta(minutes=ago)
        appeal = file_appeal(connection, number, topic, place, came)
        if wait is not None and wait < ago:
            actor = WATER if topic.startswith("water") else UTILITIES
            at = came + timedelta(minutes=wait)
            answer_appeal(connection, appeal, 1, actor, "Жөндеу бүгін аяқталды.", at)
            if wait % 3 == 0:
                dispute_appeal(connection, appeal, 2, citizen(number), 2, "Су әлі жоқ", at)
            elif wait % 3 == 1:
                rate_appeal(connection, appeal, 2, citizen(number), wait % 5 + 1, at)
    close_silent(connection, MORNING - timedelta(hours=20))


def recount(connection: Connection, official: str) -> dict[str, Any]:
    """Count the same over the appeals, one by one."""
    ordered = sa.select(appeals).order_by("due_on", "id")
    everything = connection.execute(ordered).mappings().all()
    rows = [row for row in everything if _in_scope(row, official)]
    waiting = [row for row in rows if AppealStatus(row["status"]) in OPEN]
    late = [row for row in waiting if row["due_on"] < TODAY]
    soon = [row for row in waiting if TODAY <= row["due_on"] <= TODAY + timedelta(days=3)]
    days = [(local_date(row["registered_at"]), _kind(row)) for row in rows]
    week = Counter(kind for day, kind in days if TODAY - timedelta(days=7) <= day < TODAY)
    month = Counter(kind for day, kind in days if _four_weeks_before(day))
    first = min((local_date(row["registered_at"]) for row in everything), default=TODAY)
    weeks = max(0, min(4, (YESTERDAY - first).days // 7))
    full = (TODAY - timedelta(days=7) - first).days >= 28
    same = [YESTERDAY - timedelta(days=7 * week) for week in range(1, weeks + 1)]
    return {
        "new": sum(day == YESTERDAY for day, _kind in days),
        "answered": sum(_answered_on(row) == YESTERDAY for row in rows),
        "unconfirmed": sum(row["outcome"] == Outcome.UNCONFIRMED for row in rows),
        "badly_rated": sum(
            row["rating"] in {1, 2} and local_date(row["rated_at"]) == YESTERDAY for row in rows
        ),
        "disputed": sum(row["status"] == AppealStatus.DISPUTED for row in rows),
        "fresh": sum(row["status"] == AppealStatus.REGISTERED for row in rows),
        "open": len(waiting),
        "overdue": len(late),
        "due_soon": len(soon),
        "oldest_overdue": late[0]["number"] if late else None,
        "next_due": soon[0]["number"] if soon else None,
        "usual": weeks
        and (
            sum(day in same for day, _kind in days) / weeks,
            sum(_answered_on(row) in same for row in rows) / weeks,
        ),
        "topics": [
            (kind, count, month[kind] / 4 if full else None)
            for kind, count in sorted(week.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        ],
    }


def _in_scope(row: RowMapping, official: str) -> bool:
    place = row["district"] or row["region"]
    return any(
        (sections is None or row["section"] in sections) and place.startswith(prefix)
        for sections, prefix in SCOPES[official]
    )


def _kind(row: RowMapping) -> tuple[str, str, str]:
    return row["topic"], row["region"], row["district"] or ""


def _four_weeks_before(day: date) -> bool:
    return TODAY - timedelta(days=35) <= day < TODAY - timedelta(days=7)


def _answered_on(row: RowMapping) -> date | None:
    return local_date(row["answered_at"]) if row["answered_at"] else None


def said(facts: DigestFacts) -> dict[str, Any]:
    """Return what the digest says of the same."""
    plain = (
        "new", "answered", "unconfirmed", "badly_rated", "disputed", "fresh", "open", "overdue",
        "due_soon",
    )  # fmt: skip
    return {
        **{name: getattr(facts, name) for name in plain},
        "oldest_overdue": facts.oldest_overdue.number if facts.oldest_overdue else None,
        "next_due": facts.next_due.number if facts.next_due else None,
        "usual": (facts.usual.new, facts.usual.answered) if facts.usual else 0,
        "topics": [
            ((topic.topic, topic.region, topic.district), topic.count, topic.before)
            for topic in facts.topics
        ],
    }


@settings(max_examples=4, deadline=None)
@given(st.lists(FILED, min_size=8, max_size=20))
def test_the_numbers_equal_an_independent_recount(
    filed: list[tuple[str, str, int, int | None]],
) -> None:
    """Counters and indexed reads say what a count over all appeals says, for each scope."""
    with settled() as connection:
        play(connection, filed)
        for official in SCOPES:
            facts = compose_digest(connection, official, MORNING)
            assert recount(connection, official) == said(facts)
            assert facts == from_payload(to_payload(facts))


FEW: list[tuple[str, str, int, int | None]] = [
    ("water-supply", "101000", 60 * 24 * 40, None),
    ("water-supply", "101000", 60 * 20, None),
    ("heating", "615500", 60 * 24 * 26, 60 * 24 * 25 + 1),
    ("heating", "61", 60 * 24 * 3, 60),
    ("gas", "615200", 60 * 24 * 22, None),
]


async def test_the_numbers_on_both_databases(database: Database) -> None:
    """SQLite and PostgreSQL say the same, and each list holds as many as its number counts."""
    await database.write(settle)
    await database.write(play, FEW)

    def check(connection: Connection) -> None:
        for official in SCOPES:
            facts = compose_digest(connection, official, MORNING)
            assert recount(connection, official) == said(facts)
            numbers = {
                CaseList.OVERDUE: facts.overdue,
                CaseList.DUE_SOON: facts.due_soon,
                CaseList.OPEN: facts.open,
                CaseList.NEW: facts.fresh,
                CaseList.RETURNED: facts.disputed,
                CaseList.NAMED: facts.named,
            }
            assert numbers == {
                kind: len(list_cases_of(connection, official, kind)) for kind in CaseList
            }

    await database.write(check)


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
    """No statement of a digest walks through appeals, their counters, quotes or digests."""
    appoint_member(connection)
    statements: list[tuple[str, Any]] = []

    @sa.event.listens_for(connection, "before_cursor_execute")
    def note(*event: Any) -> None:
        _connection, _cursor, statement, parameters, *_more = event
        statements.append((statement, parameters))

    for official in SCOPES:
        compose_digest(connection, official, MORNING)
        for kind in CaseList:
            list_cases_of(connection, official, kind)
    due_digests(connection, MORNING)
    sa.event.remove(connection, "before_cursor_execute", note)

    tables = ("appeals", "appeal_days", "open_appeals", "quotes", "digests", "outbox", "errands")
    asked = {pair for pair in statements if any(table in pair[0] for table in tables)}
    assert 60 < len(asked)
    scans = {
        step
        for statement, parameters in asked
        for *_ids, step in connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", parameters
        )
        if step.startswith(tuple(f"SCAN {table}" for table in tables))
    }
    assert set() == scans


def list_cases_of(connection: Connection, official: str, kind: CaseList) -> tuple[Case, ...]:
    """Read a list as the official whose account a person has for this moment."""
    grant_role(connection, OPERATOR, "official", official, MORNING)
    return list_cases(connection, OPERATOR, kind, TODAY, after=None, limit=8).cases


def test_the_cost_does_not_grow_with_the_total(connection: Connection) -> None:
    """Four thousand appeals that are over make no digest and no list take longer."""
    appoint_member(connection)
    for number, (topic, place) in enumerate((("water-supply", "101000"), ("heating", "615500"))):
        file_appeal(connection, number, topic, place, MORNING - timedelta(days=2))
    before = steps(connection)
    connection.execute(sa.text(PAST), {"count": 4000, "long_ago": "2025-01-01"})
    connection.execute(sa.text(PAST_DAYS))

    assert steps(connection) <= 1.05 * before


PAST = """
INSERT INTO appeals (draft_id, number, person_id, language, topic, section, official, office,
    region, district, text, status, version, registered_at, counted_from, due_on, joins, level,
    extensions, urgent, confidential, channel)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)
SELECT 'past-' || n, 'past-' || n, person_id, language, topic, section, official, office, region,
    CASE WHEN n % 9 > 0 THEN district END, text, 'closed', 3, registered_at,
    date(:long_ago, '+' || (n % 300) || ' days'), date(:long_ago, '+' || (n % 300) || ' days'),
    0, 0, 0, 0, 0, 'bot'
FROM numbers JOIN appeals ON appeals.id = n % 2 + 1
"""
PAST_DAYS = """
INSERT INTO appeal_days (section, day, topic, region, district, registered)
SELECT section, due_on, topic, region, coalesce(district, ''), count(*)
FROM appeals WHERE status = 'closed' GROUP BY 1, 2, 3, 4, 5
"""


def steps(connection: Connection) -> int:
    """Return how many steps of SQLite's machine the digests and lists of all scopes take."""
    taken = 0

    def note() -> int:
        nonlocal taken
        taken += 1
        return 0

    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(note, 1)
    for official in SCOPES:
        compose_digest(connection, official, MORNING)
        list_cases_of(connection, official, CaseList.OPEN)
    driver.set_progress_handler(None, 1)
    return taken
