"""Callback data under an answer and under a question; decision is the version of the answer."""

from aiogram.filters.callback_data import CallbackData


class SolvedSaid(CallbackData, prefix="vyes"):
    """The matter is solved."""

    appeal: int
    decision: int


class DisputeBegun(CallbackData, prefix="vno"):
    """The matter is not solved: to write what is wrong."""

    appeal: int
    decision: int


class DisputeSent(CallbackData, prefix="vsend"):
    """To send the comment that was shown: the words of this message."""

    appeal: int
    decision: int
    words: int


class DisputeDropped(CallbackData, prefix="vdrop"):
    """Not to complain about the answer after all."""

    appeal: int


class AnswerRated(CallbackData, prefix="vrate"):
    """How good the answer is, 1 to 5."""

    appeal: int
    decision: int
    rating: int


class PromiseKept(CallbackData, prefix="vkept"):
    """What the answer promised was done."""

    appeal: int
    decision: int


class ReplyBegun(CallbackData, prefix="qreply"):
    """To reply to the question of this version."""

    appeal: int
    question: int


class ReplyEnded(CallbackData, prefix="qend"):
    """All is said."""
