"""The result of a poll in the party's channel: once, within a week of its count.

A week, for the law can withhold a result for the days before a voting day and on it.

The channel is public: a post whose end is not known is never sent again by itself.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from services.appeals.recipients import administrators
from services.campaigns.silence import channel_silence
from services.polls.political import withheld
from services.polls.reading import find_poll, find_result
from services.polls.results import Result
from services.polls.telling import RESULT_KIND
from storage import poll_telling as rows
from storage.outbox import tell

WITHIN = timedelta(days=7)
FAILED_NOTICE = "result_not_posted"


class ChannelStatus(StrEnum):
    """How far the post has come; nothing for one that nobody began."""

    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


def results_to_post(connection: Connection, now: datetime) -> list[int]:
    """Return the polls whose results are to be posted now, none the law withholds (a query).

    In the silence before a vote no result is posted at all.
    """
    unposted = rows.unposted(connection, now - WITHIN)
    return [
        poll
        for poll, topic in unposted
        if withheld(connection, topic, now) is None
        and channel_silence(connection, f"{RESULT_KIND}:{poll}", now) is None
    ]


def take_result(connection: Connection, poll_id: int) -> Result | None:
    """Take a result in hand; None where somebody was quicker.

    Key: poll, by no status in the channel.
    """
    if not rows.put_channel_status(connection, poll_id, None, ChannelStatus.SENDING.value):
        return None
    return find_result(connection, poll_id)


def end_posting(
    connection: Connection, poll_id: int, status: ChannelStatus, now: datetime
) -> None:
    """Keep what became of the post; its author and the administrators hear of a failure.

    Key: poll, by its status sending in the channel.
    """
    sending = ChannelStatus.SENDING.value
    moved = rows.put_channel_status(connection, poll_id, sending, status.value)
    poll = find_poll(connection, poll_id)
    if not moved or status is not ChannelStatus.FAILED or poll is None:
        return
    payload = {"poll": poll_id, "title_kk": poll.poll.title_kk, "title_ru": poll.poll.title_ru}
    for person in dict.fromkeys([poll.created_by, *administrators(connection)]):
        if person is not None:
            tell(connection, person, FAILED_NOTICE, f"unposted:{poll_id}:{person}", payload, now)
