"""What the buttons of editing the Road Map carry; administrators only.

Officials and what they shall answer for are both named by codes, which do not fit on one button
together: the latter stands in the conversation, and `tag` tells whether it is still the same.
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Field(StrEnum):
    """What of an indicator is asked for, in this order where it is new."""

    NAME_KK = "nk"
    NAME_RU = "nr"
    UNIT_KK = "uk"
    UNIT_RU = "ur"
    START = "s"
    PLAN = "p"
    BEGINS_ON = "b"
    DUE_ON = "d"
    PLACE = "w"


class Answering(StrEnum):
    """For what somebody is named."""

    INDICATOR = "i"
    SECTION = "s"


class EditShown(CallbackData, prefix="rmx"):
    """What can be changed of an indicator; without a code all sections."""

    code: str = ""


class SectionEdited(CallbackData, prefix="rmxs"):
    """What can be changed of a section; its indicators after the one of this code."""

    section: str = ""
    after: str = ""


class IndicatorBegun(CallbackData, prefix="rmxa"):
    """A new indicator of this section."""

    section: str


class FieldAsked(CallbackData, prefix="rmxf"):
    """To write one thing of this indicator, or of the draft of this code, anew."""

    code: str
    field: Field


class PlaceSet(CallbackData, prefix="rmxp"):
    """The indicator is one of this place: a code of two or six digits, «» for the country."""

    code: str
    kato: str = ""


class DraftSaved(CallbackData, prefix="rmxy"):
    """Take the draft of this code into the Road Map."""

    code: str


class DraftDropped(CallbackData, prefix="rmxn"):
    """Throw the draft of this code away."""

    code: str


class RetiringAsked(CallbackData, prefix="rmxr"):
    """Ask whether to take this indicator off the board."""

    code: str


class Retired(CallbackData, prefix="rmxz"):
    """Take this indicator, as seen in this version, off the board."""

    code: str
    version: int


class AssigneeAsked(CallbackData, prefix="rmxw"):
    """Ask who shall answer for an indicator or a section."""

    what: Answering
    code: str


class AssigneesTurned(CallbackData, prefix="rmxu"):
    """More people to choose from, after this one."""

    tag: str
    after: str = ""


class AssigneeChosen(CallbackData, prefix="rmxo"):
    """This official shall answer."""

    tag: str
    official: str


class SinceChosen(CallbackData, prefix="rmxd"):
    """From this day on, by its ordinal."""

    tag: str
    day: int


class TableAsked(CallbackData, prefix="rmxi"):
    """To bring a table."""


class TableSent(CallbackData, prefix="rmxe"):
    """Send everything as a table."""

    book: bool


class PollsAsked(CallbackData, prefix="rmxl"):
    """Which poll speaks of this indicator: counted ones from before this one on, 0: the newest."""

    code: str
    before: int = 0


class PollTied(CallbackData, prefix="rmxk"):
    """The result of this poll is shown beside the indicator, or not."""

    code: str
    poll: int
    on: bool
