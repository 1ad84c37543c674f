"""Telling results: who gets which, what was done, the archive, the channel."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from services.language import Language
from services.people.model import Profile
from services.people.person import tell_profile
from services.polls.channel_post import ChannelStatus, end_posting, results_to_post, take_result
from services.polls.done import archive, followed, tell_done
from services.polls.model import Launched, PollStatus
from services.polls.payload import result_payload
from services.polls.reading import latest_results
from services.polls.results import Result, Table, Weighing
from services.polls.telling import announce, region_of, regions_told, result_variants
from services.polls.waves import waves_of
from services.refusal import Refusal
from tests.polls.results import plain_result, survey_result
from tests.polls.stage import CLOSING, NOON, OPERATOR, Stage

VOTES = [0] * 12 + [1] * 6 + [2] * 2
TEXTS = ("Құбыр жөнделді, су қосылды.", "Трубу починили, воду дали.")


def _settle(connection: Connection, people: Sequence[int], region: str) -> None:
    for person in people:
        tell_profile(connection, person, Profile(region=region), NOON)


async def _closed(stage: Stage) -> int:
    poll = await stage.launch()
    await stage.vote_all(poll, VOTES)
    await stage.close()
    return poll


async def test_everybody_gets_the_country_and_their_own_region(sqlite_stage: Stage) -> None:
    """The variant is the region of today's profile where it can be told, else the country."""
    stage = sqlite_stage
    await stage.db.write(_settle, stage.people[:2], "75")
    await stage.db.write(_settle, stage.people[2:4], "62")
    payload = result_payload(survey_result())
    chosen = await stage.db.read(result_variants, payload, stage.people[:5], NOON)
    assert [(75,), (75,), (0,), (0,), (0,)] == [chosen[person] for person in stage.people[:5]]
    assert ["75", None, "10"] == [region_of(one) for one in ((75,), (0,), (10,))]


def test_a_regional_poll_tells_no_region_besides() -> None:
    """Where only one region was asked the whole result is of there."""
    counted = survey_result()
    target = replace(counted.poll.target, regions=("75",))
    assert "75" in regions_told(counted)
    poll = replace(counted.poll, target=target)
    assert frozenset() == regions_told(replace(counted, poll=poll))


async def test_a_message_carries_what_it_tells(sqlite_stage: Stage) -> None:
    """Of a survey the mailing has the country in full, and of regions what stands in a line."""
    stage, counted = sqlite_stage, survey_result()
    launched = Launched(counted.poll, PollStatus.CLOSING, "d", b"", OPERATOR, counted.ended_at)

    def begin(connection: Connection) -> None:
        announce(connection, launched, counted, {}, stage.people[:3], NOON)
        announce(connection, launched, counted, {}, stage.people[:3], NOON)

    await stage.db.write(begin)
    [mailing] = await stage.rows("mailings")
    assert {"", "region"} == {
        row["cut"] for key, row in mailing["payload"]["result"].items() if key != "about"
    }
    told = [row["person_id"] for row in await stage.rows("mailing_recipients")]
    assert [OPERATOR, *stage.people[:3]] == told
    assert mailing["forget_recipients"]


async def test_no_archive_before_what_was_done(stage: Stage) -> None:
    """A poll is archived only after people were told, once, what was done; the result stays."""
    poll = await _closed(stage)
    with pytest.raises(Refusal, match="what was done"):
        await stage.db.write(archive, poll, OPERATOR, CLOSING)
    later = CLOSING + timedelta(days=20)
    for _ in range(2):
        await stage.db.write(tell_done, poll, OPERATOR, TEXTS, later)
    with pytest.raises(Refusal, match="already"):
        await stage.db.write(tell_done, poll, OPERATOR, (TEXTS[1], TEXTS[0]), later)
    for days in (0, 1):
        await stage.db.write(archive, poll, OPERATOR, later + timedelta(days=days))
    found = await stage.db.read(followed, poll)
    assert found is not None
    assert (later, later, TEXTS[0]) == (
        found.told_at, found.archived_at, found.text(Language.KAZAKH),
    )  # fmt: skip
    assert [poll] == [one.poll.id for one in await stage.db.read(latest_results, 5)]
    mailing = (await stage.rows("mailings"))[-1]
    assert ("poll_done", False) == (mailing["kind"], mailing["listed"])


