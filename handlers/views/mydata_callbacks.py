"""Callback data of having, and of erasing, everything that the bot keeps about oneself."""

from aiogram.filters.callback_data import CallbackData


class OwnDataAsked(CallbackData, prefix="own"):
    """To be sent everything that is kept about oneself."""


class TermsOpened(CallbackData, prefix="terms"):
    """How long what is kept."""


class ForgetOpened(CallbackData, prefix="forget"):
    """What erasing means."""


class AppealFate(CallbackData, prefix="fgfate"):
    """What shall become of an open appeal (0: of all of them): answered first, or taken back."""

    appeal: int
    answered_first: bool


class FatesOpened(CallbackData, prefix="fgfates"):
    """What shall become of open appeals."""


class ForgetAsked(CallbackData, prefix="fgask"):
    """The first confirmation."""


class ForgetConfirmed(CallbackData, prefix="fgdone"):
    """The second confirmation, bound to the first one.

    off_board: proposals leave the board too.
    """

    round: str
    off_board: bool = False
