import hashlib
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.quarantine import Quarantined, count, expire, keep, page

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
RAW = b"\xff not JSON"


async def test_keep(database: Database) -> None:
    """An update set aside twice is kept once, byte for byte, with the first reason."""
    digest = await database.write(keep, RAW, "not JSON", NOW)
    assert digest == await database.write(keep, RAW, "again", NOW)
    assert hashlib.sha256(RAW).hexdigest() == digest
    assert [Quarantined(digest, RAW, "not JSON", NOW)] == await database.read(page)


async def test_large(database: Database) -> None:
    """A malformed update of a megabyte is kept whole."""
    raw = b"[" * 2**20
    await database.write(keep, raw, "too deep", NOW)
    assert [raw] == [each.raw for each in await database.read(page)]


async def test_pages(database: Database) -> None:
    """Pages follow each other by key without gaps or repetitions."""
    digests = sorted([await database.write(keep, bytes([n]), "test", NOW) for n in range(7)])
    seen: list[str] = []
    while found := await database.read(page, seen[-1] if seen else "", 3):
        seen += [each.digest for each in found]
    assert digests == seen
    assert 7 == await database.read(count)


async def test_expiry(database: Database) -> None:
    """What was set aside before a moment is forgotten."""
    await database.write(keep, b"old", "test", NOW)
    await database.write(keep, b"young", "test", NOW + timedelta(days=1))
    assert 1 == await database.write(expire, NOW + timedelta(hours=1))
    assert [b"young"] == [each.raw for each in await database.read(page)]
