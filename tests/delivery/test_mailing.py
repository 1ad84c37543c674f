"""Mailings reach everybody they are for, once, and obey their authors."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox.server import Fault, FaultKind
from services.delivery.mailing import launch
from services.delivery.mailing_control import Control, control_mailing
from services.delivery.target import Target
from services.refusal import Refusal
from storage.database import Database
from storage.schema.delivery import deliveries, mailing_recipients
from storage.schema.news import muted_topics
from storage.schema.organisation import news_topics
from storage.schema.people import consents, people, roles
from tests.delivery.stage import FIRST, MORNING, PATIENCE, Stage, add_people

NEWS = {
    "post": 1,
    "topic": "roads",
    "text_kk": "Жол жөнделді",
    "text_ru": "Дорога готова",
    "media": [],
    "links": [],
}
AUTHOR = 100_002
NIGHT = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # 21:30 in Asia/Almaty


async def start_mailing(db: Database, key: str = "news:1", **more: Any) -> int:
    """Launch a mailing of news this morning."""
    facts = {"kind": "news", "payload": NEWS, "created_by": None, "now": MORNING} | more
    return await db.write(launch, key=key, **facts)


async def add_operator(db: Database) -> None:
    """Let the author join as an operator."""

    def appoint(connection: sa.Connection) -> None:
        connection.execute(
            sa.insert(people).values(
                id=AUTHOR, name="Олег", language="ru", joined_at=MORNING + timedelta(days=1)
            )
        )
        connection.execute(
            sa.insert(roles).values(person_id=AUTHOR, role="operator", since=MORNING)
        )

    await db.write(appoint)


async def test_everybody_gets_it_once(stage: Stage) -> None:
    """A mailing reaches every person it is for exactly once and says how many it reached."""
    crowd = stage.sandbox.telegram.add_crowd(500, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 500))
    mailing = await start_mailing(stage.db)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    row = await stage.mailing(mailing)
    assert [1] * 500 == list(crowd.received)
    assert (500, 500, 0, 0) == (
        row["reachable"],
        row["delivered"],
        row["blocked"],
        row["failed"],
    )


async def test_a_mailing_is_launched_once(database: Database) -> None:
    """The same key launches one mailing, with the recipients it had first."""
    await database.write(add_people, range(FIRST, FIRST + 3))
    first = await start_mailing(database, recipients=[FIRST])
    assert first == await start_mailing(database, recipients=[FIRST + 1, FIRST + 2])
    listed = await database.read(
        lambda connection: list(connection.scalars(sa.select(mailing_recipients.c.person_id)))
    )
    assert [FIRST] == listed


async def test_only_those_it_is_for(stage: Stage) -> None:
    """News pass by those who muted it, left, joined later, did not agree or live elsewhere."""
    wanted, muted, silent, gone, late, refusing, elsewhere = range(FIRST, FIRST + 7)

    def tell_apart(connection: sa.Connection) -> None:
        add_people(connection, range(FIRST, FIRST + 6), region="10")
        add_people(connection, [elsewhere], region="11")
        names = {"name_kk": "Жол", "name_ru": "Дороги", "emoji": "🛣", "position": 1}
        connection.execute(sa.insert(news_topics).values(code="roads", **names))
        connection.execute(sa.insert(muted_topics).values(person_id=muted, topic="roads"))
        changes = {
            silent: {"muted_since": MORNING},
            gone: {"unreachable_since": MORNING},
            late: {"joined_at": MORNING + timedelta(seconds=1)},
        }
        for person, values in changes.items():
            connection.execute(sa.update(people).where(people.c.id == person).values(**values))
        connection.execute(
            sa.update(consents)
            .where(consents.c.person_id == refusing)
            .values(withdrawn_at=MORNING)
        )

    stage.sandbox.telegram.add_crowd(7, FIRST)
    await stage.db.write(tell_apart)
    mailing = await start_mailing(stage.db, target=Target(topic="roads", regions=("10",)))
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    assert [wanted] == list(await stage.delivered(mailing))


async def test_recipients_are_forgotten(stage: Stage) -> None:
    """A mailing to a list goes to the list only, and erases it at the end when asked to."""
    crowd = stage.sandbox.telegram.add_crowd(5, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 5))
    chosen = [FIRST + 1, FIRST + 3]
    mailing = await start_mailing(stage.db, recipients=chosen, forget_recipients=True)
    await stage.start()
    await stage.until_mailing(mailing, "finished")

    def traces(connection: sa.Connection) -> list[int]:
        tables = (mailing_recipients, deliveries)
        return [
            connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in tables
        ]

    assert [0, 1, 0, 1, 0] == list(crowd.received)
    assert [0, 0] == await stage.db.read(traces)
    assert 2 == (await stage.mailing(mailing))["delivered"]


async def test_no_file_says_who_a_forgotten_mailing_went_to(stage: Stage, tmp_path: Path) -> None:
    """On SQLite the rows are gone from the file and its log as well, not only from the tables."""
    stage.sandbox.telegram.add_crowd(5, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 5))
    await start_mailing(stage.db, "news:1", recipients=[FIRST])
    chosen = [FIRST + 1, FIRST + 3]
    mailing = await start_mailing(stage.db, "news:2", recipients=chosen, forget_recipients=True)

    def rows_in_files() -> int:
        # A row as the file format has it: the length of its head, the kinds and the values.
        rows = [b"\x03\x01\x05" + bytes((mailing,)) + one.to_bytes(6) for one in chosen]
        files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        return sum(content.count(row) for row in rows for content in files)

    before = rows_in_files()
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    async with asyncio.timeout(PATIENCE):
        while rows_in_files():  # noqa: ASYNC110  # no event tells of files
            await asyncio.sleep(0.05)
    assert before >= (len(chosen) if stage.db.dialect == "sqlite" else 0)


async def test_silence_at_night(stage: Stage) -> None:
    """A mailing waits from 21:00 to 09:00; one that may go at night goes."""
    crowd = stage.sandbox.telegram.add_crowd(2, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 2))
    stage.clock.moment = NIGHT
    waiting = await start_mailing(stage.db, "news:1", recipients=[FIRST], now=NIGHT)
    urgent = await start_mailing(
        stage.db, "news:2", recipients=[FIRST + 1], at_night=True, now=NIGHT
    )
    await stage.start()
    await stage.until_mailing(urgent, "finished")
    assert [0, 1] == list(crowd.received)
    stage.clock.moment = NIGHT + timedelta(hours=11, minutes=30)
    await stage.until_mailing(waiting, "finished")
    assert [1, 1] == list(crowd.received)


async def test_pause_resume_cancel(stage: Stage) -> None:
    """A paused mailing stands still, a resumed one goes on, a cancelled one ends; all once."""
    crowd = stage.sandbox.telegram.add_crowd(400, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 400))
    await add_operator(stage.db)
    mailing = await start_mailing(stage.db)
    stage.rate = 50

    async def press(control: Control, version: int) -> int:
        shown = await stage.db.write(control_mailing, AUTHOR, mailing, control, version, MORNING)
        return shown.version

    await stage.start()
    await stage.until(lambda: sum(crowd.received) > 20)
    assert 1 == await press(Control.PAUSE, 0)
    assert 1 == await press(Control.PAUSE, 0)
    await stage.until_nothing_is_sent(mailing)
    paused_at = sum(crowd.received)
    row = await stage.mailing(mailing)
    assert ("paused", paused_at) == (row["status"], row["delivered"])
    assert 2 == await press(Control.RESUME, 1)
    assert 2 == await press(Control.PAUSE, 0)
    await stage.until(lambda: sum(crowd.received) > paused_at + 5)
    assert 3 == await press(Control.CANCEL, 2)
    await stage.until_nothing_is_sent(mailing)
    row = await stage.mailing(mailing)
    assert ("cancelled", sum(crowd.received)) == (row["status"], row["delivered"])
    assert {0, 1} == set(crowd.received)


async def test_only_staff_controls(database: Database) -> None:
    """Nobody but staff can pause a mailing, whatever their button says."""
    await database.write(add_people, [FIRST])
    mailing = await start_mailing(database)
    with pytest.raises(Refusal):
        await database.write(control_mailing, FIRST, mailing, Control.PAUSE, 0, MORNING)


async def test_refusals_stop_it(stage: Stage) -> None:
    """More than 1 % refusals in the first 200 messages pause a mailing and tell its author."""
    crowd = stage.sandbox.telegram.add_crowd(300, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 300))
    await add_operator(stage.db)
    broken = NEWS | {"text_kk": "<b>ашық", "text_ru": "<b>открыт"}
    mailing = await start_mailing(stage.db, payload=broken, created_by=AUTHOR)
    await stage.start()
    await stage.until_mailing(mailing, "paused")
    await stage.until_letters("delivered")
    row = await stage.mailing(mailing)
    assert "refusals" == row["pause_reason"]
    assert 0 == sum(crowd.received)
    assert 200 > row["failed"] > 2
    words = stage.texts_of(AUTHOR)
    assert any("Telegram" in text for text in words)


async def test_blocked_people(stage: Stage) -> None:
    """Who blocked the bot is counted, marked and not written to again."""
    crowd = stage.sandbox.telegram.add_crowd(10, FIRST)
    crowd.blocked.add(FIRST + 4)
    await stage.db.write(add_people, range(FIRST, FIRST + 10))
    first = await start_mailing(stage.db, "news:1")
    await stage.start()
    await stage.until_mailing(first, "finished")
    row = await stage.mailing(first)
    assert (9, 1, 0) == (row["delivered"], row["blocked"], row["failed"])
    second = await start_mailing(stage.db, "news:2")
    await stage.until_mailing(second, "finished")
    row = await stage.mailing(second)
    assert (9, 9, 0) == (row["reachable"], row["delivered"], row["blocked"])


@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.DROP_BEFORE])
async def test_trouble_is_waited_out(stage: Stage, kind: FaultKind) -> None:
    """Errors of Telegram and broken connections lose nobody."""
    crowd = stage.sandbox.telegram.add_crowd(40, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 40))
    stage.sandbox.telegram.faults.order(Fault(kind, count=7, method="sendMessage"))
    mailing = await start_mailing(stage.db)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    assert [1] * 40 == list(crowd.received)
    assert 40 == (await stage.mailing(mailing))["delivered"]


async def test_uncertain_messages(stage: Stage) -> None:
    """A message of unknown end is repeated, or only counted where the mailing says so."""
    crowd = stage.sandbox.telegram.add_crowd(2, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 2))
    telegram = stage.sandbox.telegram
    telegram.faults.order(Fault(FaultKind.DROP_AFTER, count=1, method="sendMessage"))
    once = await start_mailing(stage.db, "news:1", recipients=[FIRST], repeat_uncertain=False)
    await stage.start()
    await stage.until_mailing(once, "finished")
    telegram.faults.order(Fault(FaultKind.DROP_AFTER, count=1, method="sendMessage"))
    again = await start_mailing(stage.db, "news:2", recipients=[FIRST + 1])
    await stage.until_mailing(again, "finished")
    assert [1, 2] == list(crowd.received)
    assert (0, 1) == (
        (await stage.mailing(once))["delivered"],
        (await stage.mailing(once))["failed"],
    )
    assert 1 == (await stage.mailing(again))["delivered"]


async def test_a_stop_leaves_nothing_uncertain(stage: Stage) -> None:
    """A sender that is told to stop ends what is in flight; the next one goes on from there."""
    crowd = stage.sandbox.telegram.add_crowd(60, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 60))
    mailing = await start_mailing(stage.db)
    stage.rate = 50
    await stage.start()
    await stage.until(lambda: sum(crowd.received) > 20)
    await stage.end()
    stopped_at = sum(crowd.received)
    assert stopped_at == len(await stage.delivered(mailing))
    assert stopped_at < 60
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    assert [1] * 60 == list(crowd.received)


async def test_author_sees_it_end(stage: Stage) -> None:
    """The author's progress message loses its buttons at the end, and one report comes."""
    stage.sandbox.telegram.add_crowd(8, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 8))
    await add_operator(stage.db)
    stage.rate = 2
    mailing = await start_mailing(stage.db, created_by=AUTHOR)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    await stage.until_letters("delivered")
    await stage.until(lambda: len(stage.messages_of(AUTHOR)) == 2)
    await stage.until(lambda: "reply_markup" not in stage.messages_of(AUTHOR)[0])
    assert all("Доставлено: 8" in text for text in stage.texts_of(AUTHOR))


async def test_a_short_mailing_is_only_reported(stage: Stage) -> None:
    """Of a mailing that is over at once its author gets the report and no progress."""
    stage.sandbox.telegram.add_crowd(2, FIRST)
    await stage.db.write(add_people, range(FIRST, FIRST + 2))
    await add_operator(stage.db)
    mailing = await start_mailing(stage.db, created_by=AUTHOR)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    await stage.until_letters("delivered")
    await stage.until_row(mailing, progress_done=True)
    assert 1 == len(stage.messages_of(AUTHOR))
