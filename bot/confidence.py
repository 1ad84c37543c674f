"""What is never written down as it came: answers to polls, passphrases of keys, PINs, contacts.

Slow updates are parked and unreadable ones set aside, with all that stands in them. An answer
there would stand beside the person.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.storage.base import BaseStorage, StorageKey
from aiogram.types import TelegramObject, Update

from bot.runner.reading import Unreadable, read_json, write_json
from handlers.confidential import waits_for_secrets
from handlers.views.poll_callbacks import is_vote
from services.people.pins import may_be_pin

_MESSAGES = ("message", "edited_message")


class Confidence(BaseMiddleware):
    """Knows the updates that hold a secret.

    Presses are known by their data, contacts and PINs by their form. Another message is known by
    the conversation that it is part of: a person can answer only what the bot has asked, and what
    it waits for is written before it asks. While the message is being dealt with the conversation
    may move on, which is why its number is remembered as long.
    """

    def __init__(self, storage: BaseStorage, bot_id: int) -> None:
        self._storage = storage
        self._bot_id = bot_id
        self._at_work: set[int] = set()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Remember the update while it is dealt with, where the conversation waits for secrets."""
        if not isinstance(event, Update) or not waits_for_secrets(data.get("raw_state")):
            return await handler(event, data)
        self._at_work.add(event.update_id)
        try:
            return await handler(event, data)
        finally:
            self._at_work.discard(event.update_id)

    async def holds(self, raw: object) -> bool:
        """Tell whether a raw update holds a secret."""
        if not isinstance(raw, dict):
            return False
        if is_vote(raw) or any(map(_tells_by_itself, _messages(raw))):
            return True
        if raw.get("update_id") in self._at_work:
            return True
        return any([waits_for_secrets(await self._state(raw.get(kind))) for kind in _MESSAGES])

    async def veiled(self, body: bytes) -> bytes:
        """Return raw bytes as they may be written down: of a secret only what it consists of."""
        try:
            raw = read_json(body)
        except Unreadable:
            return body
        return write_json(_shape(raw)) if await self.holds(raw) else body

    async def _state(self, message: object) -> str | None:
        try:
            chat, sender = message["chat"]["id"], message["from"]["id"]  # type: ignore[index]
        except (KeyError, TypeError):
            return None
        key = StorageKey(bot_id=self._bot_id, chat_id=chat, user_id=sender)
        return await self._storage.get_state(key)


def _messages(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (raw[kind] for kind in _MESSAGES if isinstance(raw.get(kind), dict))


def _tells_by_itself(message: dict[str, Any]) -> bool:
    """Tell whether it holds a contact, a telephone number beside a name, or maybe a PIN.

    Staff type their PIN also where nobody has asked for it.
    """
    text = message.get("text")
    return "contact" in message or (isinstance(text, str) and may_be_pin(text.strip()))


def _shape(raw: object) -> object:
    """Return the names of fields with the kinds of their values."""
    if isinstance(raw, dict):
        return {name: _shape(value) for name, value in raw.items()}
    if isinstance(raw, list):
        return [_shape(value) for value in raw]
    return type(raw).__name__
