from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from aiogram.exceptions import DataNotDictLikeError
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from storage import conversation
from storage.conversation import EMPTY, Conversation
from storage.database import Database

LIFETIME = timedelta(days=30)
REMEMBERED = 50_000  # conversations kept in memory: some 20 MB at most


class ConversationStorage(BaseStorage):
    """Conversation state in the database, with those of late kept in memory as well.

    A write is durable when it returns. What is in memory is trusted on SQLite only, where no
    other process can write; on PostgreSQL another replica may have had the person's last update,
    so each reading asks the database. Data are JSON: keys are texts, and what would not come back
    as it was (a datetime, a dataclass) raises TypeError.
    """

    def __init__(
        self, database: Database, now: Callable[[], datetime], remembered: int = REMEMBERED
    ) -> None:
        self._database = database
        self._now = now
        self._alone = database.dialect == "sqlite"
        self._limit = remembered
        self._memory: OrderedDict[str, Conversation] = OrderedDict()
        self._loading: dict[str, object] = {}
        self._uncertain: set[str] = set()

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Replace the state, None to leave it."""
        name = state.state if isinstance(state, State) else state
        known = self._memory.get(text_of(key))
        if known is None or known.state != name:
            await self._write(key, conversation.save_state, name)

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state's name, None outside of any."""
        return (await self._read(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data."""
        if not isinstance(data, dict):
            raise DataNotDictLikeError(f"Data must be a dictionary, not {type(data).__name__}")
        text = conversation.encode(data)
        known = self._memory.get(text_of(key))
        if known is None or known.data != text:
            await self._write(key, conversation.save_data, text)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the data, the caller's own copy."""
        known = await self._read(key)
        return {} if known.data == EMPTY else conversation.decode(known.data)

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Set some of the data in one transaction and return them all."""
        changed = await self._write(key, conversation.update_data, dict(data))
        return conversation.decode(changed.data)

    async def expire(self) -> int:
        """Forget the conversations nobody touched for 30 days; return how many."""
        before = self._now() - LIFETIME
        total = 0
        while gone := await self._database.write(conversation.expire, before):
            self._memory.clear()
            self._loading.clear()
            total += gone
        return total

    async def close(self) -> None:
        """Do nothing: the dispatcher closes this first, while handlers still need it."""

    async def _read(self, key: StorageKey) -> Conversation:
        text = text_of(key)
        known = self._memory.get(text)
        if known is not None:
            self._memory.move_to_end(text)
            return known
        mark = self._loading[text] = object()
        try:
            known = await self._database.read(conversation.load, text)
        finally:
            # A write that ended meanwhile took the mark away: it knows better.
            current = self._loading.get(text) is mark and self._loading.pop(text)
        if current and text not in self._uncertain:
            self._remember(text, known)
        return known

    async def _write(
        self, key: StorageKey, command: Callable[..., Conversation], value: object
    ) -> Conversation:
        text = text_of(key)
        try:
            known = await self._database.write(command, text, value, self._now())
        except BaseException:
            # It may yet be written: trust nothing about this one until the next write ends.
            self._memory.pop(text, None)
            self._loading.pop(text, None)
            if self._alone:
                self._uncertain.add(text)
            raise
        self._loading.pop(text, None)
        self._uncertain.discard(text)
        self._remember(text, known)
        return known

    def _remember(self, text: str, known: Conversation) -> None:
        if not self._alone:
            return
        self._memory[text] = known
        self._memory.move_to_end(text)
        if len(self._memory) > self._limit:
            self._memory.popitem(last=False)


def text_of(key: StorageKey) -> str:
    """Return a storage key as text, one for each key."""
    parts = (
        key.bot_id,
        key.chat_id,
        key.user_id,
        key.thread_id or "",
        key.business_connection_id or "",
        key.destiny,
    )
    return ":".join(map(str, parts))
