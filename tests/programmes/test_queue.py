"""Places and the queue: whatever people do, in whatever order, first come is first served."""

import asyncio
import random
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.people.consent import ConsentKind
from services.people.consents import withdraw_consent
from services.programmes import composing
from services.programmes.model import Programme, SignUp, SignUpStatus, programme_of, signup_of
from services.programmes.queue import offer_places, places_due
from services.programmes.signing_up import leave, take_place
from services.programmes.waking import kept_until
from services.refusal import ConsentNeeded, Refusal
from services.rights.erasing import Wish, forget_person
from storage import programmes as rows
from storage import signups as people
from storage.database import Database
from storage.people import grant_role
from storage.schema.delivery import outbox
from tests.programmes.conftest import ADMINISTRATOR, NOW, PEOPLE, arrive, come, opened

A, B, C, D = PEOPLE[:4]


def now_of(connection: Connection, programme: Programme) -> Programme:
    """Return the programme as it is now."""
    row = rows.find_programme(connection, programme.id)
    assert row is not None
    return programme_of(row)


def standing(connection: Connection, programme: Programme, person: int) -> SignUp:
    """Return how somebody stands."""
    row = people.find_own(connection, programme.id, person)
    assert row is not None
    return signup_of(row)


def told(connection: Connection, kind: str) -> list[int]:
    """Return who was told, in the order of telling."""
    statement = sa.select(outbox.c.person_id).where(outbox.c.kind == kind).order_by(outbox.c.id)
    return list(connection.execute(statement).scalars())


def go(connection: Connection, programme: Programme, person: int, now: datetime = NOW) -> SignUp:
    """Let somebody leave."""
    own = standing(connection, programme, person)
    return leave(connection, person, programme.id, own.version, now)


def test_a_place_each_then_the_queue(connection: Connection) -> None:
    """Two places go to the first two; the others wait in the order in which they came."""
    programme = opened(connection)
    found = [come(connection, programme, person).status for person in (A, B, C, D)]
    assert ["confirmed", "confirmed", "waiting", "waiting"] == found
    last = people.find_own(connection, programme.id, D)
    assert last is not None
    assert 2 == people.place_in_queue(connection, last)
    after = now_of(connection, programme)
    assert (2, 2, 0) == (after.taken, after.queued, after.places_left)


def test_a_freed_place_is_offered_to_the_first(connection: Connection) -> None:
    """Who waited longest hears of it at once and has a day of waking time; it is then theirs."""
    programme = opened(connection)
    for person in (A, B, C, D):
        come(connection, programme, person)
    go(connection, programme, A)
    own = standing(connection, programme, C)
    assert (SignUpStatus.OFFERED, kept_until(NOW)) == (own.status, own.offered_until)
    assert [C] == told(connection, "programme_offer")
    taken = take_place(connection, C, programme.id, own.version, NOW + timedelta(hours=30))
    assert SignUpStatus.CONFIRMED is taken.status
    after = now_of(connection, programme)
    assert (2, 1) == (after.taken, after.queued)


def test_not_taken_in_time(connection: Connection) -> None:
    """After that time it goes on to the next, and the first is told; too late is refused."""
    programme = opened(connection)
    for person in (A, B, C, D):
        come(connection, programme, person)
    go(connection, programme, A)
    own, late = standing(connection, programme, C), kept_until(NOW)
    assert not places_due(connection, late - timedelta(seconds=1))
    with pytest.raises(Refusal, match="The time to take this place is over"):
        take_place(connection, C, programme.id, own.version, late)
    assert places_due(connection, late)
    assert 1 == offer_places(connection, late)
    assert 0 == offer_places(connection, late)
    assert ["missed", "offered"] == [
        standing(connection, programme, person).status for person in (C, D)
    ]
    assert ([C], [C, D]) == (
        told(connection, "programme_missed"),
        told(connection, "programme_offer"),
    )


def test_repeated_updates(connection: Connection) -> None:
    """A press that comes twice signs up once; an old one does not bring back who has left."""
    programme = opened(connection)
    first = come(connection, programme, A)
    assert first == come(connection, programme, A)
    left = go(connection, programme, A)
    assert left == come(connection, programme, A)
    assert left == leave(connection, A, programme.id, first.version, NOW)
    assert 0 == now_of(connection, programme).taken


def test_who_comes_back_stands_at_the_end(connection: Connection) -> None:
    """Whoever leaves the queue and comes again waits behind the others."""
    programme = opened(connection, capacity=1)
    for person in (A, B, C):
        come(connection, programme, person)
    own = go(connection, programme, B)
    later = NOW + timedelta(minutes=1)
    assert SignUpStatus.WAITING is come(connection, programme, B, later, own.version).status
    go(connection, programme, A, later)
    assert [C] == told(connection, "programme_offer")


