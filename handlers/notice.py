"""What a renderer returns: one message that a person gets without having asked just now."""

from dataclasses import dataclass
from pathlib import Path

from aiogram.types import InlineKeyboardMarkup

from services.news.model import Media


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: Telegram HTML, buttons, and a picture by file id or as a local file.

    Several media are an album, which goes ahead of the text.
    """

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    media: tuple[Media, ...] = ()
    picture: Path | None = None
