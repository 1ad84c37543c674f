"""The lines and buttons of a digest about the party's own life."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import button
from handlers.text import _
from handlers.views.council_noted import APPLICATIONS, IDLE, application_lines, idle_lines
from handlers.views.openness_callbacks import OpennessShown
from handlers.views.openness_noted import OPENNESS, openness_lines
from handlers.views.programme_callbacks import ProgrammesShown
from handlers.views.programme_noted import full_lines, soon_lines
from handlers.views.programme_words import PROGRAMMES
from handlers.views.proposal_callbacks import BoardShown, ToAnswerShown
from handlers.views.proposal_noted import top_lines as proposals_top
from handlers.views.proposal_noted import unread_lines as proposals_unread
from handlers.views.proposal_noted import waiting_lines as proposals_waiting
from handlers.views.proposal_words import BOARD, TO_ANSWER
from handlers.views.rating_noted import late_lines, waits_lines
from handlers.views.story_callbacks import StoriesWanted
from handlers.views.story_noted import TELL, wanted_lines
from services.digests.notes import Note, NoteKind

# Plain lines of each kind of note; the first stands alone where room is short.
LINES: Mapping[NoteKind, Callable[[Note], Iterable[str]]] = {
    NoteKind.RATING_WAITS: waits_lines,
    NoteKind.LETTERS_LATE: late_lines,
    NoteKind.COUNCIL_IDLE: idle_lines,
    NoteKind.COUNCIL_APPLICATIONS: application_lines,
    NoteKind.PROGRAMMES_SOON: soon_lines,
    NoteKind.PROGRAMMES_FULL: full_lines,
    NoteKind.PROPOSALS_UNREAD: proposals_unread,
    NoteKind.PROPOSALS_WAIT: proposals_waiting,
    NoteKind.PROPOSALS_TOP: proposals_top,
    NoteKind.STORIES_WANTED: wanted_lines,
    NoteKind.OPENNESS_OUT: openness_lines,
}
# What is pressed about it: a label and where it leads.
BUTTONS: Mapping[NoteKind, tuple[str, CallbackData]] = {
    NoteKind.COUNCIL_IDLE: IDLE,
    NoteKind.COUNCIL_APPLICATIONS: APPLICATIONS,
    NoteKind.PROGRAMMES_SOON: (PROGRAMMES, ProgrammesShown(everywhere=True)),
    NoteKind.PROGRAMMES_FULL: (PROGRAMMES, ProgrammesShown(everywhere=True)),
    NoteKind.PROPOSALS_WAIT: (TO_ANSWER, ToAnswerShown()),
    NoteKind.PROPOSALS_TOP: (BOARD, BoardShown(most=True)),
    NoteKind.STORIES_WANTED: (TELL, StoriesWanted()),
    NoteKind.OPENNESS_OUT: (OPENNESS, OpennessShown()),
}


def party_lines(notes: Iterable[Note], *, short: bool = False) -> Iterator[str]:
    """Yield what the notes say; short: only the first line of each."""
    for note in notes:
        if note.kind in LINES:
            lines = tuple(LINES[note.kind](note))
            yield from lines[:1] if short else lines


def party_rows(notes: Iterable[Note]) -> list[list[InlineKeyboardButton]]:
    """Return a button for each kind of note that has one."""
    kinds = dict.fromkeys(note.kind for note in notes)
    return [
        [button(_(label), data)]
        for label, data in (BUTTONS[kind] for kind in kinds if kind in BUTTONS)
    ]
