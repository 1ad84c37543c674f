"""What a digest says of programmes."""

from collections.abc import Iterator

from handlers.text import _, pick
from services.digests.notes import Note


def soon_lines(note: Note) -> Iterator[str]:
    """Yield which programmes begin within a week."""
    yield _("🎓 Programmes that begin within a week: {count}").format(count=note.count)
    for item in note.items:
        yield f"   {pick(item.kk, item.ru)}"


def full_lines(note: Note) -> Iterator[str]:
    """Yield which programmes fill up, and how many wait where that may be told."""
    yield _("🪑 Programmes with hardly a place left: {count}").format(count=note.count)
    for item in note.items:
        waits = _("wait: {count}").format(count=item.count) if item.count else ""
        yield "   " + " · ".join(filter(None, [pick(item.kk, item.ru), waits]))
