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


class AnswerSent(CallbackData, prefix="replysend"):
    """To send the answer that was previewed: the words of this message."""

    appeal: int
    version: int
    kind: CaseList
    words: int


class AnswerDropped(CallbackData, prefix="replydrop"):
    """Not to answer after all: back to the appeal."""

    appeal: int
    kind: CaseList
