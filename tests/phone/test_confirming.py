"""A number is confirmed by one's own contact, once in all the bot, and kept as a hash only."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.people.person import join
from services.people.phone import e164
from services.people.phone_confirmation import (
    Contact,
    confirm_phone,
    confirmed_since,
    withdraw_phone,
)
from services.refusal import Refusal
from storage import vault
from storage.database import Database, open_database
from storage.schema.audit import audit
from storage.schema.people import confirmed_phones

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
AIGUL, BERIK = 101, 102
PHONE, OTHER = "+77011234567", "+77077654321"
FIRST, SECOND = vault.new_key(), vault.new_key()


@pytest.fixture(autouse=True)
def _key() -> Iterator[None]:
    """Seal with a key, and with none of it afterwards."""
    before = vault._Vault.ring  # noqa: SLF001 - put back as it was
    vault.use(vault.keyring(FIRST))
    yield
    vault.use(before)


def come(connection: Connection) -> None:
    """Let two people come."""
    for person in (AIGUL, BERIK):
        join(connection, person, f"Тұрғын {person}", NOW)


@pytest.fixture
async def people(sqlite_database: Database) -> Database:
    """Return a database with two people."""
    await sqlite_database.write(come)
    return sqlite_database


async def share(
    db: Database, person: int, phone: str = PHONE, at: datetime = NOW, of: int | None = None
) -> datetime:
    """Share a contact: one's own."""
    return await db.write(confirm_phone, person, Contact(phone, of or person), at)


async def kept(db: Database) -> list[tuple[int, str]]:
    """Return whose numbers are kept, and what of them."""

    def read(connection: Connection) -> list[tuple[int, str]]:
        column = confirmed_phones.c
        found = sa.select(column.person_id, column.phone_blind).order_by(column.person_id)
        return [(row.person_id, row.phone_blind) for row in connection.execute(found)]

    return await db.read(read)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("77011234567", PHONE),
        ("+7 701 123-45-67", PHONE),
        ("87011234567", PHONE),
        ("+998901234567", "+998901234567"),
        ("4915112345678", "+4915112345678"),
        ("0123", None),
        ("", None),
        ("+", None),
        ("1234567890123456", None),
        ("7701123456x", None),
    ],
)
def test_numbers(written: str, number: str | None) -> None:
    """A number is told by its country code, with a plus or without, however it is written."""
    assert number == e164(written)


async def test_kept_as_a_hash(people: Database) -> None:
    """Kept are a hash under the key and the moment; a repetition changes nothing."""
    assert NOW == await share(people, AIGUL)
    assert NOW == await share(people, AIGUL, "8 (701) 123 45 67", NOW + timedelta(hours=1))
    assert [(AIGUL, vault.blind(PHONE))] == await kept(people)
    assert NOW == await people.read(confirmed_since, AIGUL)
    assert await people.read(confirmed_since, BERIK) is None

    def everything(connection: Connection) -> list[str]:
        return [str(row) for row in connection.execute(sa.select(audit))]

    [written] = await people.read(everything)
    assert "own.confirm_phone" in written
    assert "7011234567" not in written


@pytest.mark.parametrize("of", [BERIK, None])
async def test_own_contacts_only(people: Database, of: int | None) -> None:
    """Another's contact, or one of nobody in Telegram, confirms nothing."""
    with pytest.raises(Refusal):
        await people.write(confirm_phone, AIGUL, Contact(PHONE, of), NOW)
    assert [] == await kept(people)


async def test_one_account_for_each_number(people: Database) -> None:
    """The first account keeps the number until it is withdrawn there."""
    await share(people, AIGUL)
    with pytest.raises(Refusal, match="another account"):
        await share(people, BERIK)
    assert [AIGUL] == [person for person, _ in await kept(people)]
    assert await people.write(withdraw_phone, AIGUL, NOW)
    assert not await people.write(withdraw_phone, AIGUL, NOW)
    await share(people, BERIK)
    assert [BERIK] == [person for person, _ in await kept(people)]


async def test_another_number(people: Database) -> None:
    """A new number takes the place of the old one, which is free then; a taken one does not."""
    await share(people, AIGUL)
    await share(people, AIGUL, OTHER)
    await share(people, BERIK)
    with pytest.raises(Refusal):
        await share(people, BERIK, OTHER)
    assert [(AIGUL, vault.blind(OTHER)), (BERIK, vault.blind(PHONE))] == await kept(people)


async def test_two_at_once(postgres_url: str) -> None:
    """Of two accounts that share one number at the same moment in two processes, one has it."""
    one, other = await open_database(postgres_url), await open_database(postgres_url)
    try:
        await one.write(come)
        ended = await asyncio.gather(
            share(one, AIGUL), share(other, BERIK), return_exceptions=True
        )
        assert {datetime, Refusal} == {type(each) for each in ended}
        assert 1 == len(await kept(one))
    finally:
        await one.close()
        await other.close()


async def test_keys_that_change(people: Database) -> None:
    """Under a newer key the number is still known, and kept under it when it comes again."""
    await share(people, AIGUL)
    old = vault.blind(PHONE)
    vault.use(vault.keyring(f"{SECOND},{FIRST}"))
    with pytest.raises(Refusal):
        await share(people, BERIK)
    assert [(AIGUL, old)] == await kept(people)
    assert NOW == await share(people, AIGUL, at=NOW + timedelta(days=1))
    assert [(AIGUL, vault.blind(PHONE))] == await kept(people)
    vault.use(vault.keyring(SECOND))
    with pytest.raises(Refusal):
        await share(people, BERIK)
