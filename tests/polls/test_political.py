"""What the law wants of polls about elections."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.clock import local_date
from services.people.model import Role
from services.polls.channel_post import results_to_post
from services.polls.launching import launch
from services.polls.political import (
    POLITICAL,
    LegalField,
    TopicClass,
    VotingDay,
    add_voting_day,
    check_field,
    check_shown,
    drop_voting_day,
    missing_fields,
    silent_day,
    voting_days,
)
from services.polls.reading import find_poll, find_result
from services.refusal import Refusal
from storage.people import grant_role
from tests.polls.stage import CLOSING, DRAFT, NOON, OPERATOR, Stage

ADMINISTRATOR = 1000
LEGAL = {
    "entity": "«Қоғамдық пікір» ЖШС",
    "years": "7",
    "notice": "№ 15, 01.11.2026",
    "customer": "«Парақ» газеті",
    "payer": "«Парақ» газеті",
    "method": "Telegram-боттағы сауалнама",
    "n": "1200",
    "error": "2,8 %",
}
DAY = date(2026, 12, 6)


async def launched(stage: Stage, by: int, **changes: Any) -> int:
    """Launch the usual poll with these changes."""
    await stage.db.write(grant_role, ADMINISTRATOR, Role.ADMINISTRATOR.value, None, NOON)
    draft = replace(DRAFT, **changes)
    return await launch(stage.db, stage.keys, draft, created_by=by, now=NOON)


@pytest.mark.parametrize("kind", sorted(POLITICAL))
async def test_political_polls_are_blocked(sqlite_stage: Stage, kind: TopicClass) -> None:
    """Without the facts that the law asks for not even an administrator opens such a poll."""
    for legal in (None, {}, LEGAL | {"notice": ""}, LEGAL | {"years": "4"}):
        with pytest.raises(Refusal):
            await launched(sqlite_stage, ADMINISTRATOR, topic_class=kind.value, legal=legal)
    assert await sqlite_stage.rows("polls") == []


async def test_only_an_administrator_opens_one(sqlite_stage: Stage) -> None:
    """With the facts an administrator opens it, an operator does not; the passport tells them."""
    facts = {"topic_class": "election", "legal": LEGAL}
    with pytest.raises(Refusal):
        await launched(sqlite_stage, OPERATOR, **facts)
    poll = await launched(sqlite_stage, ADMINISTRATOR, **facts)
    found = await sqlite_stage.db.read(find_poll, poll)
    assert found is not None
    assert found.poll.passport.legal == LEGAL


@pytest.mark.parametrize("kind", ["", "football"])
async def test_a_class_is_mandatory(sqlite_stage: Stage, kind: str) -> None:
    """A poll about nothing that is known does not open."""
    with pytest.raises(Refusal):
        await launched(sqlite_stage, OPERATOR, topic_class=kind)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (LegalField.ENTITY, " "),
        (LegalField.ENTITY, "x" * 301),
        (LegalField.YEARS, "4"),
        (LegalField.YEARS, "five"),
        (LegalField.NOTICE, "no number"),
        (LegalField.PEOPLE, "0"),
        (LegalField.PEOPLE, "many"),
        (LegalField.ERROR, "small"),
    ],
)
def test_what_cannot_be_meant_is_refused(field: LegalField, words: str) -> None:
    """Each fact is checked when it is entered."""
    with pytest.raises(Refusal):
        check_field(field, words)


@pytest.mark.parametrize("words", ["2,8", "±2.8 %", "3%"])
def test_errors_are_written_in_many_ways(words: str) -> None:
    """A share of people with its sign or without."""
    assert check_field(LegalField.ERROR, words) == words


def test_what_is_missing_in_the_order_of_asking() -> None:
    """Eight facts are asked for, one after the other."""
    assert missing_fields(None) == list(LegalField)
    assert missing_fields(LEGAL) == []
    assert missing_fields(LEGAL | {"method": ""}) == [LegalField.METHOD]


@pytest.mark.parametrize(("before", "silent"), [(6, False), (5, True), (0, True), (-1, False)])
def test_five_days_and_the_voting_day(before: int, silent: bool) -> None:  # noqa: FBT001
    """Nothing is published in the five days before a voting day and on it."""
    assert (silent_day([DAY], DAY - timedelta(days=before)) == DAY) is silent


async def test_voting_days_are_an_administrators(sqlite_stage: Stage) -> None:
    """An administrator adds a day, names it anew and strikes it out; an operator does none."""
    await sqlite_stage.db.write(grant_role, ADMINISTRATOR, Role.ADMINISTRATOR.value, None, NOON)
    db = sqlite_stage.db
    with pytest.raises(Refusal):
        await db.write(add_voting_day, VotingDay(DAY, "Сайлау", "Выборы"), OPERATOR, NOON)
    for title in ("Сайлау", "Құрылтай сайлауы"):
        one = VotingDay(DAY, title, "Выборы")
        await db.write(add_voting_day, one, ADMINISTRATOR, NOON)
    today = local_date(NOON)
    assert await db.read(voting_days, today) == [VotingDay(DAY, "Құрылтай сайлауы", "Выборы")]
    with pytest.raises(Refusal):
        await db.write(drop_voting_day, DAY, OPERATOR, NOON)
    await db.write(drop_voting_day, DAY, ADMINISTRATOR, NOON)
    assert await db.read(voting_days, today) == []


async def test_a_result_waits_for_the_voting_day(stage: Stage) -> None:
    """A political poll that closes in the silence is counted and told on the day after."""
    poll = await launched(stage, ADMINISTRATOR, topic_class="election", legal=LEGAL)
    day = local_date(CLOSING) + timedelta(days=3)
    await stage.db.write(add_voting_day, VotingDay(day, "Сайлау", "Выборы"), ADMINISTRATOR, NOON)
    await stage.vote_all(poll, [0] * 12)
    await stage.close()
    await stage.close(CLOSING + timedelta(days=3))
    assert await stage.db.read(find_result, poll) is None
    with pytest.raises(Refusal):
        await stage.vote(poll, stage.people[14], 0, CLOSING + timedelta(hours=1))
    await stage.close(CLOSING + timedelta(days=4))
    assert (await stage.result(poll)).base == 12
    assert await stage.rows("ballots") == []


async def test_no_result_is_posted_or_mailed_into_the_silence(sqlite_stage: Stage) -> None:
    """What ends on the eve of the silence waits, and nothing is posted once a day is named."""
    stage = sqlite_stage
    poll = await launched(stage, ADMINISTRATOR, topic_class="election", legal=LEGAL)
    await stage.vote_all(poll, [0] * 12)
    eve = VotingDay(local_date(CLOSING) + timedelta(days=6), "Сайлау", "Выборы")
    await stage.db.write(add_voting_day, eve, ADMINISTRATOR, NOON)
    await stage.close()
    assert await stage.db.read(find_result, poll) is None
    await stage.db.write(drop_voting_day, eve.day, ADMINISTRATOR, NOON)
    await stage.close()
    assert await stage.db.read(results_to_post, CLOSING) == [poll]
    await stage.db.write(add_voting_day, eve, ADMINISTRATOR, NOON)
    assert await stage.db.read(results_to_post, CLOSING + timedelta(hours=20)) == []


async def test_an_earlier_result_is_not_shown_in_the_silence(sqlite_stage: Stage) -> None:
    """What was told before the five days is not shown in them, and shown again afterwards."""
    await sqlite_stage.db.write(grant_role, ADMINISTRATOR, Role.ADMINISTRATOR.value, None, NOON)
    day = local_date(NOON) + timedelta(days=2)
    one = VotingDay(day, "Сайлау", "Выборы")
    await sqlite_stage.db.write(add_voting_day, one, ADMINISTRATOR, NOON)
    with pytest.raises(Refusal):
        await sqlite_stage.db.read(check_shown, "election", NOON)
    await sqlite_stage.db.read(check_shown, "social", NOON)
    await sqlite_stage.db.read(check_shown, "election", NOON + timedelta(days=3))


async def test_other_results_do_not_wait(sqlite_stage: Stage) -> None:
    """A poll about roads is told on any day."""
    poll = await launched(sqlite_stage, OPERATOR)
    one = VotingDay(local_date(CLOSING), "Сайлау", "Выборы")
    await sqlite_stage.db.write(add_voting_day, one, ADMINISTRATOR, NOON)
    await sqlite_stage.vote_all(poll, [0] * 12)
    await sqlite_stage.close()
    assert (await sqlite_stage.result(poll)).base == 12
