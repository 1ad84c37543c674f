"""From one key to the next, while everything stays readable."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.kept_files import key_of_copy, read_copy, write_copy
from bot.nursery import Nursery
from bot.resealing import Resealing, Tally, seal_all_anew
from bot.unlocking import missing_keys
from services.appeals.search import keys_of_words
from storage import data_keys, vault
from storage.database import Database
from storage.schema import metadata
from storage.sealed import keys_of_values, places_under_others, seal_anew, under_others
from storage.vault import keyring, new_key
from tests.at_rest.conftest import PHONE, SAID, Town, settle
from tests.delivery.stage import ManualClock
from tests.hatchery import PATIENCE
from tests.operations.seeded import NOW

OLD, NEW = new_key(), new_key()
# What is kept for finding only, what tells the keys, and what tells that they were changed.
INDEXES = {"appeal_words", "audit", "audit_ends", "facts"}

pytestmark = pytest.mark.usefixtures("new_ring")


def rows(connection: Connection) -> dict[str, list[str]]:
    """Return everything in the database as the bot reads it, blinds aside."""
    return {
        name: sorted(
            str([row[column] for column in table.columns if "blind" not in column.name])
            for row in connection.execute(sa.select(table)).mappings()
        )
        for name, table in metadata.tables.items()
        if name not in INDEXES
    }


async def keys(db: Database) -> set[str | None]:
    """Return the names of all keys that something is under."""
    places = {**await db.read(keys_of_values), "words": await db.read(keys_of_words)}
    return {name for counts in places.values() for name, count in counts.items() if count}


@pytest.fixture(params=[None, OLD], ids=["from none", "from an old one"])
async def town(request: pytest.FixtureRequest, database: Database) -> Town:
    """Give a town where everything was said under an old key or under none; the new one is in."""
    vault.use(keyring(request.param) if request.param else None)
    await database.write(data_keys.note_key, NOW)
    town = await settle(database)
    vault.use(keyring(f"{NEW},{request.param}" if request.param else NEW))
    await database.write(data_keys.note_key, NOW)
    return town


async def test_all_is_brought_under_the_newest_key(town: Town) -> None:
    """Nothing but the form changes; afterwards the old key is not needed, the search included."""
    before = await town.db.read(rows)
    assert [town.appeal] == await town.found(PHONE)
    assert [town.appeal] == await town.found("мунарадагы соргы")
    assert not await town.db.read(data_keys.all_under_newest)

    tally = await seal_all_anew(town.db, ManualClock(), None)

    assert tally.rows > len(SAID)
    vault.use(keyring(NEW))
    assert {vault.newest_key()} == await keys(town.db)
    assert before == await town.db.read(rows)
    assert set(SAID) == await town.said()
    for question in (PHONE, "мунарадагы соргы", "жарылған құбыр"):
        assert [town.appeal] == await town.found(question)
    assert await town.db.read(data_keys.all_under_newest)
    assert [] == await town.db.read(data_keys.missing_keys)
    assert Tally() == await seal_all_anew(town.db, ManualClock(), None)


async def test_goes_on_after_a_kill(sqlite_database: Database) -> None:
    """What was done before a kill is not done again, what was not is found."""
    vault.use(keyring(OLD))
    town = await settle(sqlite_database)
    vault.use(keyring(f"{NEW},{OLD}"))
    places = await town.db.read(places_under_others)
    assert {"appeals", "people", "outbox", "quarantine"} <= set(places)
    first = await town.db.read(under_others, "people", None, 2)
    assert 2 == await town.db.write(seal_anew, "people", first)
    assert 0 == await town.db.write(seal_anew, "people", first)
    left = await town.db.read(under_others, "people", None, 100)
    assert set(first).isdisjoint(left)
    assert left[1:] == await town.db.read(under_others, "people", left[0], 100)

    await seal_all_anew(town.db, ManualClock(), None)

    assert {vault.newest_key()} == await keys(town.db)


async def test_files(sqlite_database: Database, tmp_path: Path) -> None:
    """Copies of files follow, those of before there was a key as well."""
    folder = tmp_path / "files" / "000000"
    folder.mkdir(parents=True)
    plain, sealed = folder / "1-10.pdf", folder / "1-11.pdf"
    plain.write_bytes(b"%PDF-1.7 plain")
    plain.chmod(0o600)
    vault.use(keyring(OLD))
    write_copy(sealed, b"%PDF-1.7 sealed")
    vault.use(keyring(f"{NEW},{OLD}"))
    newest = vault.newest_key()

    tally = await seal_all_anew(sqlite_database, ManualClock(), folder.parent)

    assert 2 == tally.files
    assert [newest, newest] == [key_of_copy(plain), key_of_copy(sealed)]
    assert [b"%PDF-1.7 plain", b"%PDF-1.7 sealed"] == [read_copy(plain), read_copy(sealed)]
    assert {0o600} == {each.stat().st_mode & 0o777 for each in folder.iterdir()}
    assert [folder] == list(folder.parent.iterdir())


async def test_too_early(sqlite_database: Database, sqlite_url: str) -> None:
    """Where the old key is missing nothing is lost, and once it is back all goes on."""
    vault.use(keyring(OLD))
    old = vault.newest_key()
    await sqlite_database.write(data_keys.note_key, NOW)
    town = await settle(sqlite_database)
    vault.use(keyring(NEW))
    assert [old] == missing_keys(sqlite_url)

    tally = await seal_all_anew(town.db, ManualClock(), None)

    assert (0, True) == (tally.rows, tally.broken > 0)
    assert [old] == missing_keys(sqlite_url)
    vault.use(keyring(f"{NEW},{OLD}"))
    assert [] == missing_keys(sqlite_url)
    assert set(SAID) == await town.said()
    assert 0 == (await seal_all_anew(town.db, ManualClock(), None)).broken
    vault.use(keyring(NEW))
    assert set(SAID) == await town.said()


async def test_the_bot_does_it_by_itself(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The leader's job brings all under the newest key in the background, and then rests."""
    monkeypatch.setattr("bot.resealing.PAUSE", 0)
    vault.use(keyring(OLD))
    await sqlite_database.write(data_keys.note_key, NOW)
    town = await settle(sqlite_database)
    vault.use(keyring(f"{NEW},{OLD}"))
    async with Nursery() as nursery:
        job = Resealing(None, db=town.db, clock=ManualClock(), nursery=nursery)
        await job.look()
        await job.look()
        async with asyncio.timeout(PATIENCE):
            while not await town.db.read(data_keys.all_under_newest):  # noqa: ASYNC110 - it rings no bell
                await asyncio.sleep(0.01)
    assert {vault.newest_key()} == await keys(town.db)
