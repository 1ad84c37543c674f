"""The result of a poll in the party's channel: once, within a day of its count.

The channel is public: a post whose end is not known is never sent again by itself.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from services.polls.political import withheld
from services.polls.reading import find_result
from services.polls.results import Result
from storage import poll_telling as rows

WITHIN = timedelta(days=1)


class ChannelStatus(StrEnum):
    """How far the post has come; nothing for one that nobody began."""

    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


def results_to_post(connection: Connection, now: datetime) -> list[int]:
    """Return the polls whose results are to be posted now, none the law withholds (a query)."""
    unposted = rows.unposted(connection, now - WITHIN)
    return [poll for poll, topic in unposted if withheld(connection, topic, now) is None]


def take_result(connection: Connection, poll_id: int) -> Result | None:
    """Take a result in hand; None where somebody was quicker.

    Key: poll, by no status in the channel.
    """
    if not rows.put_channel_status(connection, poll_id, None, ChannelStatus.SENDING.value):
        return None
    return find_result(connection, poll_id)


def end_posting(connection: Connection, poll_id: int, status: ChannelStatus) -> None:
    """Keep what became of the post.

    Key: poll, by its status sending in the channel.
    """
    rows.put_channel_status(connection, poll_id, ChannelStatus.SENDING.value, status.value)
