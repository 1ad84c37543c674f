"""What a digest says of public councils."""

from collections.abc import Iterator

from handlers.text import N_, _, pick
from handlers.views.council_callbacks import ApplicationsListed, InactiveListed
from services.digests.notes import Note

IDLE = (N_("😴 Inactive members"), InactiveListed())
APPLICATIONS = (N_("🙋 Applications to councils"), ApplicationsListed())


def idle_lines(note: Note) -> Iterator[str]:
    """Yield how many members of councils do nothing, and in which councils."""
    yield _("😴 Public councils, inactive members: {count}").format(count=note.count)
    for item in note.items:
        yield f"   {pick(item.kk, item.ru)}: {item.count}"


def application_lines(note: Note) -> Iterator[str]:
    """Yield how many people wait for an answer to their application."""
    yield _("🙋 Applications to public councils that wait: {count}").format(count=note.count)
