"""The leader's minute: copies on the disk, farewells, and the round of a night."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from aiogram import Bot
from sqlalchemy import Connection

from bot.conversation import ConversationStorage
from bot.forgetting import Forgetting
from bot.i18n import Catalogues
from bot.nursery import Nursery
from services.people.directory import Directory
from services.rights.erasing import Wish, forget_person
from storage.database import Database
from storage.facts import read_fact
from storage.people import find_person
from storage.schema.appeals import appeals, attachments
from tests.rights.conftest import BOT, DAY, NAME, NOW, PERSON, PHONE, SAID, live, traces

# 2 in the morning of Asia/Almaty, and 3.
TWO = NOW.replace(hour=21) + DAY
THREE = TWO + timedelta(hours=1)


@dataclass
class Told:
    """Stands in for Telegram."""

    id: int = BOT
    words: list[tuple[int, str]] = field(default_factory=list)

    async def send_message(self, chat: int, text: str) -> None:
        """Remember what was said to whom."""
        self.words.append((chat, text))


@dataclass
class Hand:
    """A clock that is moved by hand."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment


def forgetting(database: Database, told: Told, clock: Hand, **parts: Any) -> Forgetting:
    """Put the leader's job together."""
    return Forgetting(
        parts.get("folder"),
        bot=cast("Bot", told),
        db=database,
        clock=clock,
        i18n=Catalogues(),
        people=Directory(database, clock),
        conversations=ConversationStorage(database, clock.now),
        nursery=parts.get("nursery") or Nursery(),
    )


async def test_copies_go_from_the_disk(sqlite_database: Database, tmp_path: Path) -> None:
    """Copies of erased files are deleted, others stay, and no path leads out of the folder."""
    ids = await sqlite_database.write(live)
    folder = tmp_path / "files"
    (folder / "000000").mkdir(parents=True)
    for name in (f"{ids['ended']}-3", f"{ids['waiting']}-3", "999-9"):
        (folder / f"000000/{name}.pdf").write_bytes(b"pdf")
    (tmp_path / "outside").write_bytes(b"stays")
    wish = Wish(answered_first=frozenset({ids["waiting"]}), bots=(BOT,))
    await sqlite_database.write(forget_person, PERSON, wish, NOW)
    forged = attachments.c.message_id > 1000
    values = {"erased_at": NOW, "path": "../outside"}

    def forge(connection: Connection) -> None:
        connection.execute(sa.update(attachments).where(forged).values(values))

    await sqlite_database.write(forge)
    await forgetting(sqlite_database, Told(), Hand(NOW), folder=folder).look()
    left = sorted(path.name for path in (folder / "000000").iterdir())
    assert sorted([f"{ids['waiting']}-3.pdf", "999-9.pdf"]) == left
    assert (tmp_path / "outside").exists()


@pytest.mark.parametrize("ended", [False, True])
async def test_farewell(sqlite_database: Database, *, ended: bool) -> None:
    """Whose last appeal has ended is forgotten and told so once, in their language."""
    ids = await sqlite_database.write(live)
    wish = Wish(answered_first=frozenset({ids["waiting"]}), bots=(BOT,))
    await sqlite_database.write(forget_person, PERSON, wish, NOW)

    def end(connection: Connection) -> None:
        this = appeals.c.id == ids["waiting"]
        over = {"status": "closed", "ended_at": NOW, "closes_on": None}
        connection.execute(sa.update(appeals).where(this).values(over))

    if ended:
        await sqlite_database.write(end)
    told = Told()
    job = forgetting(sqlite_database, told, Hand(NOW))
    await job.look()
    await job.look()
    assert [PERSON] * ended == [chat for chat, _words in told.words]
    assert ["Всё"] * ended == [words[:3] for _chat, words in told.words]
    assert ended == (await sqlite_database.read(find_person, PERSON) is None)
    marks = await sqlite_database.read(
        lambda connection: traces(connection, str(PERSON), NAME, PHONE, *SAID)
    )
    assert ended == (marks == {})


async def test_one_round_a_night(sqlite_database: Database) -> None:
    """From three in the morning on there is one round a day."""
    clock = Hand(TWO)
    async with Nursery() as nursery:
        job = forgetting(sqlite_database, Told(), clock, nursery=nursery)
        await job.look()
        assert await sqlite_database.read(read_fact, "retention") is None
        clock.moment = THREE
        await job.look()
        async with asyncio.timeout(60):
            while await sqlite_database.read(read_fact, "retention") is None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert f"{NOW + 2 * DAY:%Y-%m-%d}" == await sqlite_database.read(read_fact, "retention")
