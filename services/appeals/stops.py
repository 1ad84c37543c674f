"""Which stop messages a text calls for: help that comes sooner from elsewhere.

A trigger is one word or several that stand side by side. Each is the beginning of a word, since
both languages put their endings behind; one that ends with "." is the whole word; "…" stands for
at most two words between. Case, and letters that old phones lack, do not matter; a text in Latin
letters is read as a Cyrillic one too, as it sounds.
"""

import re
from collections.abc import Iterable
from functools import cache

from services.organisation.intake import StopMessage
from services.places.latin import to_cyrillic
from services.text.fold import fold
from services.text.words import soften

_BETWEEN_WORDS = r"\W+"
_GAP = r"(?:\w+\W+){0,2}"


def triggered(
    stops: Iterable[StopMessage], topic: str | None, text: str
) -> tuple[StopMessage, ...]:
    """Return the stop messages for this topic and this text, in their order.

    With no text: what is shown before the free text. With no topic: what the words alone say.
    """
    folded = fold(text)
    cyrillic = to_cyrillic(folded)
    heard = "" if cyrillic == folded else soften(cyrillic)
    return tuple(stop for stop in stops if topic in stop.topics or _calls(stop, folded, heard))


def _calls(stop: StopMessage, folded: str, heard: str) -> bool:
    if not stop.words:
        return False
    if _pattern(stop.words).search(folded):
        return True
    return bool(heard) and _pattern(_softened(stop.words)).search(heard) is not None


@cache
def _softened(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(soften, words))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_expression(trigger) for trigger in words)})")


def _expression(trigger: str) -> str:
    expression = ""
    for word in trigger.split():
        if word in {"…", "..."}:
            expression += _GAP
        else:
            whole = (
                re.escape(word[:-1]) + r"\b" if word.endswith(".") else re.escape(word) + r"\w*"
            )
            expression += whole + _BETWEEN_WORDS
    return expression.removesuffix(_BETWEEN_WORDS)
