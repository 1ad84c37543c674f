"""What the bot keeps about people and what a secret poll protects, told at length."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from services.language import Language

_TEXTS = Path(__file__).parent / "privacy"


class Subject(StrEnum):
    """What is told about."""

    DATA = "data"
    POLLS = "polls"


@cache
def privacy_text(subject: Subject, language: Language) -> str:
    """Return the text, Telegram HTML, short enough for one message."""
    return (_TEXTS / f"{subject}.{language}.html").read_text(encoding="utf-8").strip()
