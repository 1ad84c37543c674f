"""What people are told by themselves: renderers of the outbox and of mailings, by kind.

A renderer turns the payload of a row into a notice in the current language; the sender calls it
at the moment of sending, with the locale of the reader set.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from services.organisation.directory import Organisation


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: Telegram HTML, buttons, and a picture by file id or as a local file."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    photo: str | None = None
    picture: Path | None = None


Renderer = Callable[[Mapping[str, Any], Organisation], Notice]


def renderers() -> dict[str, Renderer]:
    """Return the renderer of every kind of notice; a kind without one fails the sender's test."""
    return {}
