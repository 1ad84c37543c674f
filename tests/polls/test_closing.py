"""Closing a poll: counting, publishing, destroying."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.polls.ballot import voter_tag
from services.polls.closing import close_early
from services.polls.model import PollStatus
from services.polls.reading import latest_results, running_polls
from services.refusal import Refusal
from tests.polls.stage import CLOSING, NOON, OPERATOR, Stage

VOTES = [0] * 12 + [1] * 6 + [2] * 2


class Killed(BaseException):
    """The process ends here."""


class Conversations:
    """Hold nothing of any poll."""

    async def forget(self, poll_id: int) -> None:
        """Do nothing."""


async def _status(stage: Stage) -> str:
    [row] = await stage.rows("polls")
    return str(row["status"])


def _files_with(folder: Path, traces: list[bytes]) -> list[str]:
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(trace in path.read_bytes() for trace in traces)
    ]


async def test_results_and_nothing_else_remain(stage: Stage, tmp_path: Path) -> None:
    """After closing there are totals; ballots and keys are gone."""
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)
    await stage.close()
    result = await stage.result(poll)
    assert (20, (12, 6, 2)) == (result.base, result.votes)
    assert [] == await stage.rows("ballots")
    assert [] == list((tmp_path / "keys").iterdir())
    assert PollStatus.CLOSED == await _status(stage)


async def test_nothing_happens_before_the_time(stage: Stage) -> None:
    """The job leaves a poll alone until the announced moment."""
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)
    await stage.close(CLOSING - timedelta(seconds=1))
    assert PollStatus.OPEN == await _status(stage)
    assert 20 == len(await stage.rows("ballots"))


async def test_respondents_are_told_and_nobody_else(stage: Stage) -> None:
    """The result goes to who answered and to the author, and this list is to be forgotten."""
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)
    await stage.close()
    told = [row["person_id"] for row in await stage.rows("mailing_recipients")]
    assert [OPERATOR, *stage.people[:20]] == told
    mailing = (await stage.rows("mailings"))[-1]
    assert ("poll_result", True) == (mailing["kind"], mailing["forget_recipients"])


@pytest.mark.parametrize("votes", [[0] * 5 + [1] * 4, [0] * 9, [], [1] * 30])
async def test_few_or_equal_answers_leave_no_counts(stage: Stage, votes: list[int]) -> None:
    """Fewer than 10 answers, or few and all alike, are not even kept by option."""
    poll = await stage.launch()
    await stage.vote_all(poll, votes)
    await stage.close()
    result = await stage.result(poll)
    assert (len(votes), None) == (result.base, result.votes)
    assert ["about"] == [row["key"] for row in await stage.rows("poll_results")]


@pytest.mark.parametrize("step", ["ask", "count", "draw", "forget", "destroy", "scrub", "finish"])
async def test_a_kill_at_any_step_changes_no_result(
    stage: Stage, step: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A closing that was killed goes on where it stopped, to the same results and clean state."""
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)
    stage.closing = replace(stage.closing, forget=lambda one: Conversations().forget(one))

    def killed(*_args: object, **_kwargs: object) -> Any:
        raise Killed

    with monkeypatch.context() as patch:
        places: dict[str, tuple[Any, str]] = {
            "ask": ("services.polls.emptying", "voter_tag"),
            "count": ("services.polls.emptying", "count"),
            "draw": ("tests.polls.stage.NoCharts", "draw"),
            "forget": ("tests.polls.test_closing.Conversations", "forget"),
            "destroy": (stage.keys.__class__, "destroy"),
            "scrub": (stage.db.__class__, "scrub"),
            "finish": ("services.polls.closing", "finish"),
        }
        owner, name = places[step]
        if isinstance(owner, str):
            patch.setattr(f"{owner}.{name}", killed)
        else:
            patch.setattr(owner, name, killed)
        with pytest.raises(Killed):
            await stage.close()
    await stage.close(CLOSING + timedelta(minutes=1))
    result = await stage.result(poll)
    assert (20, (12, 6, 2), CLOSING) == (result.base, result.votes, result.ended_at)
    assert [] == await stage.rows("ballots")
    assert [] == list((tmp_path / "keys").iterdir())
    assert PollStatus.CLOSED == await _status(stage)
    assert 21 == len(await stage.rows("mailing_recipients"))


