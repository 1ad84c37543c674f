"""Files with numbers only: one person takes them alone, and that is written down."""

from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record_reading
from services.delivery.approval import EXPORT
from services.exports.kinds import HOLDINGS, Export
from services.people.deeds import Deed
from services.people.rights import authorise


def note_file(connection: Connection, kind: Export, of: int | str, by: int, now: datetime) -> None:
    """Write down that somebody takes a file; call it before the file goes out.

    Raises Refusal for who may not take it, and LookupError for a kind that a second person lets
    out.

    Key: (kind, of which, who, ten minutes).
    """
    holding = HOLDINGS[kind]
    if holding.second:
        raise LookupError(kind)
    authorise(connection, by, holding.deed)
    case = f"{EXPORT}:{kind.value}:{of}"
    record_reading(connection, who=by, what=Deed.EXPORT, on=case, now=now)
