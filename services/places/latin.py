"""Names of places typed in Latin letters, as old phones make people do."""

import re

# Longer spellings first: "sh" before "s". Kazakh Latin and Russian transliteration together.
_SPELLINGS = {
    "shch": "щ",
    "zh": "ж",
    "sh": "ш",
    "ch": "ч",
    "kh": "х",
    "gh": "г",
    "ts": "ц",
    "ya": "я",
    "yu": "ю",
    "yo": "е",
    "ie": "ие",
    "a": "а",
    "b": "б",
    "c": "к",
    "d": "д",
    "e": "е",
    "f": "ф",
    "g": "г",
    "h": "х",
    "i": "и",
    "j": "ж",
    "k": "к",
    "l": "л",
    "m": "м",
    "n": "н",
    "o": "о",
    "p": "п",
    "q": "к",
    "r": "р",
    "s": "с",
    "t": "т",
    "u": "у",
    "v": "в",
    "w": "у",
    "x": "х",
    "y": "ы",
    "z": "з",
    "á": "а",
    "ä": "а",
    "ç": "ч",
    "ğ": "г",
    "ı": "ы",
    "ñ": "н",
    "ń": "н",
    "ö": "о",
    "ó": "о",
    "ş": "ш",
    "ü": "у",
    "ú": "у",
    "ū": "у",
    "ý": "у",
    "ǵ": "г",
}
_PATTERN = re.compile("|".join(sorted(_SPELLINGS, key=len, reverse=True)))


def to_cyrillic(folded: str) -> str:
    """Return folded text with Latin letters as folded Cyrillic ones; the rest stays.

    Roughly: search forgives the difference between ы and и that Latin spelling hides.
    """
    return _PATTERN.sub(lambda match: _SPELLINGS[match.group()], folded)
