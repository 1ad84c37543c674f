"""The counts of answers on their way: from votes into the table, of several processes, told."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.polls.ballot_box import BallotBox
from services.polls.patterns import Kind
from services.polls.reporting import read_report
from tests.polls.stage import CLOSING, NOON, OPERATOR, Stage, citizen

BURST = NOON + timedelta(hours=3, seconds=20)
LATER = BURST + timedelta(minutes=1)


async def answer_at_once(stage: Stage, box: BallotBox, poll: int, at: datetime) -> None:
    """Let one process take an answer early and then one of everybody in one second."""
    first, *others = stage.people
    await box.cast(citizen(first), poll, 0, NOON)
    for person in others:
        joined = at - timedelta(minutes=5)
        await box.cast(replace(citizen(person), joined_at=joined), poll, 0, at)
    await box.forget_closed(at + timedelta(minutes=1))


async def test_processes_add_up(stage: Stage) -> None:
    """What two processes counted in the same second stands together in the report."""
    poll = await stage.launch()
    for box in (stage.box, BallotBox(stage.db, stage.keys)):
        await answer_at_once(stage, box, poll, BURST)
    await stage.close(CLOSING)
    report = await stage.db.read(read_report, OPERATOR, poll, CLOSING)
    both = 2 * (len(stage.people) - 1)
    assert {(kind, both) for kind in Kind} == {
        (found.kind, found.largest.count) for found in report.patterns
    }
    assert len(stage.people) == report.result.base


async def test_nothing_but_counts_is_written(sqlite_stage: Stage) -> None:
    """Of nine answers in a minute nothing is kept; of more, how many and no sign of whom."""
    poll = await sqlite_stage.launch()
    sqlite_stage.people[:] = range(1000, 1010)  # the first answers early, nine at once
    await answer_at_once(sqlite_stage, sqlite_stage.box, poll, BURST)
    assert [] == await sqlite_stage.rows("poll_patterns")
    sqlite_stage.people[:] = range(1000, 1030)
    await answer_at_once(sqlite_stage, sqlite_stage.box, poll, LATER)
    rows = await sqlite_stage.rows("poll_patterns")
    assert {"poll_id", "kind", "at", "process", "count"} == set(rows[0])
    assert {29} == {row["count"] for row in rows}
