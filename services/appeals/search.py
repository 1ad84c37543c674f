"""Finding appeals by number, by phone or by words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from services.appeals.model import EntryKind
from services.appeals.number import parse_number
from services.appeals.tokens import sign_of_key, signs_of_keys, tokens_of, tokens_of_word
from services.people.phone import normalise_phone
from services.text.words import words
from storage import appeal_search as rows
from storage.appeal_entries import entries_of, revisions_of
from storage.appeals import find_appeal
from storage.reach import Bounds

_MOST_WORDS = 8  # nobody remembers more of an appeal
# What citizens say; the words of the staff are not looked for.
_INDEXED = frozenset(
    {EntryKind.TEXT, EntryKind.ADDITION, EntryKind.JOIN, EntryKind.REPLY, EntryKind.DISPUTE}
)


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
    connection: Connection,
    query: Query,
    *,
    limit: int = 20,
    before: int | None = None,
    bounds: Bounds = None,
) -> list[int]:
    """Return the ids of the appeals that are looked for, the newest first, below `before`.

    Who may see them is for the caller to ask: of many nothing beyond the bounds is found. Appeals
    that seal their phone are not found by it.
    """
    if query.number is not None:
        found = rows.appeal_of_number(connection, query.number)
        return [found] if found is not None and (before is None or found < before) else []
    if query.phone is not None:
        return rows.appeals_of_phone(
            connection, query.phone, limit=limit, before=before, bounds=bounds
        )
    return search_appeals(connection, query.words, limit=limit, before=before, bounds=bounds)


def search_appeals(
    connection: Connection,
    wanted: Sequence[str],
    *,
    limit: int = 20,
    before: int | None = None,
    bounds: Bounds = None,
) -> list[int]:
    """Return the ids of the newest appeals that hold all of these words, in any form of them.

    In either alphabet and any case, with Kazakh letters or without; see services.text.stems for
    what counts as a form of the same word. Nothing where no word tells anything.
    """
    asked = [tokens_of_word(word) for text in wanted for word in words(text)]
    telling = [tokens for tokens in asked if tokens]
    if not telling:
        return []
    return rows.appeals_with(connection, telling, limit=limit, before=before, bounds=bounds)


def index_text(connection: Connection, appeal_id: int, *texts: str) -> None:
    """Make an appeal be found by the words of these texts too, in the transaction that adds them.

    Key: (appeal, token).
    """
    kept = rows.tokens_of_appeal(connection, appeal_id)
    found = tokens_of(*texts)
    if not found <= kept:
        # Beside tokens of an older key there is no sign: all are made anew later.
        sign = frozenset[str]() if kept else sign_of_key()
        rows.keep_tokens(connection, appeal_id, kept | found | sign)


def index_anew(connection: Connection, appeal_id: int) -> None:
    """Make the tokens of an appeal that has some anew, under the newest key. Key: appeal."""
    appeal = find_appeal(connection, appeal_id)
    if appeal is None or not rows.tokens_of_appeal(connection, appeal_id):
        return
    said = [entry for entry in entries_of(connection, appeal_id) if entry["kind"] in _INDEXED]
    heard = {entry["id"] for entry in said}
    before = [row for row in revisions_of(connection, appeal_id) if row["entry_id"] in heard]
    answers = (appeal["particulars"] or {}).values()
    found = tokens_of(appeal["text"], *answers, *(row["text"] for row in (*said, *before)))
    rows.keep_tokens(connection, appeal_id, found | sign_of_key())


def indexed_by_others(connection: Connection, after: int, limit: int) -> Sequence[int]:
    """Return appeals, by id from behind one on, whose tokens are not all of the newest key."""
    return [
        appeal
        for sign in sign_of_key()
        for appeal in rows.without_token(connection, sign, after, limit)
    ]


def keys_of_words(connection: Connection) -> Mapping[str | None, int]:
    """Return of how many appeals the tokens were made under which key, None being none or two."""
    found: dict[str | None, int] = {None: rows.count_with(connection, "")}
    for name, sign in signs_of_keys().items():
        found[name] = rows.count_with(connection, sign)
        found[None] -= found[name]
    return found


def forget_words(connection: Connection, appeal_id: int) -> None:
    """Make an appeal no longer be found by words, as its text is erased. Key: appeal."""
    rows.forget_tokens(connection, appeal_id)
