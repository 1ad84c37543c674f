"""What the buttons of the time of a post carry: the draft and absolute values."""

from aiogram.filters.callback_data import CallbackData


class NewsTimeChosen(CallbackData, prefix="nwt"):
    """When it goes out, in minutes since 1970 UTC; 0: at once."""

    draft: str
    at: int = 0


class NewsDaysShown(CallbackData, prefix="nwd"):
    """The days to choose from, a page of them."""

    draft: str
    page: int = 0


class NewsDayChosen(CallbackData, prefix="nwh"):
    """A day, by its ordinal; its hours follow."""

    draft: str
    day: int


class NewsLateSet(CallbackData, prefix="nwl"):
    """Whether who joins before the end of sending gets it too."""

    draft: str
    on: bool


class NewsRepeatSet(CallbackData, prefix="nwu"):
    """Whether a message that may have arrived is sent again."""

    draft: str
    on: bool


class NewsPaidSet(CallbackData, prefix="nwp"):
    """Whether sending is paid for."""

    draft: str
    on: bool