async def test_citizens_and_open_polls_tell_nothing_done(stage: Stage) -> None:
    """Only staff tell what was done, in words, and only of a poll with a result."""
    poll = await stage.launch()
    for person, texts, words in (
        (OPERATOR, TEXTS, "no result"),
        (1000, TEXTS, "staff"),
        (OPERATOR, ("аз", TEXTS[1]), "characters"),
    ):
        with pytest.raises(Refusal, match=words):
            await stage.db.write(tell_done, poll, person, texts, NOON)
    assert await stage.db.read(followed, poll) is None


async def test_a_result_goes_to_the_channel_once(stage: Stage) -> None:
    """A closed poll is due for a week, and nobody takes it twice."""
    poll = await _closed(stage)
    soon, late = CLOSING + timedelta(minutes=5), CLOSING + timedelta(days=7, minutes=1)
    assert [poll] == await stage.db.read(results_to_post, soon)
    assert [] == await stage.db.read(results_to_post, late)
    assert await stage.db.write(take_result, poll) is not None
    assert await stage.db.write(take_result, poll) is None
    await stage.db.write(end_posting, poll, ChannelStatus.SENT, soon)
    assert [] == await stage.db.read(results_to_post, soon)
    assert ["sent"] == [row["channel_status"] for row in await stage.rows("polls")]


async def test_a_result_that_was_counted_late_goes_to_the_channel(stage: Stage) -> None:
    """A poll that waited for its count for days is due for a week from then on."""
    poll = await stage.launch()
    await stage.vote_all(poll, [0] * 12)
    counted = CLOSING + timedelta(days=6)
    await stage.close(counted)
    assert [poll] == await stage.db.read(results_to_post, counted + timedelta(hours=1))
    assert [] == await stage.db.read(results_to_post, counted + timedelta(days=7, minutes=1))


async def test_a_failed_post_is_told_to_who_can_mend_it(stage: Stage) -> None:
    """The author hears once that a result is not in the channel; nothing is posted again."""
    poll = await _closed(stage)
    later = CLOSING + timedelta(minutes=5)
    await stage.db.write(take_result, poll)
    for _ in range(2):
        await stage.db.write(end_posting, poll, ChannelStatus.FAILED, later)
    told = [row for row in await stage.rows("outbox") if row["kind"] == "result_not_posted"]
    assert [OPERATOR] == [row["person_id"] for row in told]
    assert [] == await stage.db.read(results_to_post, later)


async def test_waves_are_polls_of_the_same_words(stage: Stage) -> None:
    """A trend goes over polls of the same words, people and weights, never over others."""
    first = await _closed(stage)
    again = await stage.launch(id="d2", closes_at=CLOSING + timedelta(days=30))
    for person, option in zip(stage.people, VOTES, strict=False):
        await stage.vote(again, person, option, NOON)
    await stage.close(CLOSING + timedelta(days=30))
    last = await stage.result(again)
    assert [first, again] == [one.poll.id for one in await stage.db.read(waves_of, last)]
    weighted = replace(last, weighing=Weighing(weighted=True, margins="01.01.2026"))
    assert [again] == [one.poll.id for one in await stage.db.read(waves_of, weighted)]
    elsewhere = replace(last, poll=replace(last.poll, target=replace(last.poll.target, each=True)))
    assert [again] == [one.poll.id for one in await stage.db.read(waves_of, elsewhere)]


def test_regions_without_enough_answers_are_not_told() -> None:
    """Under 50 answers a region is no variant."""
    counted: Result = plain_result((900, 200, 140), regional=True)
    small: set[str] = {
        table.group for table in counted.tables if isinstance(table, Table) and table.answered < 50
    }
    assert small
    assert not small & regions_told(counted)
