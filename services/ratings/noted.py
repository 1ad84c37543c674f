"""What digests note of the rating: what waits for a second person, letters that are late."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from services.digests.notes import Note, NoteItem, NoteKind
from storage import ratings_reading as stored

if TYPE_CHECKING:
    from services.digests.party import Reader

_NAMED = 3


def rating_notes(connection: Connection, reader: "Reader") -> Iterator[Note]:
    """Yield what there is to say to whoever answers for everything: the executive secretary."""
    if not reader.scope.everything:
        return
    rounds, corrections = stored.waiting(connection)
    if rounds or corrections:
        items = tuple(
            NoteItem(row["code"], row["title_kk"], row["title_ru"]) for row in rounds[:_NAMED]
        )
        yield Note(NoteKind.RATING_WAITS, len(rounds) + corrections, items)
    late = stored.overdue_letters(connection, reader.day)
    if late:
        yield Note(NoteKind.LETTERS_LATE, late)
