"""From a draft to a poll."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.delivery.target import Target
from services.polls.copying import earlier_polls
from services.polls.draft import PollDraft
from services.polls.extending import extend_poll
from services.polls.launching import launch
from services.polls.model import PollKind, plain_questions
from services.polls.payload import poll_payload
from services.polls.reading import find_poll
from services.refusal import Refusal
from tests.polls.stage import CLOSING, DRAFT, NOON, OPERATOR, OPTIONS, Stage


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


def test_a_draft_survives_the_conversation() -> None:
    """What is kept as JSON between two messages comes back the same."""
    draft = replace(
        DRAFT,
        title_kk="Су",
        kind=PollKind.NAMED,
        legal={"entity": "ЖШС"},
        sample=500,
        quotas={"cells": {"sex:female": 300}},
        photo="file",
        two_keys=True,
        target=Target(regions=("71",)),
    )
    assert draft == PollDraft.of_json(json.loads(json.dumps(draft.as_json())))


async def test_a_poll_is_extended_once(stage: Stage) -> None:
    """The same extension again changes nothing, another one is refused, and it is disclosed."""
    poll = await stage.launch()
    for _tap in range(2):
        assert CLOSING + timedelta(days=3) == await stage.db.write(
            extend_poll, poll, 3, OPERATOR, NOON
        )
    with pytest.raises(Refusal, match="only once"):
        await stage.db.write(extend_poll, poll, 7, OPERATOR, NOON)
    found = await stage.db.read(find_poll, poll)
    assert found is not None
    assert CLOSING == found.poll.passport.extended_from
    [mailing] = await stage.rows("mailings")
    assert poll_payload(found.poll) == mailing["payload"]


@pytest.mark.parametrize(
    ("days", "by", "at", "words"),
    [
        (3, 1000, NOON, "staff"),
        (2, OPERATOR, NOON, "at most"),
        (3, OPERATOR, CLOSING, "closed"),
    ],
)
async def test_who_may_not_extend(
    sqlite_stage: Stage, days: int, by: int, at: datetime, words: str
) -> None:
    """Citizens, other numbers of days, and closed polls change no closing time."""
    poll = await sqlite_stage.launch()
    with pytest.raises(Refusal, match=words):
        await sqlite_stage.db.write(extend_poll, poll, days, by, at)


async def test_earlier_polls_can_be_copied(sqlite_stage: Stage) -> None:
    """The polls launched last come first, with all their questions."""
    await sqlite_stage.launch()
    await sqlite_stage.launch(id="d2", title_kk="Су", title_ru="Вода")
    found = await sqlite_stage.db.read(earlier_polls, 5)
    assert ["Су", DRAFT.questions[0].text_kk] == [poll.title_kk for poll in found]
    assert {DRAFT.questions} == {poll.questions for poll in found}
