"""Which words of the two languages mean the same in appeals: lexicon.csv, filler.txt."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from services.text.stems import stems
from services.text.words import words

_UNSTRESSED = str.maketrans("ое", "аи")
_HERE = Path(__file__).parent
_PREFIX = 4  # letters from which on a beginning of a word tells enough
_REDUCED = 5  # letters from which on a vowel written by ear is forgiven
_TYPO = 7  # letters from which on any one wrong letter is
_SUBJECT = 0.3  # what the topic itself says weighs little in the text
_UNKNOWN = 0.3
_SHORTEST = 3
_KEY = 5
_NOT = "none"
# «жанбайды», «істемейді»: a Kazakh deed that is not done.
_NEGATIVE = re.compile(r"(?:[мбп][ае]и(?:ди|миз|мин|т)?|[мбп][ае]ген|[мбп][ае]кан)$")

Concepts = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    concepts: tuple[str, ...]
    weight: float
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    # By the beginning of a word; by the same as it sounds; those in which a typo is forgiven, by
    # their first letter, which people get right.
    entries: dict[str, _Entry]
    by_ear: dict[str, _Entry]
    long: dict[str, list[tuple[str, _Entry]]]
    filler: frozenset[str]


def says_nothing(word: str) -> bool:
    """Tell whether a word is a greeting, a request, a time or the like, without any matter."""
    return word in _lexicon().filler


def knows(word: str) -> bool:
    """Tell whether a word has a meaning of its own, so that in small letters it is no name."""
    return says_nothing(word) or _entry(word) is not None


@lru_cache(maxsize=50_000)
def concepts(word: str, topic: str) -> Concepts:
    """Return what a word means in a text on this topic, each with its weight."""
    if says_nothing(word) or word.isdigit():
        return ()
    entry = _entry(word)
    found: Concepts = ()
    if entry is not None:
        weight = entry.weight * (_SUBJECT if topic in entry.topics else 1)
        found = tuple((name, weight) for name in entry.concepts)
    elif len(word) >= _SHORTEST:
        found = ((f"={word[:_KEY]}", _UNKNOWN),)
    if _NEGATIVE.search(word):
        return (*found, (_NOT, _lexicon().entries["жок"].weight))
    return found


@lru_cache(maxsize=50_000)
def _entry(word: str) -> _Entry | None:
    entries, by_ear = _lexicon().entries, _lexicon().by_ear
    for length in range(len(word), _PREFIX - 1, -1):
        if word[:length] in entries:
            return entries[word[:length]]
    for stem in sorted({word, *stems(word)}, key=len, reverse=True):
        if len(stem) < _PREFIX and stem in entries and word.startswith(stem):
            return entries[stem]
    reduced = _reduced(word)
    for length in range(len(reduced), _REDUCED - 1, -1):
        if reduced[:length] in by_ear:
            return by_ear[reduced[:length]]
    likely = _lexicon().long.get(word[0], ())
    return next((entry for start, entry in likely if _one_letter_off(word, start)), None)


@cache
def _lexicon() -> _Lexicon:
    entries: dict[str, _Entry] = {}
    with (_HERE / "lexicon.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry = _Entry(
                tuple(row["concepts"].split()),
                float(row["weight"]),
                frozenset(row["topics"].split()),
            )
            for word in words(f"{row['kk']} {row['ru']}"):
                entries.setdefault(word, entry)
    long: dict[str, list[tuple[str, _Entry]]] = {}
    for word, entry in entries.items():
        if len(word) >= _TYPO:
            long.setdefault(word[0], []).append((word, entry))
    return _Lexicon(
        entries,
        {_reduced(word): entry for word, entry in entries.items() if len(word) >= _REDUCED},
        long,
        frozenset(words((_HERE / "filler.txt").read_text(encoding="utf-8"))),
    )


def _one_letter_off(word: str, beginning: str) -> bool:
    length = len(beginning)
    return any(
        Levenshtein.distance(word[:cut], beginning, score_cutoff=1) <= 1
        for cut in (length, length - 1, length + 1)
    )


def _reduced(word: str) -> str:
    """Return a word with the vowels that sound alike without stress: «дарога», «оптека»."""
    return word.translate(_UNSTRESSED)
