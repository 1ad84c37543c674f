"""One update as it waits for the bot."""

from dataclasses import dataclass
from enum import StrEnum


class UpdateKind(StrEnum):
    """The kinds of updates the sandbox makes; the values are Telegram's field names."""

    MESSAGE = "message"
    EDITED_MESSAGE = "edited_message"
    CHANNEL_POST = "channel_post"
    EDITED_CHANNEL_POST = "edited_channel_post"
    CALLBACK_QUERY = "callback_query"
    MY_CHAT_MEMBER = "my_chat_member"
    CHAT_MEMBER = "chat_member"
    MESSAGE_REACTION = "message_reaction"
    POLL = "poll"
    POLL_ANSWER = "poll_answer"
    RAW = "raw"


ONLY_ON_REQUEST = frozenset({UpdateKind.CHAT_MEMBER, UpdateKind.MESSAGE_REACTION})
"""Kinds that Telegram sends only to bots that list them in `allowed_updates`."""


@dataclass(slots=True)
class Entry:
    """One update in the queue, serialized once.

    `again` is how many more times it is delivered after having been confirmed. A `sticky` one
    (late or to be repeated) stays until it was delivered, even if the offset has passed it.
    """

    id: int
    body: bytes
    lane: str
    again: int = 0
    sticky: bool = False
    delivered: bool = False

    def confirmed(self, offset: int) -> bool:
        """Return whether an offset ends this update's stay in the queue."""
        if self.id >= offset or (self.sticky and not self.delivered):
            return False
        if self.again:
            self.again -= 1
            self.delivered = False
            return False
        return True
