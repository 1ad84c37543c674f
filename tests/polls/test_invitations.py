"""Invitations: who gets one, how often, and who is reminded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from services.delivery.claiming import Terms, audience_page, claim
from services.delivery.mailing import Mailing, find_mailing
from services.delivery.mailing_run import finish, record
from services.delivery.outcome import Outcome, Result
from services.delivery.target import EVERYBODY
from services.people.model import Profile, Settlement, Sex
from services.people.person import tell_profile
from services.polls.expected import expected
from services.polls.invitations import (
    KIND,
    REMINDER,
    Invitees,
    is_invited,
    mailing_key,
    reminder_key,
)
from services.polls.inviting import Inviting
from services.polls.sampling import Drawing, allocate, population
from storage.delivery import find_by_key
from tests.polls.stage import CLOSING, NOON, Stage, add_people

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WOMAN = Profile(region="75", born_to=1990, sex=Sex.FEMALE, settlement=Settlement.URBAN)
MAN = Profile(region="61", born_to=1990, sex=Sex.MALE, settlement=Settlement.RURAL)


class Moment:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the moment."""
        return self.at


def mailing(connection: Connection, key: str) -> Mailing | None:
    """Return the mailing of this key."""
    row = find_by_key(connection, key)
    return None if row is None else find_mailing(connection, row["id"])


def tell(connection: Connection, profiles: dict[int, Profile]) -> None:
    """Let people tell about themselves."""
    for person, profile in profiles.items():
        tell_profile(connection, person, profile, NOON)


async def send(stage: Stage, key: str, at: datetime, *, end: bool = True) -> list[int]:
    """Send a mailing to its end, as the sender does; return to whom."""
    found = await stage.db.read(mailing, key)
    assert found is not None
    invitees = Invitees(stage.keys, Moment(at))
    terms = Terms(at, variants={KIND: invitees.invited, REMINDER: invitees.reminded})
    sent: list[int] = []
    while page := await stage.db.read(audience_page, found, found.cursor, 10):
        claimed = await stage.db.write(claim, found, found.cursor, page, terms)
        assert claimed is not None
        people = [recipient.person_id for recipient in claimed]
        outcomes = {person: Outcome(Result.DELIVERED, message_id=person) for person in people}
        await stage.db.write(record, found.id, outcomes, at)
        sent += people
        found = await stage.db.read(mailing, key)
        assert found is not None
    if end:
        await stage.db.write(finish, found.id, at)
    return sent


async def look(stage: Stage, at: datetime) -> None:
    """Let the clock's job run once."""
    await Inviting(stage.db, stage.keys).look(at)


async def invited(stage: Stage) -> list[int]:
    """Return who stands in the tables as invited."""
    return [row["person_id"] for row in await stage.rows("poll_invitations")]


async def test_everybody_is_invited_once_a_week(stage: Stage) -> None:
    """A second poll of the same week writes to nobody; on the eighth day the next one does."""
    later = NOON + 3 * DAY
    first = await stage.launch(closes_at=NOON + 20 * DAY)
    assert await send(stage, mailing_key(first), NOON) == [900, *stage.people]
    second = await stage.launch(id="d2", closes_at=NOON + 20 * DAY)
    assert await send(stage, mailing_key(second), later) == []
    third = await stage.launch(id="d3", closes_at=NOON + 20 * DAY)
    assert await send(stage, mailing_key(third), NOON + 7 * DAY) == [900, *stage.people]
    assert not await stage.db.read(is_invited, second, stage.people[0])
    assert await stage.db.read(is_invited, third, stage.people[0])


async def test_how_many_were_invited_is_known_after_closing_and_who_is_not(stage: Stage) -> None:
    """The number of messages that arrived stays with the poll; the people are erased."""
    poll = await stage.launch()
    await send(stage, mailing_key(poll), NOON)
    await stage.vote_all(poll, [0] * 12)
    await stage.close()
    assert (await stage.result(poll)).invited == 31
    assert await invited(stage) == []
    assert [row for row in await stage.rows("deliveries") if row["mailing_id"] == 1] == []


async def test_only_the_silent_are_reminded_once(stage: Stage) -> None:
    """Two days after the last invitation those who have not answered get one reminder."""
    poll = await stage.launch(closes_at=NOON + 5 * DAY)
    await send(stage, mailing_key(poll), NOON)
    await stage.vote_all(poll, [0] * 20)
    await look(stage, NOON + 47 * HOUR)
    assert await stage.db.read(mailing, reminder_key(poll)) is None
    await look(stage, NOON + 48 * HOUR)
    await stage.vote(poll, stage.people[20], 1)
    assert await send(stage, reminder_key(poll), NOON + 49 * HOUR) == [900, *stage.people[21:]]
    await look(stage, NOON + 99 * HOUR)
    assert await send(stage, reminder_key(poll), NOON + 99 * HOUR) == []
    reminder = await stage.db.read(mailing, reminder_key(poll))
    assert reminder is not None
    told = [row for row in await stage.rows("deliveries") if row["mailing_id"] == reminder.id]
    assert told == [], "who had not answered is written nowhere once they were reminded"


