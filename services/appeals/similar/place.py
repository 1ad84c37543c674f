"""Which street, house, school or bus a text names."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz import fuzz

from services.appeals.similar.lexicon import knows, says_nothing
from services.text.words import words

# Softened: what stands after the name of a street or district in Kazakh, before it in Russian.
_AFTER = re.compile(r"^(?:кошес|дангил|икшам|шагин|проспект|мешит)")
_BEFORE = re.compile(r"^(?:ул|улиц[аеиу]\w*|проспект\w*|пр|мкр|микрораион\w*|имени|им)$")
# A number before one of these counts or measures; any other number tells where.
_COUNTED = re.compile(
    r"^(?:км|километр|шакирим|метр|кун|кунде|тауик|апта|аи|жил|сагат|минут|ден|дн|сутк|недел|"
    r"месяц|год|лет|час|тенге|тг|мин|млн|процент|градус|адам|бала|человек|дете|раз|рет|тон|"
    r"сотк|волт|каба|этаж|етаж|семе|отбас)"
)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_DIGITS = 4  # longer numbers are phones and accounts
_NAME = re.compile(r"(?<=[^\s.!?:])\s+[«\"]?([А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі-]{2,})")
_ALIKE = 75
_SHORTEST = 3


class _Role(Enum):
    """What a word says of the words beside it."""

    BEFORE_NAME = "before"
    AFTER_NAME = "after"
    NUMBER = "number"
    UNIT = "unit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """Names and numbers of places in a text, softened; empty where it names none."""

    names: frozenset[str]
    numbers: frozenset[str]


def place_in(text: str, every: list[str]) -> Place:
    """Return the places that a text of these words names."""
    capital = [word for name in _NAME.findall(text) for word in words(name)]
    names = {word for word in capital if not says_nothing(word)}
    numbers = set()
    before, told = "", _Role.OTHER
    for word in (*every, ""):
        role = _role(word)
        if told is _Role.BEFORE_NAME and _may_name(word):
            names.add(word)
        if role is _Role.AFTER_NAME and _may_name(before):
            names.add(before)
        if told is _Role.NUMBER and role is not _Role.UNIT:
            numbers.add(before)
        before, told = word, role
    return Place(frozenset(names), frozenset(numbers))


@lru_cache(maxsize=20_000)
def _role(word: str) -> _Role:
    if word.isdigit():
        where = len(word) <= _DIGITS and not _YEAR.match(word)
        return _Role.NUMBER if where else _Role.OTHER
    patterns = {
        _Role.BEFORE_NAME: _BEFORE,
        _Role.AFTER_NAME: _AFTER,
        _Role.UNIT: _COUNTED,
    }
    return next((role for role, known in patterns.items() if known.match(word)), _Role.OTHER)


def _may_name(word: str) -> bool:
    return len(word) >= _SHORTEST and not word.isdigit() and not knows(word)


def same_street(first: Place, second: Place) -> bool:
    """Tell whether two texts name the same street or district."""
    return any(
        fuzz.ratio(one[: len(other)], other[: len(one)]) >= _ALIKE
        for one in first.names
        for other in second.names
    )


def elsewhere(first: Place, second: Place) -> bool:
    """Tell whether two texts name different places; not where one of them names none."""
    if first.names and second.names and not same_street(first, second):
        return True
    return bool(first.numbers and second.numbers and not first.numbers & second.numbers)
