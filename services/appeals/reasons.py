"""Reasons in a handler's own words, which the citizen reads."""

from datetime import datetime

from sqlalchemy import Connection

from services.appeals.model import EntryKind
from services.refusal import N_, Refusal
from services.text.length import utf16_length
from storage.appeal_entries import add_entry

# A reason travels in one message with everything around it.
REASON_LIMIT = 1000
_LETTERS = 3


def reason_problem(words: str) -> str | None:
    """Return what is wrong with the words of a reason (a message id), None where they will do."""
    if sum(character.isalpha() for character in words) < _LETTERS:
        return N_("Please write the reason in words.")
    if utf16_length(words) > REASON_LIMIT:
        return N_("This is too long: at most 1,000 characters. Please shorten it.")
    return None


def checked_reason(words: str) -> str:
    """Return the words as they are kept; raises Refusal where they will not do."""
    words = words.replace("\x00", "").strip()
    problem = reason_problem(words)
    if problem is not None:
        raise Refusal(problem)
    return words


def keep_reason(
    connection: Connection,
    appeal_id: int,
    version: int,
    actor: int,
    words: str,
    now: datetime,
) -> None:
    """Keep the words that go with the change that made this version. Key: (appeal, version)."""
    if words:
        add_entry(
            connection,
            {
                "appeal_id": appeal_id,
                "key": f"v{version}",
                "kind": EntryKind.REASON.value,
                "author": actor,
                "text": words,
                "at": now,
            },
        )
