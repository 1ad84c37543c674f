"""What the clock asks every minute is answered by an index, whatever the number of appeals."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from storage import appeal_closing

TODAY = date(2026, 3, 19)


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (
            lambda c: appeal_closing.due_to_close(c, ["answered", "confirmed"], TODAY, 200),
            "ix_appeals_closes_on",
        ),
        (
            lambda c: appeal_closing.silent(c, "answered", TODAY, TODAY, 200),
            "ix_appeals_closes_on",
        ),
        (
            lambda c: appeal_closing.promises_due(c, ["closed"], TODAY, 200),
            "ix_appeals_recheck_on",
        ),
        (lambda c: appeal_closing.decision(c, 1), "sqlite_autoindex_appeal_events_1"),
    ],
    ids=["silent long enough", "silent", "promised", "decided"],
)
def test_an_index_answers(
    connection: Connection, ask: Callable[[Connection], Any], index: str
) -> None:
    """Each statement walks along its index and through no table."""
    statements: list[tuple[str, Any]] = []

    @sa.event.listens_for(connection, "before_cursor_execute")
    def note(*event: Any) -> None:
        _connection, _cursor, statement, parameters, *_more = event
        statements.append((statement, parameters))

    ask(connection)
    sa.event.remove(connection, "before_cursor_execute", note)

    [(statement, parameters)] = statements
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [str(step[-1]) for step in plan]
    assert any(index in step for step in steps), steps
    assert not [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]
