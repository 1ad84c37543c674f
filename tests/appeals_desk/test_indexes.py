"""What the desk asks is answered by an index, whatever the number of appeals."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.dossier import read_dossier
from services.appeals.history import read_history
from services.appeals.lists import Listed, branches, desk_facts
from services.appeals.lookup import look_up
from services.appeals.queue import begin, keep_lent, release, return_expired_leases, take_next
from services.people.model import Role
from services.people.rights import Grant
from storage.appeal_lists import paged
from storage.appeal_queue import first_within, next_waiting
from storage.schema import metadata
from storage.schema.appeals import OPEN_STATES
from tests.appeals_desk.conftest import AIDA, NOW, file, settle
from tests.cluster import Cluster

TODAY = date(2026, 3, 12)
AFTER = (TODAY, 7)
LISTS = {
    Listed.MINE: "ix_appeals_assignee_due_on_id",
    Listed.OVERDUE: "ix_appeals_status_due_on_id",
    Listed.TODAY: "ix_appeals_status_due_on_id",
    Listed.NEW: "ix_appeals_status_due_on_id",
    # What no office takes, and what an office takes but nobody answers for.
    Listed.UNROUTED: "ix_appeals_unrouted ix_appeals_official_due_on_id",
    Listed.REGION: "ix_appeals_region_status_due_on_id",
    Listed.TOPIC: "ix_appeals_topic_due_on_id",
}
BOUNDED = (Grant(Role.OPERATOR, "19"), Grant(Role.OPERATOR, section="water"))
OF = {Listed.REGION: "19", Listed.TOPIC: "roads-supply"}
# Most are answered; a few are urgent, with nobody, somebody's own.
MANY = f"""
    INSERT INTO appeals (
        draft_id, number, person_id, language, topic, section, region, text, version,
        registered_at, counted_from, due_on, status, urgent, assignee, office, official
    )
    SELECT n, n, 101, 'kk', CASE n % 50 WHEN 0 THEN 'roads-supply' ELSE 'water-supply' END,
        'water', 10 + n % 17, '', 1, now(), now(), DATE '2026-01-01' + n % 200,
        CASE n % 9 WHEN 0 THEN 'registered' WHEN 1 THEN 'in_work' WHEN 2 THEN 'disputed'
            ELSE 'answered' END,
        n % 301 = 0,
        CASE WHEN n % 99 = 0 THEN {AIDA} WHEN n % 7 > 0 THEN 402 END,
        CASE WHEN n % 101 > 0 THEN 'central' END,
        CASE WHEN n % 103 > 0 THEN 'ulgi' END
    FROM generate_series(1, 30000) AS n
"""


def plan(connection: Connection, query: sa.Select[object]) -> str:
    """Return how the database would answer this query."""
    compiled = query.compile(connection.engine, compile_kwargs={"literal_binds": True})
    verb = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{verb} {compiled}"))


def index_of(kind: Listed, number: int) -> str:
    """Return the index of a part of a list; the last one named serves all that follow."""
    names = LISTS[kind].split()
    return names[min(number, len(names) - 1)]


@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize("after", [None, AFTER])
def test_the_next_one(
    connection: Connection, *, urgent: bool, after: tuple[date, int] | None
) -> None:
    """The most urgent appeal is the first entry of an index: nothing is sorted."""
    found = plan(connection, next_waiting(AIDA, urgent=urgent, after=after))

    assert "USING INDEX ix_appeals_next" in found
    assert "SCAN" not in found
    assert "B-TREE" not in found


@pytest.mark.parametrize("grant", BOUNDED)
def test_the_next_one_of_a_place_or_section(connection: Connection, grant: Grant) -> None:
    """Where a role is bounded, each part of the queue is a stretch of an index too."""
    found = plan(connection, first_within(AIDA, [grant], after=AFTER))

    assert "SCAN appeals" not in found
    index = "ix_appeals_region_status" if grant.area else "ix_appeals_section_status"
    assert len(OPEN_STATES) == found.count(f"SEARCH appeals USING INDEX {index}")


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("after", [None, AFTER])
def test_each_list(connection: Connection, kind: Listed, after: tuple[date, int] | None) -> None:
    """A page of a list is the beginning of one stretch of its index, or of three."""
    parts = branches(kind, "19", AIDA, TODAY)

    for number, part in enumerate(parts):
        found = plan(connection, paged([part], after, 9))
        assert f"USING INDEX {index_of(kind, number)}" in found
        assert "SCAN" not in found
        assert "B-TREE" not in found


def test_nothing_at_the_desk_reads_all_appeals(connection: Connection) -> None:
    """Whatever a press at the desk asks, every statement finds its appeals by an index."""
    appeal = file(connection, "a")
    asked: list[tuple[str, object]] = []

    def note(
        _connection: object, _cursor: object, statement: str, values: object, *_: object
    ) -> None:
        asked.append((statement, values))

    sa.event.listen(connection, "before_cursor_execute", note)
    desk_facts(connection, AIDA, NOW)
    take_next(connection, AIDA, NOW)
    take_next(connection, AIDA, NOW, appeal)
    keep_lent(connection, appeal, AIDA, NOW)
    return_expired_leases(connection, NOW)
    begin(connection, appeal, 1, AIDA, NOW)
    release(connection, appeal, 2, AIDA, NOW)
    read_dossier(connection, appeal, AIDA, TODAY)
    read_history(connection, appeal, AIDA, TODAY)
    look_up(connection, AIDA, "су жоқ", before=None, limit=9)
    sa.event.remove(connection, "before_cursor_execute", note)

    of_appeals = [each for each in asked if "appeal" in each[0] and "INSERT" not in each[0]]
    assert len(of_appeals) > 20
    for statement, values in of_appeals:
        explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [row[-1] for row in explained]
        whole = [step for step in steps if step in {"SCAN appeals", "SCAN appeal_events"}]
        assert [] == whole, statement


def test_on_postgresql(postgres_server: Cluster) -> None:
    """PostgreSQL reads the next one and each list from an index too; it chooses by statistics."""
    postgres_server.execute("CREATE DATABASE plans")
    address = postgres_server.url("plans").replace("postgresql:", "postgresql+psycopg:")
    engine = sa.create_engine(address)
    metadata.create_all(engine)
    with engine.begin() as connection:
        settle(connection)
        connection.execute(sa.text(MANY))
        connection.exec_driver_sql("ANALYZE appeals")
        for kind in LISTS:
            for part in branches(kind, OF.get(kind, ""), AIDA, TODAY):
                found = plan(connection, paged([part], AFTER, 9))
                assert "ix_appeals_" in found, kind
                assert "Seq Scan" not in found, kind
        for grant in BOUNDED:
            found = plan(connection, first_within(AIDA, [grant], after=AFTER))
            assert "Seq Scan" not in found, grant
        assert "ix_appeals_next" in plan(connection, next_waiting(AIDA, urgent=False, after=AFTER))
    engine.dispose()
