"""Numbers of certificates: year, eight digits that nobody can guess, two that check the others.

«26-4071-8835-45» has digits only, for Latin and Cyrillic letters look alike. The last two are ISO
7064 MOD 97-10: every single wrong digit and every swap of two neighbours is found, so that a
mistyped number is told from one that was never given.
"""

import re

from storage.vault import blind

_MODULUS = 97
_SPACE = 10**8
_CENTURY = 100
_BETWEEN = re.compile(r"[\s№#.‐-―−-]+")
_DIGITS = re.compile(r"[0-9]{12}", re.ASCII)


def make_number(year: int, signup_id: int, serial: int, attempt: int = 0) -> str:
    """Return the number of a participant's certificate: the same whenever it is asked.

    It follows from the key of the data, so that counting on from one number finds no other.
    `attempt` gives another one where a number is taken.
    """
    drawn = int(blind(f"certificate:{signup_id}:{serial}:{attempt}")[-16:], 16) % _SPACE
    return _spelt(_checked(f"{year % _CENTURY:02}{drawn:08}"))


def read_number(text: str) -> str | None:
    """Return a number in its usual form; None where it is mistyped.

    Spaces, dashes of any kind, dots and «№» may stand anywhere.
    """
    digits = _BETWEEN.sub("", text)
    if not _DIGITS.fullmatch(digits) or int(digits) % _MODULUS != 1:
        return None
    return _spelt(digits)


def plain_number(number: str) -> str:
    """Return the digits alone, as a link has them."""
    return number.replace("-", "")


def _checked(digits: str) -> str:
    """Return the digits with two more, so that the whole leaves 1 when divided by 97."""
    check = (_MODULUS + 1 - int(digits) * 100 % _MODULUS) % _MODULUS
    return f"{digits}{check:02}"


def _spelt(digits: str) -> str:
    return f"{digits[:2]}-{digits[2:6]}-{digits[6:10]}-{digits[10:]}"
