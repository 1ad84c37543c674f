"""`python -m bot keys`, the doctor, and a start with the wrong key."""

import asyncio
from itertools import product
from pathlib import Path

import pytest

from bot.commands import main
from bot.doctor.data_key import look_at_data_key
from bot.kept_files import write_copy
from bot.settings import Settings
from storage import data_keys, vault
from storage.database import Database, open_database
from storage.vault import keyring, new_key
from tests.at_rest.conftest import settle
from tests.operations.seeded import NOW

OLD, NEW = new_key(), new_key()
OLD_NAME, NEW_NAME = (keyring(key).keys[0].name.hex() for key in (OLD, NEW))

pytestmark = pytest.mark.usefixtures("new_ring")


@pytest.fixture
def url(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a town under the old key, as the settings name it."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("ATTACHMENTS_DIR", "")
    vault.use(keyring(OLD))

    async def fill() -> None:
        db = await open_database(sqlite_url)
        await db.write(data_keys.note_key, NOW)
        await settle(db)
        await db.close()

    asyncio.run(fill())
    return sqlite_url


def run(monkeypatch: pytest.MonkeyPatch, key: str, *arguments: str) -> int:
    """Run a command with this DATA_KEY and return its status."""
    monkeypatch.setenv("DATA_KEY", key)
    return main(arguments)


def test_new(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A new key is printed, another each time, and can be used."""
    for _ in range(2):
        assert 0 == run(monkeypatch, "", "keys", "new")
    one, two = capsys.readouterr().out.split()
    assert 2 == len({keyring(each).keys[0].name for each in (one, two)})


@pytest.mark.usefixtures("url")
def test_from_the_old_key_to_the_new(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check counts by key, rotate changes it, and afterwards the new key is enough."""
    both = f"{NEW},{OLD}"
    assert 1 == run(monkeypatch, both, "keys", "check")
    said = capsys.readouterr().out
    assert f"appeals.contact_phone: 1 under {OLD_NAME}\n" in said
    assert said.endswith(f"{NEW_NAME}: python -m bot keys rotate.\n")

    assert 0 == run(monkeypatch, both, "keys", "rotate")
    assert capsys.readouterr().out.startswith("Sealed anew: rows ")

    assert 0 == run(monkeypatch, NEW, "keys", "check")
    said = capsys.readouterr().out
    assert f"appeals.contact_phone: 1 under {NEW_NAME}, the newest key\n" in said
    assert f"appeal_words.tokens: 3 under {NEW_NAME}, the newest key\n" in said
    assert OLD_NAME not in said
    assert 0 == run(monkeypatch, NEW, "migrate")


@pytest.mark.usefixtures("url")
def test_a_start_without_the_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever would read or write refuses with one line that names the key, changing nothing."""
    monkeypatch.setenv("BOT_TOKEN", "123456:ABC-DEF-GHI-JKL")
    commands = (("run",), ("migrate",), ("invite", "operator"), ("keys", "rotate"))
    for key, arguments in product(("", NEW), commands):
        assert 2 == run(monkeypatch, key, *arguments)
        assert (
            f"DATA_KEY: lacks the key {OLD_NAME}, under which values are sealed; put it back.\n"
            == capsys.readouterr().err
        )
    assert 1 == run(monkeypatch, NEW, "keys", "check")
    assert f"under {OLD_NAME}, which DATA_KEY lacks" in capsys.readouterr().out


def test_while_the_bot_works(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite the command leaves a running bot alone, which does it by itself."""

    async def work() -> None:
        db = await open_database(url)
        try:
            status = await asyncio.to_thread(run, monkeypatch, f"{NEW},{OLD}", "keys", "rotate")
        finally:
            await db.close()
        assert 1 == status

    asyncio.run(work())
    assert "by itself" in capsys.readouterr().err


def test_open(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of a file is opened to the byte; with another key there is one line instead."""
    vault.use(keyring(OLD))
    write_copy(tmp_path / "1-10.jpg", b"\xff\xd8\xff\x00 picture")
    arguments = ("keys", "open", str(tmp_path / "1-10.jpg"))
    assert 0 == run(monkeypatch, OLD, *arguments)
    assert b"\xff\xd8\xff\x00 picture" == capfdbinary.readouterr().out
    assert 1 == run(monkeypatch, NEW, *arguments)
    said = capfdbinary.readouterr()
    assert b"" == said.out
    assert said.err.endswith(f"DATA_KEY lacks the key {OLD_NAME}.\n".encode())


def test_bad_key(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad key is told in one line that names the variable and does not repeat it."""
    assert 2 == run(monkeypatch, "топ-сырым", "doctor")
    assert capsys.readouterr().err == (
        "DATA_KEY: is not base64; python -m bot keys new prints a key.\n"
    )


async def words(url: str, tmp_path: Path) -> tuple[bool, str]:
    """Return what the doctor says of the key."""
    settings = Settings(_env_file=None, database_url=url, keys_dir=tmp_path)
    finding = await look_at_data_key(settings)
    return finding.ok, finding.words


async def test_doctor(database: Database, tmp_path: Path) -> None:
    """The doctor says what is missing, what is not yet under the newest key, and what is well."""
    vault.use(None)
    url = database.url
    well, said = await words(url, tmp_path)
    assert (False, True) == (well, said.startswith("DATA_KEY is not set"))
    await settle(database)
    vault.use(keyring(NEW))
    well, said = await words(url, tmp_path)
    assert (False, True) == (well, "appeals, conversations" in said and "people" in said)
    await database.write(data_keys.note_key, NOW)
    vault.use(keyring(OLD))
    well, said = await words(url, tmp_path)
    assert (False, True) == (well, f"DATA_KEY lacks {NEW_NAME}" in said)


async def test_doctor_is_content(sqlite_url: str, tmp_path: Path) -> None:
    """With everything under the newest key older ones may go."""
    vault.use(keyring(f"{NEW},{OLD}"))
    well, said = await words(sqlite_url, tmp_path)
    assert well
    assert (
        said
        == f"the newest is {NEW_NAME}, and all is under it; 1 older may be taken out of DATA_KEY"
    )
