"""A bot that counts how often it handled each update, run as a process of its own and killed.

python -m tests.intake.counting_bot poll|serve DATABASE_URL TELEGRAM_URL [PORT]
"""

import asyncio
import signal
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message, Update
from sqlalchemy import Connection, select

from bot.nursery import Nursery
from bot.runner.intake import Intake
from bot.runner.polling import poll
from bot.runner.serving import serve
from bot.runner.shelf import Shelf
from bot.runner.webhook import webhook_app
from services.clock import SystemClock
from storage import quarantine
from storage.database import Database, open_database
from storage.schema.conversations import facts
from storage.upsert import upsert
from tests.intake.fake_telegram import TOKEN

SECRET = "between-telegram-and-us"


def handled(connection: Connection, update_id: int) -> None:
    """Count one more handling of an update."""
    name = f"update {update_id}"
    seen = connection.scalar(select(facts.c.value).where(facts.c.name == name)) or "0"
    values = {"name": name, "value": str(int(seen) + 1), "updated_at": SystemClock().now()}
    upsert(connection, facts, ["name"], values, update=["value"])


def dispatcher_of(db: Database) -> Dispatcher:
    """Return a dispatcher whose only handler takes as many milliseconds as the message says."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def handle(message: Message, event_update: Update) -> None:
        await asyncio.sleep(int(message.text or 0) / 1000)
        await db.write(handled, event_update.update_id)

    return dispatcher


async def main(mode: str, database: str, telegram: str, port: str = "0") -> None:
    """Serve until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram))
    clock = SystemClock()
    db = await open_database(database)

    async def keep(raw: bytes, reason: str) -> None:
        await db.write(quarantine.keep, raw, reason, clock.now())

    async with Bot(TOKEN, session=session) as bot, Nursery() as nursery:
        intake = Intake(dispatcher_of(db), bot, quarantine=keep)
        if mode == "poll":
            await poll(bot, intake, stop, ["message"], nursery=nursery, shelf=Shelf(db, clock))
        else:
            app = webhook_app(
                intake, path="/", secret=SECRET, ready=lambda: db.read(quarantine.count)
            )
            await serve(app, stop, host="127.0.0.1", port=int(port))
    await db.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
