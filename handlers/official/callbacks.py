"""Callback data of the officials' desk; rights are checked again in the use cases."""

from aiogram.filters.callback_data import CallbackData

from services.roadmap.desk import CaseList


class DeskOpened(CallbackData, prefix="mydesk"):
    """To the official's own digest of this moment."""


class CasesListed(CallbackData, prefix="cases"):
    """A page of a list after the key (ordinal of the due date, appeal); zeros begin it."""

    kind: CaseList
    due: int = 0
    after: int = 0


class CaseOpened(CallbackData, prefix="case"):
    """One appeal, from the list to which «Back» leads."""

    appeal: int
    kind: CaseList


class AnswerBegun(CallbackData, prefix="reply"):
    """To write an answer to the appeal as seen in this version."""

    appeal: int
    version: int
    kind: CaseList


class TemplatesShown(CallbackData, prefix="replytpls"):
    """The templates for the answer that is being written."""

    appeal: int


class TemplateShown(CallbackData, prefix="replytpl"):
    """One template, to be copied, filled in and sent."""

    appeal: int
    template: str


class AnswerPreviewed(CallbackData, prefix="replylook"):
    """Back to the answer as it stands: the words of this message."""

    appeal: int
    words: int


class ReasonAsked(CallbackData, prefix="replywhy"):
    """To say why the answer is sent in spite of doubts: the words of this message."""

    appeal: int
    words: int


class AnswerSent(CallbackData, prefix="replysend"):
    """To send the answer that was previewed: the words of these messages.

    words: the message of the answer; reason: that of the reason, 0 where none is needed; promised:
    the ordinal of the day up to which something is promised, 0 where nothing is.
    """

    appeal: int
    version: int
    words: int
    reason: int = 0
    promised: int = 0


class AnswerDropped(CallbackData, prefix="replydrop"):
    """Not to answer after all: back to the appeal."""

    appeal: int
    kind: CaseList
