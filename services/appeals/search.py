"""Finding appeals by number, by phone or by words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from services.appeals.number import parse_number
from services.appeals.tokens import tokens_of, tokens_of_word
from services.people.phone import normalise_phone
from services.text.words import words
from storage import appeal_search as rows

_MOST_WORDS = 8  # nobody remembers more of an appeal


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for: one of the three; nothing at all where there was no word."""

    number: str | None = None
    phone: str | None = None
    words: tuple[str, ...] = ()


def parse_query(text: str) -> Query:
    """Return what is looked for: a phone of Kazakhstan, the number of an appeal, or words."""
    if phone := normalise_phone(text):
        return Query(phone=phone)
    if number := parse_number(text):
        return Query(number=number)
    telling = [word for word in dict.fromkeys(words(text)) if tokens_of_word(word)]
    return Query(words=tuple(telling[:_MOST_WORDS]))


def find_appeals(
    connection: Connection, query: Query, *, limit: int = 20, before: int | None = None
) -> list[int]:
    """Return the ids of the appeals that are looked for, the newest first, below `before`.

    Who may see them is for the caller to ask. Appeals that seal their phone are not found by it.
    """
    if query.number is not None:
        found = rows.appeal_of_number(connection, query.number)
        return [found] if found is not None and (before is None or found < before) else []
    if query.phone is not None:
        return rows.appeals_of_phone(connection, query.phone, limit=limit, before=before)
    return search_appeals(connection, query.words, limit=limit, before=before)


def search_appeals(
    connection: Connection,
    wanted: Sequence[str],
    *,
    limit: int = 20,
    before: int | None = None,
) -> list[int]:
    """Return the ids of the newest appeals that hold all of these words, in any form of them.

    In either alphabet and any case, with Kazakh letters or without; see services.text.stems for
    what counts as a form of the same word. Nothing where no word tells anything.
    """
    asked = [tokens_of_word(word) for text in wanted for word in words(text)]
    telling = [tokens for tokens in asked if tokens]
    if not telling:
        return []
    return rows.appeals_with(connection, telling, limit=limit, before=before)


def index_text(connection: Connection, appeal_id: int, *texts: str) -> None:
    """Make an appeal be found by the words of these texts too, in the transaction that adds them.

    Key: (appeal, token).
    """
    kept = rows.tokens_of_appeal(connection, appeal_id)
    found = tokens_of(*texts)
    if not found <= kept:
        rows.keep_tokens(connection, appeal_id, kept | found)


def forget_words(connection: Connection, appeal_id: int) -> None:
    """Make an appeal no longer be found by words, as its text is erased. Key: appeal."""
    rows.forget_tokens(connection, appeal_id)
