"""What a digest says of proposals."""

from collections.abc import Iterator

from handlers.text import _, pick
from services.digests.notes import Note
from services.text.length import shortened

_TITLE = 80


def unread_lines(note: Note) -> Iterator[str]:
    """Yield how many proposals no moderator has read for two days."""
    words = _("💡 Proposals that no moderator has read for 2 days: {count}")
    yield words.format(count=note.count)


def waiting_lines(note: Note) -> Iterator[str]:
    """Yield how many proposals wait for their first answer longer than they should."""
    words = _("💡 Proposals without an answer for more than 15 days: {count}")
    yield words.format(count=note.count)


def top_lines(note: Note) -> Iterator[str]:
    """Yield the most supported proposals of the week, with the voices that they gained."""
    first = _("🔝 Most supported proposal of the week: {title}, +{count}")
    for place, item in enumerate(note.items):
        title = shortened(pick(item.kk, item.ru), _TITLE)
        if place:
            yield f"• {title}, +{item.count}"
        else:
            yield first.format(title=title, count=item.count)
