"""What the buttons of the news composer carry: the draft they belong to and absolute values."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.news.model import ChannelText


class Step(StrEnum):
    """What the composer asks for, in this order."""

    TOPIC = "t"
    TEXT_KK = "k"
    TEXT_RU = "r"
    MEDIA = "m"
    # Only where they are opened from the check.
    LINKS = "l"
    AUDIENCE = "a"
    WHEN = "w"
    CHANNEL = "n"
    CHECK = "c"


class ComposeNews(CallbackData, prefix="nc"):
    """Begin a post, or go on with the one begun."""


class NewsPartOpened(CallbackData, prefix="npart"):
    """Go to a step of this draft."""

    draft: str
    step: Step


class NewsTopicChosen(CallbackData, prefix="ntopic"):
    """What the post is about."""

    draft: str
    topic: str


class MediaLeftOut(CallbackData, prefix="nnomedia"):
    """No picture, film or file, also where there was one."""

    draft: str


class NewsAudienceChosen(CallbackData, prefix="naud"):
    """People of a region (KATO prefix), or everybody where it is empty."""

    draft: str
    region: str | None = None


class NewsRegionsOpened(CallbackData, prefix="nreg"):
    """The regions to choose from."""

    draft: str


class MediaWhole(CallbackData, prefix="nmedia"):
    """All parts of the album have come: go on."""

    draft: str


class LinkRemoved(CallbackData, prefix="nunlink"):
    """Without the button of this number, as this version of the draft has them."""

    draft: str
    version: int
    number: int


class NewsChannelChosen(CallbackData, prefix="nchan"):
    """In which words the post also stands in the channel; empty: it does not."""

    draft: str
    channel: ChannelText | None = None


class NewsEditOpened(CallbackData, prefix="nedit"):
    """The parts of this draft, to change one."""

    draft: str


class NewsTested(CallbackData, prefix="ntest"):
    """Send this version of the draft to its author only."""

    draft: str
    version: int


class NewsSent(CallbackData, prefix="nsend"):
    """Send exactly this version of the draft."""

    draft: str
    version: int


class NewsDropped(CallbackData, prefix="ndrop"):
    """Throw this draft away."""

    draft: str
