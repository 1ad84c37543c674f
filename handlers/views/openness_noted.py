"""The line of a digest about the open figures, and where it leads."""

from collections.abc import Iterator
from datetime import date

from handlers.text import N_, _
from handlers.views.calendar_days import full
from services.digests.notes import Note

# What the way to the figures is called, here and among the party’s own life.
OPENNESS = N_("🔎 Open figures")


def openness_lines(note: Note) -> Iterator[str]:
    """Yield from which day everybody reads the same numbers."""
    _month, day = note.items
    yield _("🔎 From {date} on everybody reads these numbers.").format(
        date=full(date.fromisoformat(day.ref))
    )
