"""Callback data of the settings."""

from aiogram.filters.callback_data import CallbackData


class DataOpened(CallbackData, prefix="mydata"):
    """What is kept about the person."""


class ConsentOpened(CallbackData, prefix="consent"):
    """The text of the consent."""
