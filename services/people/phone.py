"""Telephone numbers of Kazakhstan, however they are written."""

import re
import unicodedata

_BETWEEN = re.compile(r"[\s().‐-―−-]+")
# +7, 8 or 7 before the ten digits of a number, which here begin with 7.
_NUMBER = re.compile(r"(?:\+?7|8)?(7[0-9]{9})")


def normalise_phone(text: str) -> str | None:
    """Return a number as +77XXXXXXXXX, None where the text is not one of Kazakhstan.

    Spaces, brackets, dots and dashes of any kind may stand anywhere.
    """
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    found = _NUMBER.fullmatch(digits)
    return f"+7{found[1]}" if found else None