def test_no_waiting_list(connection: Connection) -> None:
    """Where there is none, who comes too late is told so."""
    programme = opened(connection, capacity=1, waiting=False)
    come(connection, programme, A)
    with pytest.raises(Refusal, match="no waiting list"):
        come(connection, programme, B)


def test_more_places(connection: Connection) -> None:
    """New places go to those who wait; there cannot be fewer than are taken."""
    programme = opened(connection)
    for person in (A, B, C, D):
        come(connection, programme, person)
    seen = programme.version
    with pytest.raises(Refusal, match="places are taken already"):
        composing.change_programme(
            connection, ADMINISTRATOR, programme.id, seen, {"capacity": 1}, NOW
        )
    composing.change_programme(connection, ADMINISTRATOR, programme.id, seen, {"capacity": 3}, NOW)
    assert [C] == told(connection, "programme_offer")


def test_consent_first(connection: Connection) -> None:
    """Without the general consent nobody is put on a list."""
    programme = opened(connection)
    withdraw_consent(connection, A, ConsentKind.PROGRAMMES, NOW)
    with pytest.raises(ConsentNeeded):
        come(connection, programme, A)


def test_consent_taken_back(connection: Connection) -> None:
    """Taking it back frees the place for the next, and erases what was written."""
    programme = opened(connection, capacity=1)
    come(connection, programme, A)
    come(connection, programme, B)
    withdraw_consent(connection, A, ConsentKind.PROGRAMMES, NOW)
    own = standing(connection, programme, A)
    assert (SignUpStatus.LEFT, None, {}) == (own.status, own.name, own.answers)
    assert SignUpStatus.OFFERED is standing(connection, programme, B).status


def test_forgotten(connection: Connection) -> None:
    """Who is forgotten leaves no trace on the list, and the place goes on."""
    programme = opened(connection, capacity=1)
    come(connection, programme, A)
    come(connection, programme, B)
    forget_person(connection, A, Wish(), NOW)
    assert people.find_own(connection, programme.id, A) is None
    left = people.signups_of(connection, programme.id, ["left"])
    assert [(None, None, None)] == [
        (row["person_id"], row["name"], row["answers"]) for row in left
    ]
    assert SignUpStatus.OFFERED is standing(connection, programme, B).status


async def test_many_at_once(database: Database) -> None:
    """Of many who press in the same moment exactly as many get a place as there are."""
    await database.write(_town)
    programme = await database.write(lambda connection: opened(connection, capacity=3))
    await asyncio.gather(*(database.write(_come, programme, person) for person in PEOPLE))
    counts = await database.read(people.count_by_status, programme.id)
    assert {"confirmed": 3, "waiting": len(PEOPLE) - 3} == counts


def _town(connection: Connection) -> None:
    for person in (*PEOPLE, ADMINISTRATOR):
        arrive(connection, person)
    grant_role(connection, ADMINISTRATOR, "administrator", None, NOW)


def _come(connection: Connection, programme: Programme, person: int) -> None:
    come(connection, programme, person)
    come(connection, programme, person)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_do(connection: Connection, seed: int) -> None:
    """Places never exceed the capacity, nobody waits beside a free one, nobody is passed over.

    Each round somebody signs up, leaves, takes an offered place, is late, or does it twice; the
    counters agree with the rows after every step.
    """
    chance = random.Random(seed)  # noqa: S311  # repeatable
    programme = opened(
        connection, capacity=chance.randint(1, 3), ends_on=NOW.date() + timedelta(90)
    )
    now = NOW
    for _step in range(40):
        now += timedelta(minutes=chance.choice((0, 1, 300, 1500)))
        person = chance.choice(PEOPLE)
        before = people.first_in_queue(connection, programme.id)
        offers = told(connection, "programme_offer")
        _act(connection, programme, person, now, chance)
        offer_places(connection, now)
        after = now_of(connection, programme)
        counts = people.count_by_status(connection, programme.id)
        holding = counts.get("confirmed", 0) + counts.get("offered", 0)
        assert (holding, counts.get("waiting", 0)) == (after.taken, after.queued)
        assert after.taken <= (after.capacity or 0)
        assert not (after.queued and after.places_left)
        new = told(connection, "programme_offer")[len(offers) :]
        if new and before is not None and before["person_id"] != person:
            assert before["person_id"] == new[0]


def _act(
    connection: Connection,
    programme: Programme,
    person: int,
    now: datetime,
    chance: random.Random,
) -> None:
    """Do one thing, perhaps twice; what is refused changes nothing."""
    row = people.find_own(connection, programme.id, person)
    seen = 0 if row is None else row["version"]
    deed = chance.choice(("come", "come", "leave", "take", "wait"))
    for _time in range(chance.choice((1, 2))):
        try:
            if deed == "come":
                come(connection, programme, person, now, seen)
            elif deed == "leave" and row is not None:
                leave(connection, person, programme.id, seen, now)
            elif deed == "take" and row is not None:
                take_place(connection, person, programme.id, seen, now)
        except Refusal:
            pass
