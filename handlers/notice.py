"""What a renderer returns: one message that a person gets without having asked just now."""

from dataclasses import dataclass
from pathlib import Path

from aiogram.types import InlineKeyboardMarkup


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: Telegram HTML, buttons, and a picture by file id or as a local file."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    photo: str | None = None
    picture: Path | None = None
