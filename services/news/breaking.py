"""What the operators are told of a source: that it cannot be read, and that it can be again."""

from datetime import datetime

from sqlalchemy import Connection

from services.appeals.recipients import desk
from services.news.sources import Source
from services.people.rights import OF_ALL
from storage.outbox import tell

BROKEN, MENDED = "source_broken", "source_mended"
# Why a channel cannot be read; of feeds, services/news/feeds.py knows the reasons.
NO_LONGER_ADMINISTRATOR = "not_administrator"


def tell_broken(
    connection: Connection, source: Source, trouble: str, since: datetime, now: datetime
) -> None:
    """Tell the operators on duty that a source cannot be read. Key: (source, since when)."""
    payload = {"source": source.id, "title": source.title, "trouble": trouble}
    for person in desk(connection, OF_ALL):
        tell(connection, person, BROKEN, _key(BROKEN, source, since, person), payload, now)


def tell_mended(connection: Connection, source: Source, since: datetime, now: datetime) -> None:
    """Tell the operators on duty that a source can be read again. Key: (source, since when)."""
    payload = {"source": source.id, "title": source.title}
    for person in desk(connection, OF_ALL):
        tell(connection, person, MENDED, _key(MENDED, source, since, person), payload, now)


def _key(kind: str, source: Source, since: datetime, person: int) -> str:
    return f"{kind}:{source.id}:{since.isoformat()}:{person}"
