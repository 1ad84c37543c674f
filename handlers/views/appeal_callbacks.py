"""Callback data of appeals: ids, versions and absolute values, never text."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Screens(StrEnum):
    """What a button of the draft leads to."""

    TOPIC = "topic"
    # Back from the place: the topic, or the check screen where the place is only being changed.
    BEFORE_PLACE = "before"
    PLACE = "place"
    TEXT = "text"
    FILES = "files"
    CHECK = "check"


class AppealBegun(CallbackData, prefix="ap"):
    """Leave an appeal."""


class DraftContinued(CallbackData, prefix="apc"):
    """Go on with an unfinished draft."""

    draft: str


class DraftDropped(CallbackData, prefix="apn"):
    """Begin anew instead of this draft."""

    draft: str


class DraftLeft(CallbackData, prefix="apx"):
    """Leave the draft for later."""


class TopicChosen(CallbackData, prefix="apt"):
    """What the appeal is about."""

    draft: str
    topic: str


class DraftShown(CallbackData, prefix="apg"):
    """One screen of the draft: a step back, or a part to change."""

    draft: str
    screen: Screens


class TextRewritten(CallbackData, prefix="apw"):
    """Other words, instead of those of the messages up to this one."""

    draft: str
    since: int


class TextKept(CallbackData, prefix="apk"):
    """The old words after all."""

    draft: str


class FilesRemoved(CallbackData, prefix="apf"):
    """No files of the messages up to this one."""

    draft: str
    since: int


class AppealSent(CallbackData, prefix="aps"):
    """Register the draft."""

    draft: str


class OwnAppeals(CallbackData, prefix="my"):
    """A page of own appeals, from below this id on; 0 is the newest page."""

    after: int = 0


class OwnAppeal(CallbackData, prefix="mya"):
    """One own appeal; pressed under a receipt, which stays as it is, or elsewhere."""

    appeal: int
    receipt: bool = False


class AnswerRated(CallbackData, prefix="rate"):
    """How good the answer is, 1 to 5."""

    appeal: int
    rating: int


class AnswerJudged(CallbackData, prefix="solved"):
    """Whether the matter is solved."""

    appeal: int
    solved: bool
