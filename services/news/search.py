"""Looking for a post by words of it, in either language."""

import re

from sqlalchemy import Connection

from services.news.latest import PAGE, Page, cut
from services.news.model import post_of
from services.places.latin import to_cyrillic
from services.text.fold import fold
from storage import news as rows

LONGEST = 100  # characters of what is looked for
_WORD = re.compile(r"[^\W_]+")
_BATCH = 100


def search(
    connection: Connection, sought: str, language: str, *, before: int | None = None
) -> Page:
    """Return posts that have all these words, the newest first, older than this one (a query).

    A word is found by its beginning, in any case, typed without the Kazakh letters or in Latin
    ones; posts for readers of another language are left out, as in the list. The page has no
    newer ones: a search goes from the newest on.
    """
    words = _alternatives(sought)
    found: list[rows.Row] = []
    beyond = before
    while words and len(found) <= PAGE:
        batch = rows.posts_with(connection, words, language, beyond, _BATCH)
        found += [row for row in batch if _has(row["words"], words)]
        if len(batch) < _BATCH:
            break
        beyond = batch[-1]["id"]
    return cut([post_of(row) for row in found[: PAGE + 1]])


def _alternatives(sought: str) -> list[frozenset[str]]:
    """Return the ways to spell each of the words that are looked for."""
    words = dict.fromkeys(_WORD.findall(fold(sought[:LONGEST])))
    return [frozenset({word, fold(to_cyrillic(word))}) for word in words]


def _has(text: str, words: list[frozenset[str]]) -> bool:
    there = _WORD.findall(text)
    return all(
        any(word.startswith(tuple(alternatives)) for word in there) for alternatives in words
    )
