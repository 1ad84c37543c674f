from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from aiogram.exceptions import DataNotDictLikeError
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from services.people.retention import TERMS, Kind
from storage import conversation
from storage.conversation import EMPTY, Change, Conversation
from storage.database import Database

LIFETIME = timedelta(days=TERMS[Kind.DRAFTS].days)
LOOKED_AT = 2_000  # conversations opened at a time to see whether they hold a poll
REMEMBERED = 50_000  # conversations kept in memory: some 20 MB at most


class Turn:
    """What one update does to conversations, until it is written."""

    def __init__(self, storage: "ConversationStorage") -> None:
        self.storage = storage
        self.open = True
        # Conversations as they were read or written last.
        self.base: dict[str, Conversation] = {}
        # Conversations as they are with what is not yet written.
        self.seen: dict[str, Conversation] = {}
        self.changes: dict[str, Change] = {}


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


class ConversationStorage(BaseStorage):
    """Conversation state in the database, with those of late kept in memory as well.

    A write is durable when it returns; inside of a ``turn`` all that is changed is written at
    once, when ``settle`` is called or the turn ends, and a conversation is read once.

    What is in memory is trusted on SQLite only, where no other process can write; on PostgreSQL
    another replica may have had the person's last update, so each reading asks the database. It
    may even be at work: Telegram brings an update again while the next one is under way. So a
    turn that would undo what was written since it read raises Overtaken when it is written, and
    the update must be dealt with anew.

    Data are JSON: keys are texts, and what would not come back as it was (a datetime, a
    dataclass) raises TypeError.
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

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Gather what is changed inside of this context, and write it at its end."""
        turn = Turn(self)
        token = _turn.set(turn)
        try:
            yield
        finally:
            turn.open = False
            _turn.reset(token)
            await self._settle(turn)

    async def settle(self) -> None:
        """Write what the present turn, if there is one, has gathered so far."""
        turn = self._present()
        if turn is not None and turn.changes:
            await self._settle(turn)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Replace the state, None to leave it."""
        name = state.state if isinstance(state, State) else state
        known = self._known(text_of(key))
        if known is None or known.state != name:
            await self._change(key, Change(state=name))

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state's name, None outside of any."""
        return (await self._read(text_of(key))).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data."""
        if not isinstance(data, dict):
            raise DataNotDictLikeError(f"Data must be a dictionary, not {type(data).__name__}")
        text = conversation.encode(data)
        known = self._known(text_of(key))
        if known is None or known.data != text:
            await self._change(key, Change(data=text))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the data, the caller's own copy."""
        known = await self._read(text_of(key))
        return {} if known.data == EMPTY else conversation.decode(known.data)

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Set some of the data and return them all; others may set others at the same time."""
        own = conversation.decode(conversation.encode(data))
        return conversation.decode((await self._change(key, Change(some=own))).data)

    async def expire(self) -> int:
        """Forget the conversations nobody touched for 30 days; return how many."""
        before = self._now() - LIFETIME
        total = 0
        while gone := await self._database.write(conversation.expire, before):
            self._memory.clear()
            self._loading.clear()
            total += gone
        return total

    async def forget_poll(self, poll_id: int, states: Collection[str]) -> None:
        """Take out what conversations hold of a closed poll; end those in these states."""
        after: str | None = ""
        while after is not None:
            page = (poll_id, after, LOOKED_AT)
            keys, after = await self._database.read(conversation.holding_poll, *page)
            if not keys:
                continue
            if await self._database.write(conversation.forget_poll, poll_id, states, keys):
                self._memory.clear()
                self._loading.clear()

    async def close(self) -> None:
        """Do nothing: the dispatcher closes this first, while handlers still need it."""

    def _present(self) -> Turn | None:
        """Return the present turn; a task that outlives its update has none."""
        turn = _turn.get()
        return turn if turn is not None and turn.open and turn.storage is self else None

    def _known(self, text: str) -> Conversation | None:
        turn = self._present()
        return (turn.seen.get(text) if turn else None) or self._memory.get(text)

    async def _read(self, text: str) -> Conversation:
        turn = self._present()
        if turn is None:
            return await self._load(text)
        if text not in turn.seen:
            turn.base[text] = turn.seen[text] = await self._load(text)
        return turn.seen[text]

    async def _change(self, key: StorageKey, change: Change) -> Conversation:
        text = text_of(key)
        turn = self._present()
        if turn is None:
            return await self._write(text, change)
        changed = change.of(await self._read(text))
        before = turn.changes.get(text)
        turn.changes[text] = before.then(change) if before else change
        turn.seen[text] = changed
        return changed

    async def _settle(self, turn: Turn) -> None:
        while turn.changes:
            text, change = next(iter(turn.changes.items()))
            seen = None if self._alone else turn.base.get(text)
            written = turn.base[text] = await self._write(text, change, seen)
            if turn.changes.get(text) is change:  # nothing came on top of it meanwhile
                del turn.changes[text]
                turn.seen[text] = written

    async def _load(self, text: str) -> Conversation:
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
        self, text: str, change: Change, seen: Conversation | None = None
    ) -> Conversation:
        what = (text, change, self._now(), seen)
        try:
            known = await self._database.write(conversation.change, *what)
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
