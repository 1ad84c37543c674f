"""Who stands behind whom: updates of one chat in order, different chats side by side."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any


class Lines:
    """One line of waiters per chat, which exists only while somebody is in work.

    ``enter`` joins the line before it gives up control for the first time, so the order of the
    calls is the order of the turns. Each ``enter`` that returned is followed by one ``leave``.
    """

    def __init__(self) -> None:
        self._lines: dict[int, deque[asyncio.Future[None]]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    async def enter(self, chat: int) -> None:
        """Return when everybody who came earlier for this chat has left."""
        line = self._lines.get(chat)
        if line is None:
            self._lines[chat] = deque()
            return
        turn = asyncio.get_running_loop().create_future()
        line.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # the turn had just come
                self.leave(chat)
            raise

    def leave(self, chat: int) -> None:
        """Let the next one of this chat go on."""
        line = self._lines[chat]
        while line:
            turn = line.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        del self._lines[chat]


def chat_of(raw: Mapping[str, Any]) -> int | None:
    """Return whose line a raw update joins: its chat, else its user, None where it has neither.

    Looks without parsing, so that an update which cannot be parsed finds its place as well.
    """
    for event in raw.values():
        if isinstance(event, dict):
            return _id_of(event, "chat") or _id_of(event.get("message"), "chat") or _person(event)
    return None


def _person(event: Mapping[str, Any]) -> int | None:
    return (
        _id_of(event, "from")
        or _id_of(event, "user")
        or _id_of(event, "voter_chat")
        or _id_of(event, "user_chat")
    )


def _id_of(event: object, name: str) -> int | None:
    holder = event.get(name) if isinstance(event, dict) else None
    identity = holder.get("id") if isinstance(holder, dict) else None
    return identity if isinstance(identity, int) else None
