"""Callback data of the settings."""

from aiogram.filters.callback_data import CallbackData


class DataOpened(CallbackData, prefix="mydata"):
    """What is kept about the person."""


class PollsInvited(CallbackData, prefix="pollsoff"):
    """Messages about polls come, or do not."""

    invited: bool
