"""What the leader does about old data: copies of erased files, farewells, and a round each night.

A copy on the disk goes before the database forgets where it lay, so that a kill leaves none.
"""

import asyncio
from datetime import time
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.fsm.storage.base import StorageKey
from aiogram.utils.i18n import I18n

from bot.conversation import ConversationStorage
from bot.nursery import Nursery
from handlers.views.forget import goodbye
from services.clock import Clock, local
from services.people.directory import Directory
from services.rights.erasing import finish_leaving, leaving_due
from services.rights.files import files_to_unlink, note_unlinked
from services.rights.retaining import night_over, note_night, retain
from storage.database import Database

log = structlog.get_logger(__name__)

HOUR = time(3, 0)  # in Asia/Almaty, when nobody taps
BATCH = 100


class Forgetting:
    """Looks each minute; the tick does not wait for the round of a night."""

    def __init__(
        self,
        directory: Path | None,
        *,
        bot: Bot,
        db: Database,
        clock: Clock,
        i18n: I18n,
        people: Directory,
        conversations: ConversationStorage,
        nursery: Nursery,
    ) -> None:
        self._directory = directory
        self._bot = bot
        self._db = db
        self._clock = clock
        self._i18n = i18n
        self._people = people
        self._conversations = conversations
        self._nursery = nursery
        self._running = False

    async def look(self) -> None:
        """Delete copies of erased files, say goodbye to who may go, begin the round of a night."""
        await self._unlink()
        await self._say_goodbye()
        now = self._clock.now()
        if self._running or local(now).time() < HOUR:
            return
        if not await self._db.read(night_over, now):
            self._running = True
            self._nursery.spawn(self._go_round(), "old data", endless=True)

    async def _go_round(self) -> None:
        now = self._clock.now()
        try:
            taken = await retain(self._db, (self._bot.id,), now)
            await self._db.write(note_night, now)
        finally:
            self._running = False
        for kind, count in taken.items():
            if count:
                log.info("old data are gone", kind=kind.value, count=count)

    async def _unlink(self) -> None:
        while files := await self._db.read(files_to_unlink, BATCH):
            for appeal, message, path in files:
                if self._directory is not None:
                    await asyncio.to_thread(_remove, self._directory, path)
                await self._db.write(note_unlinked, (appeal, message))

    async def _say_goodbye(self) -> None:
        after = 0
        while found := await self._db.read(leaving_due, after, BATCH):
            for person_id in found:
                await self._forget(person_id)
            after = found[-1]

    async def _forget(self, person_id: int) -> None:
        person = await self._people.find(person_id)
        own = (person_id, (self._bot.id,), self._clock.now())
        gone = await self._db.write(finish_leaving, *own)
        self._people.forget(person_id)
        if not gone or person is None or person.language is None:
            return
        key = StorageKey(bot_id=self._bot.id, chat_id=person_id, user_id=person_id)
        await self._conversations.set_state(key)
        await self._conversations.set_data(key, {})
        await self._db.scrub(anew=False)
        with self._i18n.context(), self._i18n.use_locale(person.language.value):
            farewell = goodbye()
        try:
            await self._bot.send_message(person_id, farewell)
        except TelegramAPIError as error:
            log.info("a farewell did not arrive", kind=type(error).__name__)


def _remove(directory: Path, path: str) -> None:
    """Delete a copy, which always lies under the folder."""
    place = (directory / path).resolve()
    if place.is_relative_to(directory.resolve()):
        place.unlink(missing_ok=True)
