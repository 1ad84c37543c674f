"""What the buttons about sources of news carry: ids, the version seen, and absolute values."""

from aiogram.filters.callback_data import CallbackData

from services.language import Language


class SourcesListed(CallbackData, prefix="src"):
    """The sources, from behind this one on."""

    after: int = 0


class SourceOpened(CallbackData, prefix="srco"):
    """The card of a source."""

    source: int


class SourceTopicAsked(CallbackData, prefix="srct"):
    """The topics to choose from for a source."""

    source: int
    version: int


class SourceTopicSet(CallbackData, prefix="srcts"):
    """News of this source is about this topic."""

    source: int
    version: int
    topic: str


class SourceLanguageSet(CallbackData, prefix="srcl"):
    """News of this source goes to the readers of this language."""

    source: int
    version: int
    language: Language


class SourceModeSet(CallbackData, prefix="srcm"):
    """News of this source goes out by itself, or an operator is asked."""

    source: int
    version: int
    automatic: bool


class RetireAsked(CallbackData, prefix="srcr"):
    """Ask whether to take no more news from a source."""

    source: int
    version: int


class RetireConfirmed(CallbackData, prefix="srcry"):
    """Take no more news from this source."""

    source: int
    version: int


class FeedBegun(CallbackData, prefix="srcaf"):
    """Add a feed."""


class ChannelBegun(CallbackData, prefix="srcac"):
    """Add a channel."""


class ChannelTaken(CallbackData, prefix="srcof"):
    """Add the channel that the bot has been let into."""

    chat: int


class NewTopic(CallbackData, prefix="srcnt"):
    """What the new source is about."""

    draft: str
    topic: str


class NewLanguage(CallbackData, prefix="srcnl"):
    """In which language the new source writes."""

    draft: str
    language: Language


class NewMode(CallbackData, prefix="srcnm"):
    """Whether the new source publishes by itself."""

    draft: str
    automatic: bool


class NewSaved(CallbackData, prefix="srcns"):
    """Take up the source as it was shown."""

    draft: str


class ItemShown(CallbackData, prefix="iti"):
    """An item as it is now."""

    item: int


class ItemPreviewed(CallbackData, prefix="itv"):
    """An item as its readers would get it."""

    item: int


class ItemPublished(CallbackData, prefix="itp"):
    """Let this version of an item out as it is."""

    item: int
    version: int


class ItemComposed(CallbackData, prefix="itc"):
    """Take this version of an item into the composer."""

    item: int
    version: int


class ItemSkipped(CallbackData, prefix="its"):
    """Let this version of an item not go out."""

    item: int
    version: int
