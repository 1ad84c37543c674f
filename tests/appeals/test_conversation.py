"""The conversation of an appeal where its messages do not come one by one and in order."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from sandbox.client import Chat, Desk, Message
from storage.schema.appeals import appeals, attachments
from tests.transcripts.player import files
from tests.transcripts.stage import Stage, bot_in_this_process, set_up

PEOPLE = {"citizen": {"id": 5001, "first_name": "Айгүл", "language": "kk"}}
NOON = datetime(2026, 3, 6, 7, tzinfo=UTC)
READY = "Өтінішіңізді тексеріңіз"


@asynccontextmanager
async def conversation(folder: Path) -> AsyncIterator[tuple[Stage, Chat]]:
    """Yield a citizen’s chat in which only the words of an appeal are missing."""
    async with (
        set_up(folder, PEOPLE, NOON) as stage,
        bot_in_this_process(stage),
        Desk(stage.sandbox.page) as desk,
    ):
        chat = await desk.person(5001)
        await chat.send("/appeal")
        await chat.wait_for("Өтінішіңіз не туралы")
        await chat.press("🚰 Ауыз судың болмауы")
        await chat.send("талғар")
        await chat.wait_for("Осылардың бірі ме")
        await chat.press("Талғар ауданы · Алматы обл.")
        await chat.wait_for("Не болғанын жазыңыз")
        yield stage, chat


def kept(stage: Stage, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
    """Return the rows of a table."""
    engine = sa.create_engine(stage.database_url)
    try:
        with engine.connect() as connection:
            return list(connection.execute(sa.select(table)))
    finally:
        engine.dispose()


async def sent(chat: Chat) -> Message:
    """Press «Send» and return the receipt."""
    await chat.press("✅ Жіберу")
    return await chat.wait_for("Өтінішіңіз тіркелді")


@pytest.fixture
async def written(tmp_path: Path) -> AsyncIterator[tuple[Stage, Chat]]:
    """Give a chat in which the words of the appeal are the next thing."""
    async with conversation(tmp_path) as pair:
        yield pair


async def test_an_album_is_one_appeal(written: tuple[Stage, Chat]) -> None:
    """Its parts come one by one, the screen comes once, and a late part joins."""
    stage, chat = written
    await chat.send_files("photo", *files("photo", 3), caption="Ауылда су жоқ")
    ready = await chat.wait_for(READY)
    await chat.send_files("document", *files("document", 1))
    await chat.wait_for(r"фото \(3\), құжат \(1\)")
    screens = [message for message in await chat.messages() if READY in message.text]
    await sent(chat)

    assert 2 == len(screens)
    assert "Ауылда су жоқ" in ready.text
    assert 4 == len(kept(stage, attachments))


async def test_an_edited_message_counts_as_edited(written: tuple[Stage, Chat]) -> None:
    """Somebody who corrects a message before sending finds the correction in the appeal."""
    stage, chat = written
    message = await chat.send("Ауылда су жок")
    await chat.wait_for(READY)
    await chat.edit(message.id, "Ауылда екі апта су жоқ")
    await chat.wait_for("екі апта")
    await sent(chat)

    assert ["Ауылда екі апта су жоқ"] == [row.text for row in kept(stage, appeals)]


async def test_pressing_send_twice_registers_once(written: tuple[Stage, Chat]) -> None:
    """Two devices, one appeal, one number on both."""
    stage, chat = written
    await chat.send("Ауылда су жоқ")
    ready = await chat.wait_for(READY)
    data = ready.button_data("✅ Жіберу")
    await chat.press_data(ready.id, data, wait=0)
    await chat.press_data(ready.id, data, wait=0)
    await chat.wait_for("Қабылданды")
    await chat.settle()

    assert 1 == len(kept(stage, appeals))


async def test_words_that_say_nothing_are_asked_for_again(written: tuple[Stage, Chat]) -> None:
    """Emoji alone are refused with a sentence; signs of markup and of any script are shown."""
    stage, chat = written
    await chat.send("👍👍")
    await chat.wait_for("сөз көрмедім")
    await chat.send("<b>жол</b> & אין מים")
    await chat.wait_for("<b>жол</b> & אין מים")
    await sent(chat)

    assert ["<b>жол</b> & אין מים"] == [row.text for row in kept(stage, appeals)]


async def test_a_draft_is_never_lost(written: tuple[Stage, Chat]) -> None:
    """Leaving for the menu keeps the draft; beginning again asks which of the two is meant."""
    _, chat = written
    await chat.send("Ауылда су жоқ")
    await chat.wait_for(READY)
    await chat.send("/my")
    await chat.wait_for("Әзірге өтінішіңіз жоқ")
    await chat.send("/appeal")
    await chat.wait_for("аяқталмаған өтініш бар")
    await chat.press("▶️ Жалғастыру")

    assert "Ауылда су жоқ" in (await chat.wait_for(READY)).text


async def test_buttons_of_an_earlier_draft_do_nothing(written: tuple[Stage, Chat]) -> None:
    """An old screen cannot change or send the new draft."""
    stage, chat = written
    await chat.send("Ауылда су жоқ")
    old = await chat.wait_for(READY)
    await chat.send("/appeal")
    await chat.wait_for("аяқталмаған өтініш бар")
    await chat.press("🆕 Жаңадан бастау")
    await chat.wait_for("Өтінішіңіз не туралы")
    answer = await chat.press_data(old.id, old.button_data("✅ Жіберу"))

    assert answer is not None
    assert "бұрынғы нобайдан" in (answer.text or "")
    assert [] == kept(stage, appeals)
