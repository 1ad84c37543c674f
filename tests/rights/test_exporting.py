import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection

from services.people.consent import ConsentKind
from services.rights.exporting import OwnData, as_json, own_data, take_own_data, waits_until
from storage.database import Database
from tests.appeals_time.conftest import ADMINISTRATOR, OPERATOR
from tests.rights.conftest import NAME, NEIGHBOUR, NOW, PERSON, PHONE, SAID, live

KEYS = Path(__file__).resolve().parents[2] / "docs/my-data.md"
DRAFTS = {"appeal": {"texts": {"5": SAID[5]}}, "reply": {"text": "қызметтік жауап"}}


@pytest.fixture
async def data(database: Database) -> OwnData:
    """Return the export of the person of the tests."""
    await database.write(live)
    return await database.write(take_own_data, PERSON, DRAFTS, NOW)


async def test_all_own_words(data: OwnData) -> None:
    """Every word, the name, the contact and the number of the person stand in the export."""
    text = as_json(data).decode()
    assert [] == [mark for mark in (str(PERSON), NAME, PHONE, *SAID) if mark not in text]


async def test_nobody_else(data: OwnData) -> None:
    """No name, number or words of anybody else stand in it; the staff are nameless."""
    text = as_json(data).decode()
    others = (NEIGHBOUR, OPERATOR, ADMINISTRATOR)
    marks = [f"Сынақ {each}" for each in others] + ["Жол қазылып жатыр екен", "қызметтік жауап"]
    assert [] == [mark for mark in marks if mark in text]
    assert [] == [each for each in others if re.search(rf"(?<!\d){each}(?!\d)", text)]
    assert {"you", "staff"} == {each["by"] for each in data["appeals"][0]["history"]}


async def test_parts(data: OwnData) -> None:
    """Consents, phone, bans, polls, news and files are there with their moments."""
    assert len(ConsentKind) == len(data["consents"])
    assert data["phone"]["confirmed"]
    assert [SAID[4]] == [ban["objection"] for ban in data["bans"]]
    assert ["Нет"] == data["polls"]["named_answers"][0]["answers"][0]["chosen"]
    assert 1 == len(data["polls"]["invited_to_open"])
    assert 1 == len(data["news"]["useful"])
    assert [SAID[6]] == [file["file_name"] for file in data["appeals"][0]["files"]]
    assert 5 == data["appeals"][0]["rating"]
    assert ["Сорғы жұмыс істемейді."] == [one["text"] for one in data["appeals"][0]["quoted"]]


async def test_empty(sqlite_database: Database) -> None:
    """Somebody who has only come gets the same keys with nothing in them."""

    def came(connection: Connection) -> OwnData:
        from services.people.person import join  # noqa: PLC0415

        join(connection, 5, "Жаңа", NOW)
        return own_data(connection, 5, {}, NOW)

    data = await sqlite_database.write(came)
    assert [] == data["appeals"]
    assert {} == data["drafts"]


async def test_keys_are_documented(data: OwnData) -> None:
    """docs/my-data.md explains every key of the export."""
    documented = set(re.findall(r"^\| `([^`]+)`", KEYS.read_text("utf-8"), re.MULTILINE))
    assert set() == set(keys(orjson.loads(as_json(data)))) - documented


def test_once_an_hour() -> None:
    """The next export waits until an hour after the last."""
    assert waits_until(None, NOW) is None
    assert NOW + timedelta(hours=1) == waits_until(NOW, NOW + timedelta(minutes=59))
    assert waits_until(NOW, NOW + timedelta(hours=1)) is None


def keys(value: Any, path: str = "") -> list[str]:
    """Return the paths of all keys but those inside of drafts and particulars."""
    if isinstance(value, list):
        return [each for one in value for each in keys(one, f"{path}[]")]
    if not isinstance(value, dict) or path in {"drafts", "appeals[].particulars"}:
        return []
    found = []
    for name, inner in value.items():
        own = f"{path}.{name}" if path else name
        found += [own, *keys(inner, own)]
    return found
