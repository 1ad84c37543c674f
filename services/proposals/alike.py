"""Proposals of the board that may say what somebody is about to suggest.

Words are compared by their stems, in both languages: each proposal has a title in either.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from services.appeals.similar.lexicon import says_nothing
from services.proposals.model import SUPPORTED, Line, line_of
from services.text.stems import stems
from services.text.words import words
from storage import proposals as rows

# At and above it two proposals are offered as one; measured in tests/proposals.
THRESHOLD = 0.34
_LEAST_SHARED = 3
_SHORTEST = 3
_MOST = 60  # stems of a text that tell what it is about
_READ = 30
_OFFERED = 3


def stems_of(*texts: str) -> frozenset[str]:
    """Return what a proposal is found by: the stems of its telling words, at most 60."""
    telling = dict.fromkeys(
        word
        for text in texts
        for word in words(text)
        if len(word) >= _SHORTEST and word.isalpha() and not says_nothing(word)
    )
    found: dict[str, None] = {}
    for word in telling:
        found |= dict.fromkeys(sorted(stems(word)))
    return frozenset(list(found)[:_MOST])


def alike(
    connection: Connection,
    text: str,
    place: tuple[str | None, str | None] = (None, None),
    *,
    but: int | None = None,
    limit: int = _OFFERED,
) -> list[Line]:
    """Return the open proposals most like this text, the most alike first (a query).

    Of the same region, of the whole country, and of everywhere where the text is for the whole
    country; without the one of the id `but`.
    """
    wanted = stems_of(text)
    if not wanted:
        return []
    statuses = sorted(status.value for status in SUPPORTED)
    found = [
        (row["shared"] / min(len(wanted), row["size"]), row)
        for row in rows.sharing(connection, sorted(wanted), statuses, _READ)
        if row["shared"] >= min(_LEAST_SHARED, len(wanted)) and row["id"] != but
    ]
    near = [
        (score, row)
        for score, row in found
        if score >= THRESHOLD and _same_place(place[0], row["region"])
    ]
    near.sort(key=lambda pair: (-pair[0], -pair[1]["supports"], pair[1]["id"]))
    return [line_of(row) for _score, row in near[:limit]]


def index(connection: Connection, proposal_id: int, texts: Iterable[str]) -> None:
    """Let a proposal be found by these texts. Key: (proposal, stem)."""
    rows.keep_stems(connection, proposal_id, stems_of(*texts))


def _same_place(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
