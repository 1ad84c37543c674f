"""Signs that a text stands in the place of the other language: reasons to ask, never to refuse."""

from enum import StrEnum

from services.news.length import plain_text

_KAZAKH = frozenset("әғқңөұүһі")
_LONG = 30  # Cyrillic letters; a Kazakh text of so many has letters of its own


class Doubt(StrEnum):
    """What looks wrong."""

    SAME = "same"
    RUSSIAN_FOR_KAZAKH = "russian for kazakh"


def doubts(text_kk: str | None, text_ru: str | None) -> list[Doubt]:
    """Return what looks wrong with two texts (Telegram HTML); None is not written yet."""
    kazakh, russian = (plain_text(text or "").strip() for text in (text_kk, text_ru))
    found = []
    if kazakh and kazakh == russian:
        found.append(Doubt.SAME)
    if _has_no_kazakh_letters(kazakh):
        found.append(Doubt.RUSSIAN_FOR_KAZAKH)
    return found


def _has_no_kazakh_letters(text: str) -> bool:
    cyrillic = [letter for letter in text.lower() if "Ѐ" <= letter <= "ӿ"]
    return len(cyrillic) >= _LONG and _KAZAKH.isdisjoint(cyrillic)
