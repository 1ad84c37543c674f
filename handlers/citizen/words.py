"""Filters for conversations that wait for words."""

import re
from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message

_COMMAND = re.compile(r"/[A-Za-z0-9_]+(@\w+)?(\s|$)")


class Words(Filter):
    """A text message of at most so many characters that is not a command."""

    def __init__(self, at_most: int | None = None) -> None:
        self._at_most = at_most

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Match text; hand it on as `words`."""
        text = message.text
        if text is None or _COMMAND.match(text):
            return False
        if self._at_most is not None and len(text) > self._at_most:
            return False
        return {"words": text}


class NotWords(Filter):
    """A message without text: stickers, polls, contacts and whatever Telegram invents."""

    async def __call__(self, message: Message) -> bool:
        """Match what no conversation has a use for; commands are left to others."""
        return message.text is None
