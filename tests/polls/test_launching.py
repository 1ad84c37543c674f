"""From a draft to a poll."""

import asyncio
from datetime import timedelta

import pytest

from services.delivery.target import Target
from services.polls.launching import launch
from services.polls.model import plain_questions
from services.refusal import Refusal
from tests.polls.stage import DRAFT, NOON, OPTIONS, Stage


async def test_launching_twice_makes_one_poll(stage: Stage) -> None:
    """Two fast taps launch one poll with one key and one mailing."""
    polls = await asyncio.gather(stage.launch(), stage.launch(), stage.launch())
    assert 1 == len(set(polls))
    assert 1 == len(await stage.rows("polls"))
    assert [f"poll:{polls[0]}"] == [row["key"] for row in await stage.rows("mailings")]


async def test_a_launch_after_the_end_makes_no_new_key(stage: Stage) -> None:
    """An old button of a poll that is closed finds the poll and leaves no key behind."""
    poll = await stage.launch()
    await stage.close(NOON + timedelta(days=2))
    assert poll == await stage.launch()
    assert not stage.keys._path("d1").exists()  # noqa: SLF001  # the promise is about the file


async def test_difficult_stands_last(stage: Stage) -> None:
    """«Difficult to answer» is the last option and marked as such."""
    await stage.launch()
    options = await stage.rows("poll_options")
    assert [("Бар", "plain"), ("Жоқ", "plain"), ("Жауап беру қиын", "difficult")] == [
        (row["text_kk"], row["role"]) for row in options
    ]


async def test_the_mailing_goes_to_the_region(stage: Stage) -> None:
    """A regional poll is mailed to the people of its region."""
    await stage.launch(target=Target(regions=("71",)))
    assert [{"regions": ["71"]}] == [row["audience"] for row in await stage.rows("mailings")]


async def test_citizens_launch_nothing(stage: Stage) -> None:
    """Whoever is no operator launches no poll and makes no key."""
    with pytest.raises(Refusal, match="staff"):
        await launch(stage.db, stage.keys, DRAFT, created_by=1000, now=NOON)
    assert [] == await stage.rows("polls")
    assert not stage.keys._path("d1").exists()  # noqa: SLF001  # as above


@pytest.mark.parametrize(
    "changes",
    [
        {"questions": ()},
        {"questions": plain_questions("Су бар ма?", "", OPTIONS)},
        {"target": None},
        {"topic_class": ""},
        {"closes_at": None},
        {"closes_at": NOON + timedelta(minutes=1)},
        {"closes_at": NOON + timedelta(days=100)},
    ],
)
async def test_an_unfinished_draft_is_refused(stage: Stage, changes: dict[str, object]) -> None:
    """A poll with a part missing, or with an impossible end, is not launched."""
    with pytest.raises(Refusal):
        await stage.launch(**changes)
    assert [] == await stage.rows("polls")
