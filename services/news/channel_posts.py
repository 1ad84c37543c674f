"""Posts of the party's channel, as they are written and edited there."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.news.following import follow
from services.news.items import GATHERING, Content, ItemStatus, Part, joined
from services.news.sources import SourceKind, in_use
from storage import channel_copies
from storage import sources as rows

# An edit of an older post is no news, where the post was never seen.
STILL_NEWS = timedelta(days=2)


def take_channel_post(
    connection: Connection,
    chat_id: int,
    album: str | None,
    part: Part,
    posted_at: datetime,
    now: datetime,
) -> bool:
    """Keep a post, or one part of an album, as it is now; tell whether it is news to the bot.

    In whatever order the messages and their edits arrive, and however often, the newest state of
    each counts. An album is whole a moment after its last part; a later one joins it all the same.
    Not news are channels that nobody registered, what was there before the channel was, the bot's
    own posts, and messages with nothing to read or see.

    Key: (source, message or album), by the moment of the edit.
    """
    source = in_use(connection, str(chat_id))
    if source is None or source.kind is not SourceKind.CHANNEL:
        return False
    if posted_at < source.added_at.replace(microsecond=0):
        return False
    if channel_copies.is_copy(connection, chat_id, part.message_id):
        return False
    name = f"album:{album}" if album else f"post:{part.message_id}"
    row = rows.lock_item(connection, source.id, name)
    if row is not None:
        content = Content.of_json(row["content"]).with_part(part)
        grown = part.message_id not in Content.of_json(row["content"]).parts
        if grown and row["status"] == ItemStatus.ARRIVED:
            rows.change_item(connection, row["id"], {"ready_at": now + GATHERING})
        follow(connection, source, row, content, now)
        return True
    if (part.empty and not album) or posted_at < now - STILL_NEWS:
        return False
    added = rows.add_item(
        connection,
        {
            "source_id": source.id,
            "item": name,
            "status": ItemStatus.ARRIVED.value,
            "content": joined([part]).as_json(),
            "found_at": now,
            "ready_at": now + GATHERING if album else now,
        },
    )
    # Another process was quicker with another part of the album.
    return added or take_channel_post(connection, chat_id, album, part, posted_at, now)
