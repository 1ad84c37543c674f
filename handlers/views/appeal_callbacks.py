"""Callback data of appeals: ids, versions and absolute values, never text."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.appeals.model import AppealType


class Screens(StrEnum):
    """What a button of the draft leads to."""

    TOPIC = "topic"
    # Back from the place: the topic, or the check screen where the place is only being changed.
    BEFORE_PLACE = "before"
    PLACE = "place"
    TEXT = "text"
    FILES = "files"
    SIMILAR = "similar"
    CHECK = "check"
    CHANGE = "change"
    TYPE = "type"
    QUESTION = "question"
    PHONE = "phone"
    SEAL = "seal"


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


class TypeChosen(CallbackData, prefix="apy"):
    """What the citizen wants; None leaves it to the operator."""

    draft: str
    type: AppealType | None


class TypeHelped(CallbackData, prefix="aph"):
    """One question of «help me choose»: the number of the type, from 0."""

    draft: str
    number: int


class QuestionAsked(CallbackData, prefix="apq"):
    """One question of the topic."""

    draft: str
    question: str


class PhoneRemoved(CallbackData, prefix="app"):
    """No phone after all."""

    draft: str


class Sealed(CallbackData, prefix="apl"):
    """Whether name and phone are sealed."""

    draft: str
    on: bool


class SimilarJoined(CallbackData, prefix="apj"):
    """To join somebody else's appeal instead of sending the draft."""

    draft: str
    appeal: int


class OwnMatter(CallbackData, prefix="apo"):
    """The draft is about another matter than what was offered."""

    draft: str


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


class AdditionBegun(CallbackData, prefix="mad"):
    """To add words, files or a place to an own appeal."""

    appeal: int


class WithdrawalAsked(CallbackData, prefix="mwa"):
    """Whether an own appeal shall really be withdrawn."""

    appeal: int


class Withdrawn(CallbackData, prefix="mwd"):
    """To withdraw an own appeal as seen in this version."""

    appeal: int
    version: int


class FollowedAppeals(CallbackData, prefix="mfs"):
    """A page of appeals that one has joined, from below this id on; 0 is the newest page."""

    after: int = 0


class FollowedAppeal(CallbackData, prefix="mfa"):
    """An appeal that one has joined; pressed under a message that stays, or elsewhere."""

    appeal: int
    receipt: bool = False


class FollowedLeft(CallbackData, prefix="mfl"):
    """To get no news of an appeal any more that one has joined."""

    appeal: int
