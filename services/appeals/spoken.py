"""In which of the two languages some words are, as far as simple signs tell.

A word counts for Kazakh if it has one of its nine letters or is one of its little words, for
Russian if it has ё, щ or ъ or is one of its little words. One language must have at least two
such words and three times as many as the other; else nothing is said: a mixture is no mistake.
"""

import re

from services.language import Language

_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH_LETTERS = frozenset("әғқңөұүһі")
_RUSSIAN_LETTERS = frozenset("ёщъ")
# Written alike with and without Kazakh letters; none of them is a word of the other language.
_KAZAKH_WORDS = (
    "мен бен пен осы сол бул ушин емес бар жок бойынша туралы болды болады кейин дейин гана "
    "керек екен еди эле жане бизге сизге биз сиз едим едик жатыр турады"
)
_RUSSIAN_WORDS = (
    "и в во на не что по с со для это как вы вам вас ваш ваше вашу был была было будет будут "
    "до от из к о об мы нам нас они его её при если или также уже после за нет есть без у"
)
_KAZAKH, _RUSSIAN = frozenset(_KAZAKH_WORDS.split()), frozenset(_RUSSIAN_WORDS.split())
_LEAST, _CLEARLY = 2, 3


def looks_like(text: str) -> Language | None:
    """Return the language that the words are clearly in, None where they do not tell."""
    words = _WORD.findall(text.lower())
    kazakh = sum(word in _KAZAKH or not _KAZAKH_LETTERS.isdisjoint(word) for word in words)
    russian = sum(word in _RUSSIAN or not _RUSSIAN_LETTERS.isdisjoint(word) for word in words)
    if kazakh >= _LEAST and kazakh >= _CLEARLY * russian:
        return Language.KAZAKH
    if russian >= _LEAST and russian >= _CLEARLY * kazakh:
        return Language.RUSSIAN
    return None
