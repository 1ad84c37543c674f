"""A programme as the staff of a place find it."""

from sqlalchemy import Connection

from services.people.rights import Where
from services.programmes.model import Programme, ProgrammeStatus, programme_of
from services.refusal import N_, Refusal
from storage import programmes as rows

GONE = N_("There is no such programme.")


def place_of(programme: Programme) -> Where:
    """Return where a programme lies, for rights."""
    return Where(None, programme.region, programme.district)


def launched(connection: Connection, programme_id: int) -> Programme:
    """Return a programme that citizens know; raises Refusal for any other."""
    row = rows.find_programme(connection, programme_id)
    if row is None or row["status"] == ProgrammeStatus.DRAFT:
        raise Refusal(GONE)
    return programme_of(row)
