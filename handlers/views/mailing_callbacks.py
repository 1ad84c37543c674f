"""What the buttons of mailings carry: which mailing, and the version they saw."""

from aiogram.filters.callback_data import CallbackData

from services.delivery.mailing_control import Control


class MailingsListed(CallbackData, prefix="mlist"):
    """The mailings older than this one; of 0 the newest."""

    before: int = 0


class MailingOpened(CallbackData, prefix="mcard"):
    """Everything about one mailing, as it is now."""

    mailing: int


class MailingControlled(CallbackData, prefix="ml"):
    """Pause, resume or cancel a mailing as it was at this version.

    card: what is shown then is its card rather than its progress.
    """

    control: Control
    mailing: int
    version: int
    card: bool


class CancellationAsked(CallbackData, prefix="mlask"):
    """Whether to cancel a mailing for good."""

    mailing: int
    version: int
    card: bool


class CancellationDropped(CallbackData, prefix="mlno"):
    """Not to cancel it after all."""


class RecallAsked(CallbackData, prefix="mrask"):
    """Whether to take a mailing back."""

    mailing: int


class RecallConfirmed(CallbackData, prefix="mr"):
    """Take back a mailing as it was at this version."""

    mailing: int
    version: int


class ResendAsked(CallbackData, prefix="maask"):
    """Whom a mailing did not reach, and whether to send it to them again."""

    mailing: int


class ResendConfirmed(CallbackData, prefix="ma"):
    """Send a mailing again as it was at this version, also to those who may have got it or not."""

    mailing: int
    version: int
    uncertain: bool


class WorkbookAsked(CallbackData, prefix="mxlsx"):
    """A mailing in numbers, as a file."""

    mailing: int
