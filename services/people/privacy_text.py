"""What the bot keeps about people and what a secret poll protects, told at length."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from services.language import Language
from storage import vault

_TEXTS = Path(__file__).parent / "privacy"


class Subject(StrEnum):
    """What is told about."""

    DATA = "data"
    POLLS = "polls"


def privacy_text(subject: Subject, language: Language) -> str:
    """Return the text, Telegram HTML, short enough for one message.

    It says whether this very bot seals what people write.
    """
    sealing = _text("sealed" if vault.is_locked() else "open", language)
    return _text(subject, language).format(sealing=sealing)


@cache
def _text(name: str, language: Language) -> str:
    return (_TEXTS / f"{name}.{language}.html").read_text(encoding="utf-8").strip()
