"""Our runner and our storage with nothing of the product between them: one vote, one row.

What this figure leaves to the whole bot is what its conversations cost.

python -m bench.peers.bare PORT DATABASE_FILE
"""

import asyncio
import gc
import sys
from typing import Any

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery

from bench.load import SECRET, TOKEN
from bot.runner.intake import Intake
from bot.runner.serving import serve
from bot.runner.webhook import webhook_app
from services.clock import SystemClock
from storage import facts, migrations, quarantine
from storage.database import Database, open_database


class Prefixed:
    """Passes taps with a prefix; an async filter, for a synchronous one goes through a thread."""

    async def __call__(self, query: CallbackQuery) -> bool:
        """Match on the prefix."""
        return (query.data or "").startswith("v:")


async def vote(query: CallbackQuery, db: Database, clock: SystemClock) -> AnswerCallbackQuery:
    """Keep the answer and say so."""
    key = f"{query.data}:{query.from_user.id}"
    await db.write(facts.write_fact, key, "1", clock.now())
    return query.answer("Recorded", show_alert=True)


async def main(port: str, database: str) -> None:
    """Serve until killed."""
    db = await open_database(f"sqlite:///{database}")
    clock = SystemClock()

    async def keep(raw: bytes, reason: str) -> Any:
        return await db.write(quarantine.keep, raw, reason, clock.now())

    dispatcher = Dispatcher(db=db, clock=clock)
    dispatcher.callback_query.register(vote, Prefixed().__call__)
    app = webhook_app(
        Intake(dispatcher, Bot(TOKEN), quarantine=keep),
        path="/webhook",
        secret=SECRET,
        ready=lambda: db.read(quarantine.count),
    )
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
    await serve(app, asyncio.Event(), host="127.0.0.1", port=int(port))


if __name__ == "__main__":
    migrations.upgrade(f"sqlite:///{sys.argv[2]}")
    uvloop.run(main(*sys.argv[1:]))
