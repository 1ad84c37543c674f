"""Callback data under the message about a ban."""

from aiogram.filters.callback_data import CallbackData


class ObjectionBegun(CallbackData, prefix="banobj"):
    """To object to the own ban with this number."""

    ban: int


class ObjectionSent(CallbackData, prefix="banobjs"):
    """To send the objection that was shown: the words of this message."""

    ban: int
    words: int
