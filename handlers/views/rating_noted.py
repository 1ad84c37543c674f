"""What digests say of the rating."""

from collections.abc import Iterator

from handlers.text import _, pick
from services.digests.notes import Note


def waits_lines(note: Note) -> Iterator[str]:
    """Yield how many rounds and corrections wait for a second person, then the rounds."""
    yield _("🏅 Rating of deputies, waiting for a second person: {count}").format(count=note.count)
    for item in note.items:
        yield f"• {pick(item.kk, item.ru)}"


def late_lines(note: Note) -> Iterator[str]:
    """Yield how many letters to deputies are late."""
    yield _("✉️ Letters to deputies past their due date: {count}").format(count=note.count)
