"""Callback data under a digest and of errands; rights are checked again in the use cases.

digest is 0 on a desk of a day of which no digest went out; words is the message that was seen, 0
where there are none; due is the ordinal of a day.
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.digests.model import Channel


class DigestRead(CallbackData, prefix="dgread"):
    """«Ознакомлен»: the reader has read this digest, of whatever period."""

    digest: int


class TakingOn(CallbackData, prefix="dgtake"):
    """To take the digest on, by a day to be chosen."""

    digest: int


class TakenOn(CallbackData, prefix="dgtook"):
    """The digest is taken on up to this day."""

    digest: int
    due: int


class Delegating(CallbackData, prefix="dgto"):
    """To give an errand to somebody from behind so many on the list."""

    digest: int
    after: int = 0


class DelegateChosen(CallbackData, prefix="dgwho"):
    """To this person, by a day to be chosen."""

    digest: int
    person: int


class DueChosen(CallbackData, prefix="dgdue"):
    """To this person by this day, in words to be written."""

    digest: int
    person: int
    due: int


class Delegated(CallbackData, prefix="dggive"):
    """The errand is given with the words of this message."""

    digest: int
    person: int
    due: int
    words: int = 0


class OperatorsAsked(CallbackData, prefix="dgask"):
    """To ask the operators, in words to be written."""

    digest: int


class QuestionPut(CallbackData, prefix="dgasked"):
    """The question of this message goes to the operators."""

    digest: int
    words: int


class BookMade(CallbackData, prefix="dgbook"):
    """The open cases of the own scope as a spreadsheet."""


class Errands(StrEnum):
    """Which errands."""

    MINE = "mine"
    GIVEN = "given"


class ErrandsListed(CallbackData, prefix="errands"):
    """A page of errands older than this one, 0 for the newest."""

    kind: Errands = Errands.MINE
    before: int = 0


class ErrandOpened(CallbackData, prefix="errand"):
    """One errand."""

    errand: int


class ErrandAccepted(CallbackData, prefix="erryes"):
    """«Қабылдадым»: whoever got the errand takes it."""

    errand: int


class ErrandEnding(CallbackData, prefix="errend"):
    """To say that the errand is done, or to answer the question, in words to be written."""

    errand: int


class ErrandDone(CallbackData, prefix="errdone"):
    """The errand is done; the words of this message tell more."""

    errand: int
    words: int = 0


class ErrandCallingOff(CallbackData, prefix="erroff"):
    """To call the errand off; only sure where the question was answered."""

    errand: int
    sure: bool = False


class DigestSettings(CallbackData, prefix="dgset"):
    """How the reader wants digests."""


class HourSet(CallbackData, prefix="dghour"):
    """Digests come at this minute of the day; -1 shows all there are to choose from."""

    minute: int = -1


class DaysOffSet(CallbackData, prefix="dgoff"):
    """Digests come on days off, or they do not."""

    wanted: bool


class ChannelSet(CallbackData, prefix="dgvia"):
    """Digests come this way."""

    channel: Channel


class AddressKept(CallbackData, prefix="dgmail"):
    """The address of this message is right."""

    words: int
