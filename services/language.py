"""The two languages of the product, Kazakh first."""

from enum import StrEnum
from typing import Self


class Language(StrEnum):
    """A language a person can choose."""

    KAZAKH = "kk"
    RUSSIAN = "ru"

    @classmethod
    def guess(cls, language_code: str | None) -> Self:
        """Return the language to greet in, from Telegram's IETF tag: Russian only if asked."""
        return cls(cls.RUSSIAN if (language_code or "").lower().startswith("ru") else cls.KAZAKH)


def choose(language: str, kk: str, ru: str) -> str:
    """Return the text of a bilingual record in this language."""
    return ru if language == Language.RUSSIAN else kk
