"""What people said is in no file: not in the database, its log, nor a backup."""

import asyncio
import json
import os
import subprocess
from pathlib import Path

import pytest

from storage.backup import backup
from storage.database import Database
from tests.at_rest.conftest import ALONE, PHONE, SAID, Town, settle
from tests.cluster import binaries
from tests.operations.seeded import NOW


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the programs beside the server be found."""
    monkeypatch.setenv("PATH", f"{binaries()[0]}:{os.environ['PATH']}")


def spelled(words: str) -> set[bytes]:
    """Return each word that nothing else in the database holds as files may spell it."""
    found = set()
    for word in set(words.split()) & ALONE:
        for spelling in (
            word,
            word.lower(),
            json.dumps(word)[1:-1],
            json.dumps(word.lower())[1:-1],
        ):
            plain = spelling.encode()
            found |= {plain, plain.hex().encode()}  # the latter as a dump writes bytes
    return found


def seen(content: bytes) -> set[str]:
    """Return which of the words that people said stand in a file."""
    return {words for words in SAID if any(each in content for each in spelled(words))}


def output(*arguments: str) -> bytes:
    """Return what a program writes."""
    return subprocess.run(arguments, check=True, capture_output=True).stdout


async def at_rest(town: Town) -> bytes:
    """Return all that stands in the files of a database."""
    url = town.db.url
    if town.db.dialect == "postgresql":
        return await asyncio.to_thread(output, "pg_dump", f"--dbname={url}")
    path = Path(url.removeprefix("sqlite:///"))
    files = [each for each in path.parent.iterdir() if each.name.startswith(path.name)]
    assert path.with_name(f"{path.name}-wal") in files
    return b"".join(each.read_bytes() for each in files)


async def copied(town: Town, folder: Path) -> bytes:
    """Return all that stands in a backup."""
    copy = await asyncio.to_thread(backup, town.db.url, folder, NOW)
    if town.db.dialect == "sqlite":
        return copy.read_bytes()
    return await asyncio.to_thread(output, "pg_restore", "--file=-", str(copy))


async def test_with_a_key(town: Town, tmp_path: Path) -> None:
    """Nothing that people said, nor their names and phones, can be read; the bot reads it all."""
    assert set(SAID) == await town.said()
    assert set() == seen(await at_rest(town))
    assert set() == seen(await copied(town, tmp_path / "copies"))


async def test_search(town: Town) -> None:
    """Appeals are found by phone and by words all the same, in any form of them."""
    assert [town.appeal] == await town.found(PHONE)
    assert [town.appeal] == await town.found("мунарадагы соргы")
    assert [town.appeal] == await town.found("жарылған құбыр")


@pytest.mark.usefixtures("no_key")
async def test_without_a_key(database: Database) -> None:
    """Without a key all of it can be read: the test above looks where it stands."""
    town = await settle(database)
    assert set(SAID) == seen(await at_rest(town))
    assert [town.appeal] == await town.found(PHONE)