async def test_an_interrupted_reminder_leaves_no_list(stage: Stage) -> None:
    """A poll that closes while people are reminded forgets who was."""
    poll = await stage.launch(closes_at=NOON + 3 * DAY)
    await send(stage, mailing_key(poll), NOON)
    await stage.vote_all(poll, [0] * 12)
    await look(stage, NOON + 48 * HOUR)
    await send(stage, reminder_key(poll), NOON + 49 * HOUR, end=False)
    await stage.close(NOON + 3 * DAY)
    kinds = {row["id"]: row["kind"] for row in await stage.rows("mailings")}
    left = {kinds[row["mailing_id"]] for row in await stage.rows("deliveries")}
    assert left.isdisjoint({KIND, REMINDER})


async def test_a_full_quota_stops_invitations_and_refuses_nobody(stage: Stage) -> None:
    """Once enough women answered, only others are invited; a woman can still answer."""
    women, others = stage.people[:15], stage.people[15:]
    await stage.db.write(tell, dict.fromkeys(women, WOMAN) | dict.fromkeys(others, MAN))
    quotas = {"cells": {"sex:female": 5}}
    poll = await stage.launch(quotas=quotas, closes_at=NOON + 5 * DAY)
    found = await stage.db.read(mailing, mailing_key(poll))
    assert found is not None
    invitees = Invitees(stage.keys, Moment(NOON))
    terms = Terms(NOON, variants={KIND: invitees.invited})
    first = [900, *women[:9]]
    assert await stage.db.write(claim, found, 0, first, terms) is not None
    for person in women[:5]:
        await stage.vote(poll, person, 0)
    await look(stage, NOON)
    assert await send(stage, mailing_key(poll), NOON, end=False) == others
    await stage.vote(poll, women[14], 1)
    assert len(await stage.rows("ballots")) == 6


async def _sampled(stage: Stage, people: Sequence[int]) -> None:
    profiles = {person: WOMAN if person % 4 else MAN for person in people}
    await stage.db.write(add_people, people, NOON - DAY)
    await stage.db.write(tell, profiles)


async def test_a_sample_is_drawn_by_the_seed(stage: Stage) -> None:
    """The drawn people, and nobody else, are invited; the seed draws the same ones again."""
    people = list(range(2000, 2300))
    await _sampled(stage, people)
    poll = await stage.launch(sample=100)
    assert await stage.db.read(mailing, mailing_key(poll)) is None
    await look(stage, NOON)
    sent = await send(stage, mailing_key(poll), NOON)
    row = (await stage.rows("polls"))[0]
    strata = {person: ("75", "urban") if person % 4 else ("61", "rural") for person in people}
    present: dict[tuple[str, str], int] = {}
    for stratum in strata.values():
        present[stratum] = present.get(stratum, 0) + 1
    drawing = Drawing(row["sample"]["seed"], allocate(100, population(), present))
    drawing.meet(strata.items())
    assert sent == drawing.drawn()
    assert len(sent) == 100
    assert await invited(stage) == sent


async def test_a_sample_is_drawn_once(stage: Stage) -> None:
    """Looking again, before or after a kill, starts no second mailing and changes nobody."""
    await _sampled(stage, range(2000, 2150))
    poll = await stage.launch(sample=100)
    await look(stage, NOON)
    before = await stage.rows("mailing_recipients")
    await look(stage, NOON + HOUR)
    assert await stage.rows("mailing_recipients") == before
    assert len(await stage.rows("mailings")) == 1
    assert poll == 1


async def test_the_silent_of_a_sample_are_reminded(stage: Stage) -> None:
    """A reminder of a sampled poll goes to people of the sample only."""
    await _sampled(stage, range(2000, 2150))
    poll = await stage.launch(sample=100, closes_at=NOON + 5 * DAY)
    await look(stage, NOON)
    sent = await send(stage, mailing_key(poll), NOON)
    for person in sent[:40]:
        await stage.vote(poll, person, 0)
    await look(stage, NOON + 48 * HOUR)
    assert await send(stage, reminder_key(poll), NOON + 48 * HOUR) == sent[40:]


async def test_what_to_expect_before_the_launch(stage: Stage) -> None:
    """Before the launch it is told how many would be invited, and who would not and why."""
    await _sampled(stage, range(2000, 2150))
    everybody = await stage.db.read(expected, EVERYBODY, None, NOON)
    assert (everybody.people, everybody.recent) == (181, 0)
    sample = await stage.db.read(expected, EVERYBODY, 100, NOON)
    assert (sample.people, sample.unsaid, sample.short) == (100, 31, 1)
    poll = await stage.launch()
    await send(stage, mailing_key(poll), NOON)
    after = await stage.db.read(expected, EVERYBODY, 100, NOON + DAY)
    assert (after.people, after.recent) == (0, 181)


@pytest.mark.parametrize("at", [CLOSING, CLOSING + DAY])
async def test_a_closed_poll_invites_nobody(stage: Stage, at: datetime) -> None:
    """What was not sent by the closing time is not sent at all."""
    poll = await stage.launch()
    await stage.close()
    found: Any = await stage.db.read(mailing, mailing_key(poll))
    terms = Terms(at, variants={KIND: Invitees(stage.keys, Moment(at)).invited})
    assert await stage.db.write(claim, found, 0, stage.people[:5], terms) is None
