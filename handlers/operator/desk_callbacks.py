"""What the buttons of the operator's desk carry; each opens one kind of work."""

from aiogram.filters.callback_data import CallbackData


class DeskShown(CallbackData, prefix="desk"):
    """The operator's desk."""


class RunningPolls(CallbackData, prefix="prun"):
    """Polls that take answers now."""


class CloseAsked(CallbackData, prefix="pstop"):
    """Ask whether to close this poll before its time."""

    poll: int


class CloseConfirmed(CallbackData, prefix="pstopyes"):
    """Close this poll now."""

    poll: int


class PassportShown(CallbackData, prefix="pcpass"):
    """What was fixed by the launch of this poll."""

    poll: int


class ExtensionAsked(CallbackData, prefix="pclong"):
    """Ask by how long to extend this poll."""

    poll: int


class ExtensionConfirmed(CallbackData, prefix="pclongyes"):
    """Let this poll close so many days later than was announced first."""

    poll: int
    days: int


class PollShared(CallbackData, prefix="pash"):
    """The open link of this poll."""

    poll: int
