"""Callback data used by more than one conversation.

At most 64 bytes: ids and an expected version, never text; rights are checked in the use case,
because anybody can forge them.
"""

from aiogram.filters.callback_data import CallbackData

from services.language import Language
from services.people.consent import ConsentKind


class Home(CallbackData, prefix="home"):
    """To the main menu."""


class LanguageChosen(CallbackData, prefix="lang"):
    """A language, at the start or later."""

    language: Language


class ConsentGiven(CallbackData, prefix="agree"):
    """Agreement to the text of this version, as shown in this language.

    onward: what needed it goes on.
    """

    kind: ConsentKind
    version: str
    language: Language
    onward: bool


class ConsentRead(CallbackData, prefix="consent"):
    """To read the text that is asked about in this language."""

    kind: ConsentKind
    language: Language


class ConsentRefused(CallbackData, prefix="refuse"):
    """No agreement: what then."""

    kind: ConsentKind


class Noop(CallbackData, prefix="noop"):
    """A button that only shows something, such as «2/5»."""


class OpenSettings(CallbackData, prefix="settings"):
    """The settings."""
