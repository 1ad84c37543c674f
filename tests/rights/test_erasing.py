from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.model import AppealStatus
from services.people.model import Role
from services.people.person import join
from services.people.staff import appoint_administrators
from services.refusal import Refusal
from services.rights.erasing import Wish, before_forgetting, finish_leaving, forget_person
from storage.appeals import find_appeal
from storage.bans import ban_in_force
from storage.database import Database
from storage.people import find_person, grant_role
from storage.schema.appeal_search import appeal_words
from storage.schema.appeals import appeal_days, appeals, attachments
from storage.schema.people import consents, roles
from storage.schema.polls import ballots, poll_drafts
from tests.agreed import agree
from tests.rights.conftest import (
    BOT,
    DAY,
    NAME,
    NOW,
    PERSON,
    PHONE,
    SAID,
    TAG,
    everything,
    live,
    traces,
)

MARKS = (str(PERSON), NAME, PHONE, "bekzat@", *SAID)
LATER = NOW + timedelta(minutes=1)


def wish(ids: dict[str, int], *, answered_first: bool = False) -> Wish:
    """Return what the person wishes."""
    chosen = frozenset({ids["waiting"]})
    return Wish(
        answered_first=chosen if answered_first else frozenset(),
        taken_back=frozenset() if answered_first else chosen,
        bots=(BOT,),
        sheets=((ids["poll"], TAG),),
    )


async def test_nothing_is_left(database: Database) -> None:
    """Nowhere in the tables stands a number, a name, a phone or a word of who was forgotten."""
    ids = await database.write(live)
    before = await database.read(lambda connection: traces(connection, *MARKS))
    assert {"people", "appeals", "outbox", "appeal_entries", "conversations"} <= set(before)
    assert await database.write(forget_person, PERSON, wish(ids), LATER)
    left = await database.read(lambda connection: traces(connection, *MARKS))
    assert {} == left


async def test_again(database: Database) -> None:
    """Forgotten twice is forgotten once."""
    ids = await database.write(live)
    await database.write(forget_person, PERSON, wish(ids), LATER)
    once = await database.read(everything)
    assert await database.write(forget_person, PERSON, wish(ids), LATER + timedelta(minutes=1))
    assert once == await database.read(everything)


async def test_statistics_stay(database: Database) -> None:
    """What counts without a person stays: topic, place, days, rating, counters, sealed answers."""
    ids = await database.write(live)

    def counted(connection: Connection) -> list[object]:
        kept = ("number", "topic", "section", "region", "district", "rating", "answered_at")
        ended = sa.select(*(appeals.c[name] for name in kept)).where(appeals.c.id == ids["ended"])
        days = sa.select(sa.func.sum(appeal_days.c.registered), sa.func.sum(appeal_days.c.rated))
        sealed = sa.select(sa.func.count()).select_from(ballots)
        return [tuple(connection.execute(each).one()) for each in (ended, days, sealed)]

    before = await database.read(counted)
    await database.write(forget_person, PERSON, wish(ids), LATER)
    assert before == await database.read(counted)


async def test_open_appeal_is_taken_back(sqlite_database: Database) -> None:
    """An appeal under consideration that is taken back is withdrawn and holds nothing."""
    ids = await sqlite_database.write(live)
    await sqlite_database.write(forget_person, PERSON, wish(ids), LATER)
    appeal = await sqlite_database.read(find_appeal, ids["waiting"])
    assert appeal is not None
    assert (AppealStatus.WITHDRAWN, None, "") == (
        appeal["status"],
        appeal["person_id"],
        appeal["text"],
    )


async def test_open_appeal_needs_a_word(sqlite_database: Database) -> None:
    """Nothing at all is erased while nothing is said of an appeal under consideration."""
    await sqlite_database.write(live)
    before = await sqlite_database.read(everything)
    with pytest.raises(Refusal):
        await sqlite_database.write(forget_person, PERSON, Wish(), LATER)
    assert before == await sqlite_database.read(everything)


async def test_open_appeal_is_answered_first(database: Database) -> None:
    """What waits for an answer keeps only what it needs; its end erases the rest by itself."""
    ids = await database.write(live)
    assert not await database.write(forget_person, PERSON, wish(ids, answered_first=True), LATER)
    left = await database.read(lambda connection: traces(connection, *MARKS))
    assert {"people", "appeals", "appeal_entries", "appeal_events", "attachments"} == set(left)
    assert [SAID[6]] == left["attachments"]
    assert not await database.write(finish_leaving, PERSON, (BOT,), LATER)

    def end(connection: Connection) -> None:
        this = appeals.c.id == ids["waiting"]
        values = {"status": "closed", "ended_at": LATER, "closes_on": None}
        connection.execute(sa.update(appeals).where(this).values(values))

    await database.write(end)
    assert await database.write(finish_leaving, PERSON, (BOT,), LATER)
    assert {} == await database.read(lambda connection: traces(connection, *MARKS))


