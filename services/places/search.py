"""Finding a place by what somebody typed: any case, either language, typos, old names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from services.language import Language
from services.places.atlas import atlas, rows
from services.places.latin import to_cyrillic
from services.places.model import DistrictKind, Place
from services.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
# Words that name a kind of place, folded; they are optional and only break ties.
_REGION_WORDS = frozenset({"облысы", "облыс", "область", "обл", "области", "республикасы"})
_CITY_WORDS = frozenset({"каласы", "кала", "город", "гор", "г", "к"})
_DISTRICT_WORDS = frozenset(
    {"ауданы", "аудан", "район", "районы", "р", "н", "рн", "ауд", "района"}
)
_OTHER_WORDS = frozenset({"село", "с", "ауылы", "ауыл", "а", "поселок", "кенти", "п", "имени"})
_KIND_WORDS = _REGION_WORDS | _CITY_WORDS | _DISTRICT_WORDS | _OTHER_WORDS

_EXACT = 100.0
_BEGINNING = 94.0
# Where something fits this well, what fits less than that is only noise.
_SURE, _CLOSE = 97.0, 85.0
_ALIKE = 70.0  # per cent of likeness below which two words are different words
_SHORT = 3  # letters; shorter words must match exactly or as a beginning
_MOST_WORDS = 8  # nobody names a place in more


@dataclass(frozen=True, slots=True)
class _Entry:
    place: Place
    # Each name as its words, kind words left out.
    names: frozenset[tuple[str, ...]]
    # Words of the region around a district: «Алматы облысы, Талғар».
    around: frozenset[str]
    kind_words: frozenset[str]
    # Among equals: cities of republican significance, then regions, then districts.
    rank: int


def search(query: str, region: str | None = None, limit: int = 8) -> list[Place]:
    """Return the places that fit what was typed, the best first; in one region where named.

    Knows both languages, forgives case, Kazakh letters, Latin letters and typos; «ауданы»,
    «город» and the like may be left out. An empty list where nothing is alike.
    """
    words = _WORD.findall(to_cyrillic(fold(query)))[:_MOST_WORDS]
    return list(_found(tuple(words), region)[:limit])


# Many people type the same few hundred names; one search costs milliseconds.
@lru_cache(maxsize=2048)
def _found(words: tuple[str, ...], region: str | None) -> tuple[Place, ...]:
    telling = [word for word in words if word not in _KIND_WORDS] or list(words)
    if not telling:
        return ()
    kinds = {word for word in words if word in _KIND_WORDS}
    found = []
    for order, entry in enumerate(_entries()):
        if region is not None and entry.place.region.kato != region:
            continue
        score = _score(telling, entry)
        if score >= _ALIKE:
            bonus = 3.0 * bool(kinds & entry.kind_words)
            found.append((-score - bonus, entry.rank, order, entry.place))
    found.sort(key=lambda item: item[:3])
    if found and -found[0][0] >= _SURE:
        found = [item for item in found if -item[0] >= _CLOSE]
    return tuple(place for *_, place in found)


@cache
def _entries() -> tuple[_Entry, ...]:
    aliases: dict[str, list[str]] = {}
    for row in rows("aliases"):
        aliases.setdefault(row["kato"], []).append(row["alias"])
    return tuple(_entry(place, aliases) for place in atlas().places())


def _entry(place: Place, aliases: dict[str, list[str]]) -> _Entry:
    region, district = place.region, place.district
    region_names = [region.name_kk, region.name_ru, *aliases.get(region.kato, ())]
    if district is None:
        names = [*region_names, region.short_kk, region.short_ru]
        around: frozenset[str] = frozenset()
        city = region.name_kk.endswith("қаласы")
        kind_words = _CITY_WORDS if city else _REGION_WORDS
        rank = 0 if city else 1
    else:
        own = [district.name(language) for language in Language]
        names = [*own, *district.centre, *aliases.get(district.kato, ())]
        around = frozenset(word for name in region_names for word in _words(name))
        is_city = district.kind is DistrictKind.CITY
        kind_words = _CITY_WORDS if is_city else _DISTRICT_WORDS
        rank = 2
    return _Entry(place, frozenset(map(_words, names)), around, kind_words, rank)


def _words(name: str) -> tuple[str, ...]:
    words = _WORD.findall(fold(name))
    return tuple(word for word in words if word not in _KIND_WORDS) or tuple(words)


def _score(typed: list[str], entry: _Entry) -> float:
    """Return how well the best name fits, 0 to 100."""
    together = "".join(typed)
    whole = max(_likeness(together, "".join(name)) for name in entry.names)
    by_words = max(_fit(typed, name, entry.around) for name in entry.names)
    return max(whole, by_words)


def _fit(typed: list[str], name: tuple[str, ...], around: Iterable[str]) -> float:
    """Every typed word must be a word of the name or of its surroundings, one of the name."""
    own = [max(_likeness(word, part) for part in name) for word in typed]
    if max(own) < _ALIKE:
        return 0.0
    outside = list(_best(typed, around))
    fits = [max(pair) for pair in zip(own, outside, strict=True)]
    if min(fits) < _ALIKE:
        return 0.0
    missing = sum(1 for part in name if all(_likeness(word, part) < _ALIKE for word in typed))
    return sum(fits) / len(fits) - 2.0 * missing


def _best(typed: list[str], parts: Iterable[str]) -> Iterator[float]:
    for word in typed:
        yield max((_likeness(word, part) for part in parts), default=0.0)


@lru_cache(maxsize=4096)
def _soft(word: str) -> str:
    """Return the word without the differences that spelling by ear makes."""
    return word.replace("ы", "и").replace("й", "и").replace("щ", "ш").replace("ии", "и")


# One search compares the same two words several times.
@lru_cache(maxsize=8192)
def _likeness(typed: str, name: str) -> float:
    if typed == name:
        return _EXACT
    soft_typed, soft_name = _soft(typed), _soft(name)
    if soft_typed == soft_name:
        return _EXACT - 1
    if soft_name.startswith(soft_typed):
        return _BEGINNING - (len(soft_name) - len(soft_typed)) * 0.5
    if len(soft_typed) <= _SHORT:
        return 0.0
    return fuzz.ratio(soft_typed, soft_name, score_cutoff=_ALIKE) * 0.9
