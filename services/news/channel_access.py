"""Whether the bot may read a channel: an administrator of it may, anybody else may not."""

from datetime import datetime

from sqlalchemy import Connection

from services.news.breaking import NO_LONGER_ADMINISTRATOR, tell_broken, tell_mended
from services.news.sources import SourceKind, in_use
from services.people.deeds import Deed
from services.people.rights import may
from storage import sources as rows
from storage.outbox import tell

OFFERED = "channel_offered"


def channel_access(
    connection: Connection, chat_id: int, title: str, by: int, now: datetime, *, able: bool
) -> None:
    """Note that somebody made the bot an administrator of a channel, or took that away.

    A channel that is a source is shown as broken for as long as the bot may not read it, and the
    operators are told of both. A new one is offered to the member of the staff who did it;
    channels of strangers are passed over.

    Key: channel, by whether the bot may read it.
    """
    source = in_use(connection, str(chat_id))
    if source is None:
        if able and may(connection, by, Deed.CHANGE_SOURCES):
            key = f"{OFFERED}:{chat_id}:{by}"
            tell(connection, by, OFFERED, key, {"chat": chat_id, "title": title}, now)
        return
    if source.kind is not SourceKind.CHANNEL or able == (source.broken_since is None):
        return
    rows.change_source(connection, source.id, {"broken_since": None if able else now})
    if source.broken_since is not None:
        tell_mended(connection, source, source.broken_since, now)
    else:
        tell_broken(connection, source, NO_LONGER_ADMINISTRATOR, now, now)
