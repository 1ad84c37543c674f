"""Which street, house, school or bus a text names."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from services.appeals.similar.lexicon import knows, says_nothing
from services.text.words import words

# Softened: what stands after the name of a street or district in Kazakh, before it in Russian.
_AFTER = re.compile(r"^(?:кошес|дангил|икшам|шагин|проспект|мешит)")
_BEFORE = re.compile(r"^(?:ул|улиц[аеиу]\w*|проспект\w*|пр|мкр|микрораион\w*|имени|им)$")
_NUMBERED = re.compile(
    r"^(?:дом\w*|уи\w*|автобус\w*|маршрут\w*|мектеп\w*|мектеб\w*|школ\w*|садик\w*|балабакша\w*|"
    r"поликлиник\w*|емхана\w*|болниц\w*)$"
)
_NAME = re.compile(r"(?<=[^\s.!?:])\s+[«\"]?([А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі-]{2,})")
_ALIKE = 75
_SHORTEST = 3


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
    for before, word in zip(["", *every], [*every, ""], strict=True):
        if _BEFORE.match(before) and _may_name(word):
            names.add(word)
        if _AFTER.match(word) and _may_name(before):
            names.add(before)
        if before.isdigit() and _NUMBERED.match(word):
            numbers.add(before)
        if word.isdigit() and (before in names or _NUMBERED.match(before)):
            numbers.add(word)
    return Place(frozenset(names), frozenset(numbers))


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
