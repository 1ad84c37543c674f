"""What a person tells about themselves, and what stays unsaid."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from sandbox.client import Chat, Desk
from storage.schema.people import people
from tests.transcripts.stage import Stage, bot_in_this_process, set_up

PEOPLE = {"citizen": {"id": 5001, "first_name": "Айгүл", "language": "kk"}}
NOON = datetime(2026, 3, 6, 7, tzinfo=UTC)


@pytest.fixture
async def asked(tmp_path: Path) -> AsyncIterator[tuple[Stage, Chat]]:
    """Give a chat in which the questions of the profile are about to begin."""
    async with (
        set_up(tmp_path, PEOPLE, NOON) as stage,
        bot_in_this_process(stage),
        Desk(stage.sandbox.page) as desk,
    ):
        chat = await desk.person(5001)
        await chat.send("/settings")
        await chat.wait_for("Баптаулар")
        await chat.press("👤 Өзім туралы")
        await chat.press("Сұрақтарға жауап беру")
        yield stage, chat


def told(stage: Stage) -> tuple[object, ...]:
    """Return what the table holds of the citizen."""
    columns = (people.c.region, people.c.born_from, people.c.born_to, people.c.sex)
    engine = sa.create_engine(stage.database_url)
    try:
        with engine.connect() as connection:
            row = connection.execute(sa.select(*columns).where(people.c.id == 5001)).one()
            return tuple(row)
    finally:
        engine.dispose()


async def test_answers_are_kept_at_the_end(asked: tuple[Stage, Chat]) -> None:
    """Every question can be left unsaid; what was said is kept when the last one is done."""
    stage, chat = asked
    await chat.send("астана")
    await chat.wait_for("Осылардың бірі ме")
    await chat.press("Астана қаласы")
    await chat.press("Тізімде жоқ · өткізіп жіберу")
    await chat.press("1982–1996")
    await chat.press("Айтқым келмейді")
    await chat.press("Ауыл")
    await chat.wait_for("Елді мекен: Ауыл")

    assert ("71", 1982, 1996, None) == told(stage)


async def test_leaving_half_way_changes_nothing(asked: tuple[Stage, Chat]) -> None:
    """Cancel keeps what was told before, here nothing."""
    stage, chat = asked
    await chat.press("Айтқым келмейді")
    await chat.press("1982–1996")
    await chat.press("✕ Болдырмау")
    await chat.settle()

    assert (None, None, None, None) == told(stage)


async def test_looking_in_erases_nothing(asked: tuple[Stage, Chat]) -> None:
    """From the first question one goes back to the settings, and nothing is changed."""
    stage, chat = asked
    await chat.press("‹ Артқа")
    await chat.press("‹ Артқа")
    await chat.settle()

    assert "👤 Өзім туралы" in (await chat.last()).labels
    assert (None, None, None, None) == told(stage)


async def test_what_was_told_can_be_erased(asked: tuple[Stage, Chat]) -> None:
    """Who has told something may erase it; who has not is offered only the way back."""
    stage, chat = asked
    await chat.press("Айтқым келмейді")
    await chat.press("1982–1996")
    await chat.press("Ер")
    await chat.press("Ауыл")
    await chat.press("👤 Өзім туралы")
    await chat.press("🗑 Айтқанымды өшіру")
    await chat.settle()
    await chat.press("👤 Өзім туралы")
    await chat.settle()

    assert (None, None, None, None) == told(stage)
    assert ["Сұрақтарға жауап беру", "‹ Артқа"] == (await chat.last()).labels
