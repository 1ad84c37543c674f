"""SIGTERM while fifty people confirm their appeals."""

import asyncio
import re
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sandbox.client import Chat, Desk
from sandbox.seed import Seed, SeedPerson
from services.language import Language
from services.organisation.importing import import_if_empty
from services.people.person import choose_language, join
from storage.database import open_database
from storage.schema.appeals import appeals
from storage.schema.delivery import outbox
from tests.agreed import agree
from tests.counts import Say
from tests.operations.process import look, until_true
from tests.processes import StartProgram

PEOPLE = 50
MORNING = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
DRAIN = 20.0  # seconds
ORGANISATION = Path(__file__).resolve().parents[2] / "services/organisation/demonstration.yaml"
TOPIC, REGION, CONFIRM = re.compile("🚰"), re.compile("Аягөз ауданы"), re.compile("^✅")


def acquaint(connection: sa.Connection) -> None:
    """Bring everybody to where they are after the welcome."""
    import_if_empty(connection, ORGANISATION, MORNING.date())
    for number in range(1, PEOPLE + 1):
        join(connection, number, f"P{number}", MORNING)
        choose_language(connection, number, Language.KAZAKH)
        agree(connection, number)


async def write_an_appeal(chat: Chat) -> tuple[int, str]:
    """Go up to the preview; return its message and what its confirming button holds."""
    await chat.send("/appeal")
    await chat.press(TOPIC, message_id=(await chat.wait_for(buttons(TOPIC))).id)
    await chat.wait_for(lambda message: not message.button(TOPIC))
    await chat.send("Аягоз")
    await chat.press(REGION, message_id=(await chat.wait_for(buttons(REGION))).id)
    await chat.wait_for(lambda message: not message.button(REGION))
    await chat.send("Ауылда үш күннен бері су жоқ.")
    preview = await chat.wait_for(buttons(CONFIRM))
    button = preview.button(CONFIRM)
    assert button is not None
    return preview.id, button["callback_data"]


def buttons(label: re.Pattern[str]) -> Callable[[Any], bool]:
    """Return whether a message has this button."""
    return lambda message: message.button(label) is not None


def registered(connection: sa.Connection) -> list[int]:
    """Return whose appeals are registered, one number for each appeal."""
    return list(connection.scalars(sa.select(appeals.c.person_id).order_by(appeals.c.person_id)))


def receipts(connection: sa.Connection) -> list[tuple[str, int]]:
    """Return how far the receipts are and how often each was sent."""
    rows = sa.select(outbox.c.status, outbox.c.attempts).where(outbox.c.key.like("receipt:%"))
    return [(row.status, row.attempts) for row in connection.execute(rows)]


async def test_taps_in_flight(
    sandbox_factory: Callable[..., Awaitable[Any]],
    database_url: str,
    environment: Any,
    program: StartProgram,
    say: Say,
) -> None:
    """Each appeal confirmed around the end is registered once, before it or after a restart."""
    people = [SeedPerson(id=n, first_name=f"P{n}", started=True) for n in range(1, PEOPLE + 1)]
    sandbox = await sandbox_factory(Seed(people=people), start_at=MORNING)
    db = await open_database(database_url)
    await db.write(acquaint)
    await db.close()
    settings = environment(sandbox, database_url)
    async with Desk(sandbox.page) as desk:
        chats = [await desk.person(number) for number in range(1, PEOPLE + 1)]
        async with program(settings) as bot:
            await bot.says("this process leads")
            previews = await asyncio.gather(*map(write_an_appeal, chats))
            taps = [
                asyncio.ensure_future(chat.press_data(*preview, wait=0))
                for chat, preview in zip(chats, previews, strict=True)
            ]
            await asyncio.wait(taps, return_when=asyncio.FIRST_COMPLETED)
            began = time.monotonic()
            status = await bot.send(signal.SIGTERM)
            took = time.monotonic() - began
            await asyncio.gather(*taps)
        before = await look(database_url, registered)
        async with program(settings) as bot:

            async def all_told() -> bool:
                statuses = [status for status, _ in await look(database_url, receipts)]
                return ["delivered"] * PEOPLE == statuses

            await until_true(all_told)
            await desk.settle()
            idle = time.monotonic()
            await bot.send(signal.SIGTERM)
            idle = time.monotonic() - idle
    after = await look(database_url, registered)
    sent = sum(attempts for _, attempts in await look(database_url, receipts))
    say(
        f"SIGTERM with {PEOPLE} taps in flight: ended after {took:.1f} s with "
        f"{len(before)} registered, {len(after)} after the restart, "
        f"{sent - PEOPLE} receipts repeated; an idle bot ends in {idle:.1f} s"
    )
    assert 0 == status
    assert took <= DRAIN
    assert list(range(1, PEOPLE + 1)) == after
