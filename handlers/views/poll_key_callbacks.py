"""What the buttons of polls with two keys carry."""

from aiogram.filters.callback_data import CallbackData


class HoldersAsked(CallbackData, prefix="pkh"):
    """Who shall hold the keys of this draft: nobody is chosen yet."""

    draft: str


class FirstChosen(CallbackData, prefix="pk1"):
    """The first holder; the second is asked for."""

    draft: str
    first: int


class BothChosen(CallbackData, prefix="pk2"):
    """Both holders; it is asked whether that is meant."""

    draft: str
    first: int
    second: int


class HoldersNamed(CallbackData, prefix="pkn"):
    """Ask these two for their passphrases."""

    draft: str
    first: int
    second: int


class LockedShown(CallbackData, prefix="pkw"):
    """Whose passphrase is set, and whose is not."""

    draft: str


class LockedCalledOff(CallbackData, prefix="pkx"):
    """Take the draft back from its holders."""

    draft: str


class PassphraseSet(CallbackData, prefix="pks"):
    """Set one's passphrase for this poll."""

    draft: str


class PassphraseGiven(CallbackData, prefix="pkg"):
    """Give one's passphrase, for the answers to be counted."""

    draft: str
