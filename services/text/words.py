"""Words as they are compared: one spelling for what people spell in several ways."""

import re
from functools import lru_cache

from services.places.latin import to_cyrillic
from services.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
# What the ear does not tell apart, and the signs that many leave out.
_SOFT = str.maketrans({"ы": "и", "й": "и", "щ": "ш", "э": "е", "ъ": None, "ь": None})
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_LOOSE_DOT = "\u0307"  # what lower case leaves of «İ»


def words(text: str) -> list[str]:
    """Return the words and numbers of a text in their order: lower case, Cyrillic, softened.

    «Көшеде», «кошеде» and "koshede" are the same word.
    """
    folded = fold(text.replace("№", " ")).replace(_LOOSE_DOT, "")
    return [word for word in map(_plain, _WORD.findall(folded)) if word]


def soften(folded: str) -> str:
    """Return folded text without what spelling by ear changes: ы and й as и, one н for нн."""
    return _DOUBLED.sub(r"\1", folded.translate(_SOFT))


@lru_cache(maxsize=50_000)
def _plain(folded: str) -> str:
    return soften(to_cyrillic(folded))
