"""Albums come as separate updates with no end mark: show the next screen once, a little later."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

# Parts of an album follow each other within this time; a later part joins all the same.
PAUSE = 0.8  # seconds


class Nursery(Protocol):
    """Where background tasks are watched."""

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> object:
        """Start work in the background."""


@dataclass(slots=True)
class _Album:
    parts: int = 0
    notes: list[str] = field(default_factory=list)


class Albums:
    """Waits for the last part of each album; what is waited for is safe in the draft.

    Should the process end meanwhile, only the screen is missing, and the next message or press
    shows it.
    """

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._albums: dict[tuple[int, str], _Album] = {}

    def part(
        self,
        album: tuple[int, str],
        note: str,
        show: Callable[[str], Awaitable[None]],
        nursery: Nursery,
    ) -> None:
        """Note a part of an album (chat, group); show once after the last, with all notes."""
        waiting = self._albums.setdefault(album, _Album())
        waiting.parts += 1
        if note and note not in waiting.notes:
            waiting.notes.append(note)
        nursery.spawn(self._show_after(album, waiting, waiting.parts, show), "album")

    async def _show_after(
        self,
        album: tuple[int, str],
        waiting: _Album,
        parts: int,
        show: Callable[[str], Awaitable[None]],
    ) -> None:
        await asyncio.sleep(self._pause)
        if waiting.parts == parts:
            self._albums.pop(album, None)
            await show("\n\n".join(waiting.notes))
