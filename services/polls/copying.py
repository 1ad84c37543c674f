"""Earlier polls whose questions may be asked again."""

from sqlalchemy import Connection

from services.polls.model import Poll
from services.polls.reading import find_poll
from storage.poll_composing import latest_polls


def earlier_polls(connection: Connection, limit: int) -> list[Poll]:
    """Return the polls launched last, the newest first."""
    found = (find_poll(connection, poll_id) for poll_id in latest_polls(connection, limit))
    return [one.poll for one in found if one is not None]
