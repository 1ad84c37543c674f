"""Callback data used by more than one conversation.

At most 64 bytes: ids and an expected version, never text; rights are checked in the use case,
because anybody can forge them.
"""

from aiogram.filters.callback_data import CallbackData

from services.language import Language


class Home(CallbackData, prefix="home"):
    """To the main menu."""


class LanguageChosen(CallbackData, prefix="lang"):
    """A language, at the start or later."""

    language: Language


class ConsentGiven(CallbackData, prefix="agree"):
    """Agreement to the text of this version."""

    version: str


class ConsentRead(CallbackData, prefix="consent"):
    """To read the whole consent text again."""


class ConsentRefused(CallbackData, prefix="refuse"):
    """No agreement: what then."""


class Noop(CallbackData, prefix="noop"):
    """A button that only shows something, such as «2/5»."""


class OpenSettings(CallbackData, prefix="settings"):
    """The settings."""