async def test_coming_back_while_leaving(sqlite_database: Database) -> None:
    """Who gives a consent again before the end stays."""
    ids = await sqlite_database.write(live)
    await sqlite_database.write(forget_person, PERSON, wish(ids, answered_first=True), LATER)
    await sqlite_database.write(agree, PERSON)

    def end(connection: Connection) -> None:
        connection.execute(sa.update(appeals).values(ended_at=LATER, closes_on=None))

    await sqlite_database.write(end)
    assert not await sqlite_database.write(finish_leaving, PERSON, (BOT,), LATER)
    person = await sqlite_database.read(find_person, PERSON)
    assert person is not None
    assert person["leaving_since"] is None


async def test_ban_comes_back(database: Database) -> None:
    """A ban is not evaded: it is in force again for who comes back, until its end."""
    ids = await database.write(live)
    before = await database.read(before_forgetting, PERSON, LATER)
    assert before.banned
    await database.write(forget_person, PERSON, wish(ids), LATER)
    await database.write(join, PERSON, NAME, LATER)
    ban = await database.read(ban_in_force, PERSON, LATER)
    assert ban is not None
    assert NOW + 7 * DAY == ban["until"]


async def test_from_nothing(sqlite_database: Database) -> None:
    """Who comes back after the ban's end begins from nothing."""
    ids = await sqlite_database.write(live)
    await sqlite_database.write(forget_person, PERSON, wish(ids), LATER)
    await sqlite_database.write(join, PERSON, NAME, NOW + 8 * DAY)
    person = await sqlite_database.read(find_person, PERSON)
    assert person is not None
    assert (None, None) == (person["language"], person["region"])
    agreed = sa.select(consents).where(consents.c.person_id == PERSON)
    assert [] == await sqlite_database.read(lambda connection: connection.execute(agreed).all())
    assert await sqlite_database.read(ban_in_force, PERSON, NOW + 8 * DAY) is None


async def test_staff_are_released_first(sqlite_database: Database) -> None:
    """Who works here is refused politely, and nothing is erased."""
    await sqlite_database.write(live)
    await sqlite_database.write(grant_role, PERSON, Role.OPERATOR.value, None, NOW)
    before = await sqlite_database.read(everything)
    with pytest.raises(Refusal):
        await sqlite_database.write(forget_person, PERSON, Wish(), LATER)
    assert before == await sqlite_database.read(everything)


async def test_dismissed_administrator(sqlite_database: Database) -> None:
    """A dismissed administrator whom the settings still name is not appointed by erasing."""
    ids = await sqlite_database.write(live)
    await sqlite_database.write(grant_role, PERSON, Role.ADMINISTRATOR.value, None, NOW)
    over = sa.update(roles).where(roles.c.person_id == PERSON).values(until=NOW)
    await sqlite_database.write(lambda connection: connection.execute(over) and None)
    await sqlite_database.write(forget_person, PERSON, wish(ids), LATER)
    await sqlite_database.write(join, PERSON, NAME, LATER)
    await sqlite_database.write(appoint_administrators, PERSON, frozenset({PERSON}), LATER)
    held = sa.select(roles).where(roles.c.person_id == PERSON)
    assert [] == await sqlite_database.read(lambda connection: connection.execute(held).all())


async def test_what_was_said_to_others(sqlite_database: Database) -> None:
    """Words and files at somebody else's appeal go; the appeal is found by its own words only."""
    ids = await sqlite_database.write(live)

    def at_others(connection: Connection) -> tuple[int, int, int]:
        this = attachments.c.appeal_id == ids["others"]
        files = sa.select(sa.func.count()).select_from(attachments).where(this)
        appeal = find_appeal(connection, ids["others"])
        assert appeal is not None
        tokens = sa.select(appeal_words.c.tokens).where(appeal_words.c.appeal_id == ids["others"])
        words = connection.execute(tokens).scalar_one()
        return connection.execute(files).scalar_one(), appeal["joins"], len(words.split())

    before = await sqlite_database.read(at_others)
    await sqlite_database.write(forget_person, PERSON, wish(ids), LATER)
    files, joins, tokens = await sqlite_database.read(at_others)
    assert (1, 1) == before[:2]
    assert (0, 0) == (files, joins)
    assert 0 < tokens < before[2]


async def test_sheet_goes_and_ballot_stays(sqlite_database: Database) -> None:
    """Of an open poll the unfinished answer goes; the sealed one waits for the closing."""
    ids = await sqlite_database.write(live)
    await sqlite_database.write(forget_person, PERSON, wish(ids), LATER)
    counts = [sa.select(sa.func.count()).select_from(table) for table in (poll_drafts, ballots)]
    left = await sqlite_database.read(
        lambda connection: [connection.execute(each).scalar_one() for each in counts]
    )
    assert [0, 1] == left


async def test_files_on_the_disk(sqlite_database: Database) -> None:
    """The copies of erased files stay named until they are gone from the disk."""
    ids = await sqlite_database.write(live)
    await sqlite_database.write(forget_person, PERSON, wish(ids), LATER)
    named = sa.select(attachments.c.path).where(attachments.c.path.is_not(None))
    paths = await sqlite_database.read(
        lambda connection: connection.execute(named.order_by("path")).scalars().all()
    )
    assert [f"000000/{ids['ended']}-3.pdf", f"000000/{ids['waiting']}-3.pdf"] == paths
