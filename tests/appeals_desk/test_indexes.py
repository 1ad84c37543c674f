"""What the desk asks is answered by an index, whatever the number of appeals."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.lists import Listed, branches
from storage.appeal_lists import paged
from storage.appeal_queue import next_waiting
from storage.schema import metadata
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


def test_the_same_on_postgresql(postgres_server: Cluster) -> None:
    """PostgreSQL knows the same indexes for the next one and for each list."""
    postgres_server.execute("CREATE DATABASE plans")
    address = postgres_server.url("plans").replace("postgresql:", "postgresql+psycopg:")
    engine = sa.create_engine(address)
    metadata.create_all(engine)
    with engine.begin() as connection:
        settle(connection)
        file(connection, "a", NOW)
        # A few rows fit on one page, which is read as a whole unless told otherwise.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        for kind in LISTS:
            for number, part in enumerate(branches(kind, "19", AIDA, TODAY)):
                assert index_of(kind, number) in plan(connection, paged([part], AFTER, 9)), kind
        assert "ix_appeals_next" in plan(connection, next_waiting(AIDA, urgent=False, after=AFTER))
    engine.dispose()
