"""What the parts of the organisation's file say about each other.

Works on the raw content, so that a reference is checked even where another entry is malformed;
what has the wrong shape is passed over here, for the shapes are checked elsewhere.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from services.appeals.model import AppealType
from services.organisation.hierarchy import circular_offices, contradictory_absences
from services.places.atlas import atlas

Place = tuple[str | int, ...]
Contradiction = tuple[Place, str]

MOST_TOPICS = 21  # twenty and "other": more would not be found on a phone
REQUIRED_TEXTS = ("state_service",)

SHORTEST_TRIGGER = 4  # letters: less would be the beginning of everyday words

_CODED = (
    "officials",
    "sections",
    "topics",
    "offices",
    "news_topics",
    "types",
    "stops",
    "templates",
)
_REFERENCES = (
    ("topics", "section", "sections"),
    ("assignments", "section", "sections"),
    ("assignments", "official", "officials"),
    ("routes", "topic", "topics"),
    ("routes", "office", "offices"),
    ("routes", "official", "officials"),
    ("offices", "parent", "offices"),
    ("offices", "head", "officials"),
    ("absences", "official", "officials"),
    ("absences", "deputy", "officials"),
    ("templates", "topic", "topics"),
    ("news_topics", "responses", "topics"),
)
_ROUTE_KEY = ("topic", "region", "district")


def contradictions(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Yield (place, sentence) for each contradiction in the file."""
    yield from _repetitions(content)
    yield from _dangling(content)
    yield from _bodies(content)
    yield from _unassigned(content)
    yield from _routes(content)
    yield from _texts(content)
    yield from _places(content)
    yield from _types(content)
    yield from _questions(content)
    yield from _stops(content)
    yield from circular_offices(_entries(content, "offices"))
    yield from contradictory_absences(_entries(content, "absences"))
    if len(_entries(content, "topics")) > MOST_TOPICS:
        yield ("topics",), f"has more than {MOST_TOPICS} entries."


def _entries(content: Mapping[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    listed = content.get(name)
    if not isinstance(listed, list):
        return []
    return [(index, entry) for index, entry in enumerate(listed) if isinstance(entry, dict)]


def _values(content: Mapping[str, Any], name: str, key: str) -> set[str]:
    return {str(entry[key]) for _index, entry in _entries(content, name) if key in entry}


def _repetitions(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    unique: list[tuple[str, tuple[str, ...]]] = [(name, ("code",)) for name in _CODED]
    unique += [("assignments", ("section",)), ("calendar", ("day",)), ("routes", _ROUTE_KEY)]
    for name, keys in unique:
        seen: set[tuple[str, ...]] = set()
        for index, entry in _entries(content, name):
            value = tuple(str(entry.get(key)) for key in keys)
            if value in seen:
                place = (name, index, *keys) if len(keys) == 1 else (name, index)
                yield place, "repeats an entry above."
            seen.add(value)


def _dangling(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    for name, key, target in _REFERENCES:
        known = _values(content, target, "code")
        for index, entry in _entries(content, name):
            value = entry.get(key)
            if value is not None and str(value) not in known:
                yield (name, index, key), f"“{value}” is not among the {target}."


def _bodies(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    named = content.get("bodies")
    known = set(named) if isinstance(named, dict) else set()
    for index, entry in _entries(content, "officials"):
        body = entry.get("body")
        if body is not None and body not in known:
            yield ("officials", index, "body"), f"“{body}” is not among the bodies."


def _unassigned(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    assigned = _values(content, "assignments", "section")
    for index, entry in _entries(content, "sections"):
        if "code" in entry and str(entry["code"]) not in assigned:
            yield ("sections", index), f"nobody is assigned to “{entry['code']}”."


def _routes(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    routes = _entries(content, "routes")
    if all(any(entry.get(key) is not None for key in _ROUTE_KEY) for _index, entry in routes):
        yield ("routes",), "has no entry for any topic in any region: an appeal could get lost."


def _places(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    known = {"region": atlas().regions.keys(), "district": atlas().districts.keys()}
    for name in ("offices", "routes"):
        for index, entry in _entries(content, name):
            region, district = entry.get("region"), entry.get("district")
            if district is not None and not str(district).startswith(str(region)):
                sentence = f"“{district}” does not lie in the region “{region}”."
                yield (name, index, "district"), sentence
            for key, codes in known.items():
                value = str(entry.get(key, ""))
                # Another length is a wrong shape and is named as such.
                if value.isdigit() and len(value) in {2, 6} and value not in codes:
                    yield (name, index, key), f"there is no {key} “{value}”."


def _texts(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    texts = content.get("texts")
    for key in REQUIRED_TEXTS:
        if isinstance(texts, dict) and key not in texts:
            yield ("texts", key), "is missing."


def _types(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    if isinstance(content.get("types"), list):
        known = _values(content, "types", "code")
        for kind in AppealType:
            if kind.value not in known:
                yield ("types",), f"“{kind.value}” is missing."


def _questions(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    for index, topic in _entries(content, "topics"):
        seen: set[str] = set()
        for inner, question in _entries(topic, "questions"):
            code = str(question.get("code"))
            if code in seen:
                yield ("topics", index, "questions", inner, "code"), "repeats an entry above."
            seen.add(code)


def _stops(content: Mapping[str, Any]) -> Iterator[Contradiction]:
    topics = _values(content, "topics", "code")
    for index, stop in _entries(content, "stops"):
        named = stop.get("topics")
        for inner, topic in enumerate(named if isinstance(named, list) else []):
            if str(topic) not in topics:
                yield ("stops", index, "topics", inner), f"“{topic}” is not among the topics."
        words = stop.get("words")
        by_language = words.items() if isinstance(words, dict) else []
        for language, triggers in by_language:
            for inner, trigger in enumerate(triggers if isinstance(triggers, list) else []):
                if sum(letter.isalpha() for letter in str(trigger)) < SHORTEST_TRIGGER:
                    yield (
                        ("stops", index, "words", str(language), inner),
                        f"“{trigger}” has fewer than {SHORTEST_TRIGGER} letters.",
                    )
