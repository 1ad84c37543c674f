"""What everybody who takes part is told at once; at night it waits for the morning."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from services.programmes.model import Programme, Session, SignUpStatus
from services.programmes.queue import told_of
from services.programmes.waking import awake
from storage.programme_telling import tell_participants

REMINDER, MOVED, CALLED_OFF = "programme_reminder", "programme_moved", "programme_off"


def told_of_session(session: Session) -> dict[str, object]:
    """Return what a message about a session carries."""
    return {
        "number": session.number,
        "starts_at": session.starts_at.isoformat(),
        "session_kk": session.title_kk,
        "session_ru": session.title_ru,
        "place_kk": session.place_kk,
        "place_ru": session.place_ru,
    }


def tell_all(
    connection: Connection,
    programme: Programme,
    statuses: Iterable[SignUpStatus],
    kind: str,
    key: str,
    more: Mapping[str, object],
    now: datetime,
) -> int:
    """Tell everybody who stands so to a programme; return to how many it is new.

    Key: (kind, programme, key, person).
    """
    standing = [each.value for each in statuses]
    payload = {**told_of(programme), **more}
    whole = f"{kind}:{programme.id}:{key}"
    later = awake(now)
    return tell_participants(connection, programme.id, standing, kind, whole, payload, now, later)
