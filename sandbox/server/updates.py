"""Updates on their way to the bot: kept until they are confirmed."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Collection

import orjson

from sandbox.server.faults import FaultKind, Faults
from sandbox.server.payload import Json
from sandbox.server.queued import ONLY_ON_REQUEST, Entry, UpdateKind
from sandbox.server.refusal import Refusal

FIRST_UPDATE_ID = 700_000_001
MOST_IN_ONE_ANSWER = 100
HELD_BACK_SECONDS = 1.0
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Updates:
    """The queue from Telegram to one bot, by long polling.

    Telegram keeps an update until getUpdates comes with a greater offset, and at most 24 hours.

    Source: https://core.telegram.org/bots/api#getting-updates
    """

    def __init__(self, faults: Faults) -> None:
        self.entries: deque[Entry] = deque()
        self.allowed: frozenset[str] | None = None
        self.last_at = time.monotonic()
        self.made = 0
        self._faults = faults
        self._next_id = FIRST_UPDATE_ID
        self._disordered = False
        self._held: list[Entry] = []
        self._poller: asyncio.Future[str | None] | None = None
        self._listeners: list[Callable[[], None]] = []

    @property
    def polling(self) -> bool:
        """Whether a long poll is waiting right now."""
        return self._poller is not None

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.entries) + len(self._held)

    def listen(self, listener: Callable[[], None]) -> None:
        """Call a function whenever an update joins the queue."""
        self._listeners.append(listener)

    def wants(self, kind: UpdateKind) -> bool:
        """Return whether the bot asked for this kind of update."""
        if kind is UpdateKind.RAW:
            return True
        if not self.allowed:
            return kind not in ONLY_ON_REQUEST
        return kind.value in self.allowed

    def allow(self, kinds: Collection[str] | None) -> None:
        """Remember `allowed_updates`; None leaves them as they are, an empty list is the default.

        As in Telegram, updates already in the queue stay there.
        """
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def put(self, kind: UpdateKind, content: Json, chat_id: int) -> int | None:
        """Queue an update unless the bot does not want it; return its id."""
        if not self.wants(kind):
            return None
        return self.put_raw({kind.value: content}, f"{kind.value}:{chat_id}")

    def put_raw(self, update: Json, lane: str) -> int:
        """Queue an update as it is, with the next id unless it brings its own; return the id."""
        update_id = int(update.get("update_id", self._next_id))
        self._next_id = max(self._next_id, update_id + 1)
        entry = Entry(update_id, orjson.dumps({"update_id": update_id} | update), lane)
        if self._faults.of_update(FaultKind.DUPLICATE):
            entry.again = 1
            entry.sticky = True
        if self._faults.of_update(FaultKind.OUT_OF_ORDER):
            entry.sticky = self._disordered = True
            self._held.append(entry)
            asyncio.get_running_loop().call_later(HELD_BACK_SECONDS, self._release)
        else:
            self.entries.append(entry)
            self._release()
        self.made += 1
        self._wake()
        return update_id

    def _release(self) -> None:
        if self._held:
            self.entries.extend(self._held)
            self._held.clear()
            self._wake()

    def _wake(self) -> None:
        self.last_at = time.monotonic()
        if self._poller is not None and self.entries and not self._poller.done():
            self._poller.set_result(None)
        for listener in self._listeners:
            listener()

    def confirm(self, offset: int) -> None:
        """Forget the updates before an offset; a negative one keeps only that many at the end."""
        entries = self.entries
        before = len(entries)
        if offset < 0:
            while len(entries) > -offset:
                entries.popleft()
        elif self._disordered:
            self.entries = deque(entry for entry in entries if not entry.confirmed(offset))
            self._disordered = bool(self._held) or any(entry.sticky for entry in self.entries)
        else:
            kept: list[Entry] = []
            while entries and entries[0].id < offset:
                entry = entries.popleft()
                if not entry.confirmed(offset):
                    kept.append(entry)
            entries.extendleft(reversed(kept))
        if len(self.entries) != before:
            self.last_at = time.monotonic()

    def drop(self) -> None:
        """Forget everything that waits (`drop_pending_updates`)."""
        self.entries.clear()
        self._held.clear()

    def take(self, limit: int) -> list[Entry]:
        """Return the first updates of the queue and mark them as delivered."""
        found: list[Entry] = []
        for entry in self.entries:
            if len(found) >= limit:
                break
            entry.delivered = True
            found.append(entry)
        return found

    async def poll(self, offset: int | None, limit: int, seconds: float) -> list[Entry]:
        """Answer one getUpdates; a poll that is already waiting ends with a conflict.

        Raises Refusal 409 when another poll takes over or a webhook is set meanwhile.
        """
        self.end_poll(OTHER_POLLER)
        if offset:
            self.confirm(offset)
        limit = min(max(limit, 1), MOST_IN_ONE_ANSWER)
        found = self.take(limit)
        if found or seconds <= 0:
            return found
        self._poller = poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                conflict = await poller
        except TimeoutError:
            return []
        finally:
            if self._poller is poller:
                self._poller = None
        if conflict is not None:
            raise Refusal.conflict(conflict)
        return self.take(limit)

    def end_poll(self, words: str) -> None:
        """End a waiting poll with a conflict in these words."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(words)
        self._poller = None

    def close(self) -> None:
        """End a waiting poll with an empty answer."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
