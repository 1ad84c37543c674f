"""The conversation of the intake where people do not go its usual way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sandbox.client import Chat, Desk
from services.appeals.asking import ask_citizen
from services.appeals.model import EntryKind
from storage.schema.appeals import appeal_entries, appeals, attachments
from tests.transcripts.player import files
from tests.transcripts.stage import Stage, bot_in_this_process, set_up

PEOPLE = {
    "citizen": {"id": 5001, "first_name": "Айгүл", "language": "kk"},
    "operator": {"id": 5004, "first_name": "Мадина", "language": "kk", "role": "operator"},
}
NOON = datetime(2026, 3, 6, 7, tzinfo=UTC)


@asynccontextmanager
async def citizen(folder: Path) -> AsyncIterator[tuple[Stage, Chat]]:
    """Yield the citizen's chat."""
    async with (
        set_up(folder, PEOPLE, NOON) as stage,
        bot_in_this_process(stage),
        Desk(stage.sandbox.page) as desk,
    ):
        yield stage, await desk.person(5001)


def columns(stage: Stage, *wanted: sa.Column[Any]) -> list[tuple[object, ...]]:
    """Return these columns of all rows."""
    engine = sa.create_engine(stage.database_url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.select(*wanted))]
    finally:
        engine.dispose()


async def sent(chat: Chat, words: str) -> None:
    """Leave an appeal about heating in one district."""
    await chat.send("/appeal")
    await chat.wait_for("Өтінішіңіз не туралы")
    await chat.press("🔥 Жылу")
    await chat.send("талғар")
    await chat.wait_for("Осылардың бірі ме")
    await chat.press("Талғар ауданы · Алматы обл.")
    await chat.wait_for("Не болғанын жазыңыз")
    await chat.send(words)
    await chat.wait_for("Өтінішіңізді тексеріңіз")
    await chat.press("✅ Жіберу")
    await chat.wait_for("Өтінішіңіз тіркелді")


async def test_who_writes_first_sees_the_stop_message_of_the_topic(tmp_path: Path) -> None:
    """It stands above the next screen, for the one that asks for words is not shown."""
    async with citizen(tmp_path) as (_, chat):
        await chat.send("/appeal")
        await chat.wait_for("Өтінішіңіз не туралы")
        await chat.send("Үйге иіс кіріп тұр")
        await chat.wait_for("сақталды")
        await chat.press("♨️ Газ")

        assert "104" in (await chat.wait_for("Бұл қай жерде")).text


async def test_a_reply_to_a_question_is_a_reply(tmp_path: Path) -> None:
    """Who answers the message itself is heard as if the button had been pressed."""
    async with citizen(tmp_path) as (stage, chat):
        await sent(chat, "Үйде жылу жоқ")
        engine = sa.create_engine(stage.database_url)
        with engine.begin() as connection:
            ask_citizen(connection, 1, 1, 5004, "Қай көшеде?", NOON)
        engine.dispose()
        await chat.send("/menu")
        question = await chat.wait_for("Қай көшеде")
        await chat.send("Абай көшесінде", reply_to=question.id)
        await chat.wait_for("жеткізілді")

        said = columns(stage, appeal_entries.c.kind, appeal_entries.c.text)
        assert (EntryKind.REPLY.value, "Абай көшесінде") in said


async def test_a_shared_phone_is_never_lost(tmp_path: Path) -> None:
    """A contact counts as the phone of the appeal whatever was being asked for."""
    async with citizen(tmp_path) as (stage, chat):
        await chat.send("/appeal")
        await chat.wait_for("Өтінішіңіз не туралы")
        await chat.press("🔥 Жылу")
        await chat.contact("+77011234567")
        await chat.wait_for("телефон сақталды")
        await chat.send("талғар")
        await chat.wait_for("Осылардың бірі ме")
        await chat.press("Талғар ауданы · Алматы обл.")
        await chat.send("Үйде жылу жоқ")
        await chat.wait_for("Өтінішіңізді тексеріңіз")
        await chat.press("✅ Жіберу")
        await chat.wait_for("Өтінішіңіз тіркелді")

        assert [("+77011234567",)] == columns(stage, appeals.c.contact_phone)


async def test_an_album_is_added_with_one_word_of_thanks(tmp_path: Path) -> None:
    """Each photo is kept at once; the chat is not flooded."""
    async with citizen(tmp_path) as (stage, chat):
        await sent(chat, "Үйде жылу жоқ")
        await chat.press("Өтінішті ашу")
        await chat.wait_for("15 жұмыс күні қалды")
        await chat.press("➕ Қосымша айту")
        await chat.wait_for("не қосасыз")
        await chat.send_files("photo", *files("photo", 3), caption="Батарея мұздай")
        await chat.wait_for("өтінішке қосылды")
        await chat.settle()
        thanks = [m for m in await chat.messages() if "өтінішке қосылды" in m.text]

        assert 1 == len(thanks)
        assert 3 == len(columns(stage, attachments.c.message_id))
        assert ("addition", "Батарея мұздай") in columns(
            stage, appeal_entries.c.kind, appeal_entries.c.text
        )
