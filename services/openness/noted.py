"""What the digest of a month says of the open figures: from which day everybody reads them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from services.calendar.calendar import load_calendar
from services.digests.model import Period
from services.digests.notes import Note, NoteItem, NoteKind
from services.openness.figures import month_of
from services.openness.publishing import comes_out_on

if TYPE_CHECKING:
    from services.digests.party import Reader


def openness_notes(connection: Connection, reader: "Reader") -> Iterable[Note]:
    """Yield the month of a monthly digest and the day on which it comes out, both in ISO form."""
    if reader.period is Period.MONTHLY:
        month = month_of(reader.until)
        day = comes_out_on(month, load_calendar(connection, reader.day))
        items = (NoteItem(month.isoformat()), NoteItem(day.isoformat()))
        yield Note(NoteKind.OPENNESS_OUT, items=items)
