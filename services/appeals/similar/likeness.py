"""How alike two appeals are: the same matter, told by two people, in either language.

A text is turned into what it is about: words that the lexicon knows become concepts, the same for
Kazakh and Russian; other words stay themselves. Two texts are alike as far as these weigh the
same. What names another place, or says the opposite, takes likeness away.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from services.appeals.similar.lexicon import concepts
from services.appeals.similar.place import Place, elsewhere, place_in, same_street
from services.text.words import words

# At and above it two texts are offered as one matter; measured in tests/appeals_similar.
THRESHOLD = 0.5

_LONGER = 0.6  # how much the longer text counts, that may tell more than the other
_LEAST = 0.6  # weight that two texts must share to say anything
_ELSEWHERE = 0.4
_OPPOSITE = 0.6
_SAME_PLACE = 0.5  # the weight of a street that both name
# Said by one and not by the other, it makes another matter.
_ALONE = ("day", "thanks")
# One says this, the other that.
_AGAINST = (("near", "far"), ("install", "removal"), ("weak", "strong"), ("cold", "hot"))


@dataclass(frozen=True, slots=True)
class Matter:
    """What one text is about."""

    weights: dict[str, float]
    place: Place


def matter_of(text: str, topic: str) -> Matter:
    """Return what an appeal of this topic is about."""
    every = words(text)
    place = place_in(text, every)
    weights: dict[str, float] = {}
    for word in every:
        if word in place.names:
            continue
        for concept, weight in concepts(word, topic):
            weights[concept] = max(weight, weights.get(concept, 0.0))
    return Matter(weights, place)


def likeness(first: Matter, second: Matter) -> float:
    """Return how likely two appeals of one topic and district are one matter, 0 to 1."""
    shared = sum(
        min(weight, second.weights[name])
        for name, weight in first.weights.items()
        if name in second.weights
    )
    if shared < _LEAST:
        return 0.0
    street = _SAME_PLACE if same_street(first.place, second.place) else 0.0
    covers = sorted(
        (shared + street) / (sum(matter.weights.values()) + street) for matter in (first, second)
    )
    score = covers[0] * _LONGER + covers[1] * (1 - _LONGER)
    if elsewhere(first.place, second.place):
        score *= _ELSEWHERE
    if _opposed(first.weights.keys(), second.weights.keys()):
        score *= _OPPOSITE
    return score


def _opposed(first: AbstractSet[str], second: AbstractSet[str]) -> bool:
    return any((name in first) != (name in second) for name in _ALONE) or any(
        one in said and other not in said and other in answered and one not in answered
        for one, other in _AGAINST
        for said, answered in ((first, second), (second, first))
    )
