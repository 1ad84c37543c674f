"""What digests say of the party's own life: ratings, councils, programmes, proposals, stories.

Each capability brings its own notes; a digest carries them as numbers and codes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.councils.noted import council_notes
from services.digests.model import Period
from services.digests.notes import Note
from services.openness.noted import openness_notes
from services.programmes.noted import programme_notes
from services.proposals.noted import proposal_notes
from services.ratings.noted import rating_notes
from services.roadmap.scope import Scope
from services.stories.noted import story_notes


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a digest of the days since … until on `day`, and what they answer for."""

    official: str
    scope: Scope
    period: Period
    day: date
    since: date
    until: date


Source = Callable[[Connection, Reader], Iterable[Note]]

# A few indexed statements each: a morning has hundreds of digests.
SOURCES: tuple[Source, ...] = (
    rating_notes,
    council_notes,
    programme_notes,
    proposal_notes,
    openness_notes,
    story_notes,
)


def party_notes(connection: Connection, reader: Reader) -> tuple[Note, ...]:
    """Return what there is to say, in the order of the sources."""
    return tuple(note for source in SOURCES for note in source(connection, reader))
