"""Who of the staff uses the bot: their sessions go on, or have ended meanwhile."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from services.clock import Clock
from services.people.model import Person
from services.people.sessions import NOTED, note_use
from storage.database import Database


class SessionMiddleware(BaseMiddleware):
    """Notes at most every ten minutes that a member of staff uses the bot.

    Citizens pass without a look at anything. What is not noted for long enough ends the session
    before the handler runs, also where the job that ends sessions has not come by yet.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        # When each of them was noted last by this process.
        self._noted: dict[int, datetime] = {}

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Note the use, then run the handler."""
        person: Person | None = data.get("person")
        if person is not None and person.roles:
            now = self._clock.now()
            noted = self._noted.get(person.id)
            if noted is None or not timedelta(0) <= now - noted < NOTED:
                await self._db.write(note_use, person.id, now)
                self._noted[person.id] = now
        return await handler(event, data)