async def test_a_result_needs_no_picture(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where charts cannot be drawn, the numbers are published all the same."""
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)

    async def broken(*_args: object) -> Any:
        raise OSError("no space left")

    monkeypatch.setattr("tests.polls.stage.NoCharts.draw", broken)
    await stage.close()
    assert 20 == (await stage.result(poll)).base


async def test_a_busy_log_postpones_the_end(
    sqlite_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a long query keeps the log from being emptied, the poll closes at a later tick."""
    stage = sqlite_stage
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)

    async def busy(_self: object) -> bool:
        return False

    with monkeypatch.context() as patch:
        patch.setattr(stage.db.__class__, "scrub", busy)
        await stage.close()
        assert PollStatus.COUNTED == await _status(stage)
    await stage.close()
    assert PollStatus.CLOSED == await _status(stage)


async def test_no_trace_in_the_files(sqlite_stage: Stage, tmp_path: Path) -> None:
    """After closing no tag and no sealed answer is in the file, its log or anywhere beside."""
    stage = sqlite_stage
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)
    ballots = await stage.rows("ballots")
    key = stage.keys.create("d1")
    assert voter_tag(key.tag_key, poll, stage.people[0]) in {row["tag"] for row in ballots}
    await stage.close()
    traces = [row[part] for row in ballots for part in ("tag", "sealed")]
    traces += [key.tag_key, key.secret_key]
    assert [] == _files_with(tmp_path, traces)


async def test_the_order_of_arrival_leaves_no_mark(stage: Stage) -> None:
    """Whoever answers first and whoever changes their mind: the results are the same rows."""
    first, second = await stage.launch(), await stage.launch(id="d2")
    for person, option in zip(stage.people, VOTES, strict=False):
        await stage.vote(first, person, option)
    for person, option in reversed(list(zip(stage.people, VOTES, strict=False))):
        await stage.vote(second, person, (option + 1) % 3)
        await stage.vote(second, person, option)
    await stage.close()
    results = [await stage.result(poll) for poll in (first, second)]
    assert results[0].votes == results[1].votes


async def test_unreadable_ballots_spoil_nothing(stage: Stage) -> None:
    """A ballot that cannot be opened is left out and stops nothing."""
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)

    def damage(connection: Any) -> None:
        connection.exec_driver_sql(f"INSERT INTO ballots VALUES ({poll}, 'xx', 'noise')")

    if stage.db.dialect == "sqlite":
        await stage.db.write(damage)
    await stage.close()
    assert 20 == (await stage.result(poll)).base


async def test_an_early_end_is_disclosed(stage: Stage) -> None:
    """An operator may close early; the result says so, and a second tap moves nothing."""
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)
    early = NOON + timedelta(hours=2)
    await stage.db.write(close_early, poll, OPERATOR, early)
    await stage.db.write(close_early, poll, OPERATOR, early + timedelta(minutes=1))
    assert [] == await stage.db.read(running_polls, early)
    await stage.close(early + timedelta(minutes=2))
    result = await stage.result(poll)
    assert (early, True) == (result.ended_at, result.closed_early)


async def test_an_undelivered_question_is_called_off(stage: Stage) -> None:
    """Whoever has not got the question when the poll closes is not asked any more."""
    await stage.launch()
    await stage.close()
    assert ["cancelled", "running"] == [row["status"] for row in await stage.rows("mailings")]


async def test_citizens_close_nothing(stage: Stage) -> None:
    """Whoever is no operator cannot close a poll."""
    poll = await stage.launch()
    with pytest.raises(Refusal, match="staff"):
        await stage.db.write(close_early, poll, 1000, NOON)
    assert PollStatus.OPEN == await _status(stage)


async def test_without_its_key_a_poll_waits(stage: Stage) -> None:
    """A poll whose key is missing is kept as it is, and others close all the same."""
    lost, sound = await stage.launch(), await stage.launch(id="d2")
    for poll in (lost, sound):
        await stage.vote_all(poll, VOTES)
    stage.keys.destroy("d1")
    await stage.close()
    assert ["closing", "closed"] == [row["status"] for row in await stage.rows("polls")]
    assert 20 == len(await stage.rows("ballots"))


async def test_results_come_by_pages(stage: Stage) -> None:
    """The newest result comes first, and a page goes on after the last poll seen."""
    polls = [
        await stage.launch(id=f"d{n}", closes_at=CLOSING + timedelta(hours=n)) for n in range(4)
    ]
    await stage.close(CLOSING + timedelta(days=1))
    first = await stage.db.read(latest_results, 3)
    rest = await stage.db.read(latest_results, 3, first[-1].poll.id)
    assert polls[::-1] == [result.poll.id for result in [*first, *rest]]
