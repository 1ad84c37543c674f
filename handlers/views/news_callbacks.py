"""What the buttons of news carry to citizens: values to set, never toggles."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Under(StrEnum):
    """What the button stands under."""

    POST = "post"
    TOPICS = "topics"
    DIGEST = "digest"


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


class PostUseful(CallbackData, prefix="npu"):
    """A post is found useful, or no more."""

    post: int
    useful: bool


class PostMuted(CallbackData, prefix="npm"):
    """The topic of this post off or on, under the post."""

    post: int
    muted: bool


class PostAllMuted(CallbackData, prefix="npa"):
    """All news off or on, under a post."""

    post: int
    muted: bool


class PostAnswered(CallbackData, prefix="npr"):
    """A response to a post; in the place of this unfinished draft, where one was shown."""

    post: int
    instead: str = ""


class RhythmOpened(CallbackData, prefix="nrh"):
    """How often news comes; below a message that stays as it is, or in its place."""

    below: bool = False


class NewsOpenedBelow(CallbackData, prefix="nlb"):
    """The latest posts below a message that stays as it is."""


class RhythmDaysOpened(CallbackData, prefix="nrd"):
    """The days of the week, to choose one."""


class RhythmHoursOpened(CallbackData, prefix="nrt"):
    """The hours, for every day or for one of the week: 0 is Monday."""

    weekday: int | None = None


class RhythmChosen(CallbackData, prefix="nrs"):
    """News together at this hour, every day or on one of the week."""

    hour: int
    weekday: int | None = None


class EachChosen(CallbackData, prefix="nre"):
    """Each post at once."""


class NewsSearchBegun(CallbackData, prefix="nsb"):
    """To look for a post by its words."""


class NewsFound(CallbackData, prefix="nsf"):
    """A page of what was found: older than this post; `words` tells of which search, hashed."""

    edge: int
    words: str
