"""Telephone numbers: of Kazakhstan however they are written, others as Telegram gives them."""

import re
import unicodedata

_BETWEEN = re.compile(r"[\s().‐-―−-]+")
# +7, 8 or 7 before the ten digits of a number, which here begin with 7.
_NUMBER = re.compile(r"(?:\+?7|8)?(7[0-9]{9})")
# E.164: a country code and the rest, at most fifteen digits.
_ABROAD = re.compile(r"\+?([1-9][0-9]{7,14})")


def normalise_phone(text: str) -> str | None:
    """Return a number as +77XXXXXXXXX, None where the text is not one of Kazakhstan.

    Spaces, brackets, dots and dashes of any kind may stand anywhere.
    """
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    found = _NUMBER.fullmatch(digits)
    return f"+7{found[1]}" if found else None


def e164(text: str) -> str | None:
    """Return the number of a shared contact as +XXXXXXXXXXX; None where it is none.

    Telegram gives it with its country code, with a plus or without one.
    """
    at_home = normalise_phone(text)
    if at_home is not None:
        return at_home
    found = _ABROAD.fullmatch(_BETWEEN.sub("", unicodedata.normalize("NFKC", text)))
    return f"+{found[1]}" if found else None
