"""Registration numbers: year, counter and a check digit, as in 26-000123-5.

The check digit is Damm's (H. M. Damm, 2004): it finds every single wrong digit and every swap of
two neighbours, which ISO/IEC 7064 MOD 11,10 does not promise.
"""

import re

# The totally anti-symmetric quasigroup of order 10 of Damm's thesis.
_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_YEAR_DIGITS = 2
_COUNTER_DIGITS = 6
_CENTURY = 100
_BETWEEN = re.compile(r"[\s№#.‐-―−-]+")
_DIGITS = re.compile(r"[0-9]{9,12}", re.ASCII)


def format_number(year: int, counter: int) -> str:
    """Return the number of the counter-th appeal of a year."""
    year_part = f"{year % _CENTURY:0{_YEAR_DIGITS}}"
    counter_part = f"{counter:0{_COUNTER_DIGITS}}"
    return f"{year_part}-{counter_part}-{check_digit(year_part + counter_part)}"


def parse_number(text: str) -> str | None:
    """Return the number in its usual form, None where the check digit says it is mistyped.

    Spaces, dashes of any kind, dots and «№» may stand anywhere.
    """
    digits = _BETWEEN.sub("", text)
    if not _DIGITS.fullmatch(digits) or check_digit(digits) != 0:
        return None
    return f"{digits[:_YEAR_DIGITS]}-{digits[_YEAR_DIGITS:-1]}-{digits[-1]}"


def check_digit(digits: str) -> int:
    """Return Damm's check digit; 0 for digits that end with their own check digit."""
    interim = 0
    for digit in digits:
        interim = _TABLE[interim][int(digit)]
    return interim
