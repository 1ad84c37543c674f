"""What the buttons of news carry to citizens: values to set, never toggles."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Under(StrEnum):
    """What the button stands under."""

    POST = "post"
    TOPICS = "topics"


class TopicMuted(CallbackData, prefix="nmute"):
    """One topic off or on."""

    topic: str
    muted: bool
    under: Under


class AllMuted(CallbackData, prefix="nall"):
    """All news off or on; the topic is that of the post above, empty elsewhere."""

    topic: str
    muted: bool
    under: Under


class OpenNewsTopics(CallbackData, prefix="newstopics"):
    """The topics of news, each on or off."""


class NewsListed(CallbackData, prefix="newslist"):
    """A page of the latest posts: beyond this one, to the newer or the older; 0 for the newest."""

    edge: int = 0
    newer: bool = False


class PostOpened(CallbackData, prefix="newspost"):
    """One post out of the list."""

    post: int
