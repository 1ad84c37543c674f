"""Local pictures: uploaded once, then sent by the file id that Telegram gave."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiogram.types import FSInputFile, InputFile, Message

_State = tuple[Path, int, int]


class Uploads:
    """Remembers file ids for as long as the program runs, by the file as it is now.

    Telegram's file ids are bound to the bot and may expire: after a restart a picture is
    uploaded once more.
    """

    def __init__(self) -> None:
        self._known: dict[_State, str] = {}
        self._locks: dict[_State, asyncio.Lock] = {}

    @asynccontextmanager
    async def photo(self, picture: Path) -> AsyncIterator[str | InputFile]:
        """Give what to send: the file id, or the file for the first who asks; others wait.

        Raises OSError where there is no such file.
        """
        state = _state(picture)
        if state in self._known:
            yield self._known[state]
            return
        async with self._locks.setdefault(state, asyncio.Lock()):
            yield self._known.get(state) or FSInputFile(picture)
        self._locks.pop(state, None)

    def keep(self, picture: Path, message: Message) -> None:
        """Remember the file id that this message shows the picture with."""
        if message.photo:
            self._known[_state(picture)] = message.photo[-1].file_id

    def forget(self, picture: Path) -> None:
        """Drop a file id that Telegram no longer takes."""
        self._known.pop(_state(picture), None)


def _state(picture: Path) -> _State:
    status = picture.stat()
    return picture, status.st_mtime_ns, status.st_size
