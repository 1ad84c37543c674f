"""Callback data of decisions about an appeal; rights are checked again in the use cases."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.appeals.declining import DeclineReason
from services.appeals.model import AppealType


class Verb(StrEnum):
    """What is decided in steps: a choice, words, a look at both."""

    EXTEND = "extend"
    REDIRECT = "redirect"
    DECLINE = "decline"
    MERGE = "merge"
    BAN = "ban"
    OPEN = "open"


class SortingPart(StrEnum):
    """What of an appeal is sorted."""

    TYPE = "type"
    TOPIC = "topic"
    PLACE = "place"


class SortAsked(CallbackData, prefix="dsort"):
    """What to change of the appeal as seen in this version."""

    appeal: int
    version: int


class SortingOpened(CallbackData, prefix="dsortp"):
    """The choice of one part."""

    appeal: int
    version: int
    part: SortingPart


class TypeSet(CallbackData, prefix="dtype"):
    """The appeal is of this type."""

    appeal: int
    version: int
    type: AppealType


class TopicSet(CallbackData, prefix="dtopic"):
    """The appeal is about this topic."""

    appeal: int
    version: int
    topic: str


class ExtendAsked(CallbackData, prefix="dext"):
    """To extend the term."""

    appeal: int
    version: int


class RedirectAsked(CallbackData, prefix="dred"):
    """To redirect the appeal to another body."""

    appeal: int
    version: int


class DeclineAsked(CallbackData, prefix="ddec"):
    """To decline the appeal."""

    appeal: int
    version: int


class MergeAsked(CallbackData, prefix="dmrg"):
    """To join the appeal to another one."""

    appeal: int
    version: int


class BanAsked(CallbackData, prefix="dban"):
    """To ban the author for a while, or to end that."""

    appeal: int
    version: int


class NameAsked(CallbackData, prefix="dname"):
    """To open the sealed name of the citizen."""

    appeal: int
    version: int


class NameHidden(CallbackData, prefix="dnameh"):
    """To take an opened name off the screen."""

    appeal: int


class ExtendTo(CallbackData, prefix="dextto"):
    """A new due date, by its ordinal."""

    appeal: int
    version: int
    day: int


class DeclineFor(CallbackData, prefix="ddecfor"):
    """A reason to decline."""

    appeal: int
    version: int
    reason: DeclineReason


class MergeWith(CallbackData, prefix="dmrgto"):
    """The appeal to which this one is joined."""

    appeal: int
    version: int
    target: int


class BanUntil(CallbackData, prefix="dbanto"):
    """The end of a ban, in seconds of the epoch."""

    appeal: int
    version: int
    until: int


class BanLifted(CallbackData, prefix="dlift"):
    """To end the ban that came from this appeal, by its number."""

    appeal: int
    ban: int


class BanUpheld(CallbackData, prefix="dkeep"):
    """To let the ban that came from this appeal stand, by its number."""

    appeal: int
    ban: int


class BansShown(CallbackData, prefix="dbans"):
    """The bans in force."""


class ChoiceAsked(CallbackData, prefix="dback"):
    """Back to the choice of the decision that is being prepared."""

    appeal: int
    version: int
    verb: Verb


class Decided(CallbackData, prefix="dyes"):
    """To do exactly what was shown: `mark` tells the choice and the words."""

    appeal: int
    version: int
    verb: Verb
    mark: str


class DecisionLeft(CallbackData, prefix="dno"):
    """Not to decide after all: back to the appeal; what was written stays."""

    appeal: int
