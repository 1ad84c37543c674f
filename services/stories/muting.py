"""Who took part in something and does not want to be told stories by themselves."""

from datetime import datetime

from sqlalchemy import Connection

from storage import stories as rows


def mute_stories(connection: Connection, person_id: int, now: datetime, *, muted: bool) -> None:
    """Tell a person no stories, or again; what the bot shows when asked stays as it is.

    Key: person; the button says which, not the other.
    """
    if muted:
        rows.mute(connection, person_id, now)
    else:
        rows.unmute(connection, person_id)


def hears_stories(connection: Connection, person_id: int) -> bool:
    """Tell whether a person is told stories by themselves (a query)."""
    return not rows.is_muted(connection, person_id)
