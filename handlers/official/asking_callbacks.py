"""Callback data of questions to the citizen and of notes."""

from aiogram.filters.callback_data import CallbackData


class AskBegun(CallbackData, prefix="ask"):
    """To write a question to the citizen about the appeal as seen in this version."""

    appeal: int
    version: int


class QuestionSent(CallbackData, prefix="asksend"):
    """To send the question that was shown: the words of this message."""

    appeal: int
    version: int
    words: int


class NoteBegun(CallbackData, prefix="note"):
    """To write a note that only the staff reads."""

    appeal: int
    version: int
