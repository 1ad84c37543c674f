"""Callback data of the desk of appeals; rights are checked again in the use cases.

`of` narrows a list: the code of a region or of a topic, "" for the others.
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.appeals.lists import Listed


class Part(StrEnum):
    """What of an appeal is shown only when asked for."""

    TEXT = "text"
    FILES = "files"
    MAP = "map"


class AppealsDesk(CallbackData, prefix="adesk"):
    """To the desk of appeals."""


class NextTaken(CallbackData, prefix="anext"):
    """Take the most urgent appeal that nobody works on, other than the one just seen."""

    after: int = 0


class AppealOpened(CallbackData, prefix="aopen"):
    """The card of an appeal, for any member of staff; «Back» leads to the list it came from."""

    appeal: int
    source: Listed = Listed.NONE
    of: str = ""


class AppealMore(CallbackData, prefix="amore"):
    """The card of an appeal with the less frequent actions."""

    appeal: int
    source: Listed = Listed.NONE
    of: str = ""


class AppealPart(CallbackData, prefix="apart"):
    """A part of an appeal that its card leaves out."""

    appeal: int
    part: Part


class HistoryShown(CallbackData, prefix="ahist"):
    """A page of the history of an appeal; 0 is the newest."""

    appeal: int
    page: int = 0


class AppealsListed(CallbackData, prefix="alist"):
    """A page of a list after the key (ordinal of the due date, appeal); zeros begin it."""

    kind: Listed
    of: str = ""
    due: int = 0
    after: int = 0


class ListsShown(CallbackData, prefix="alists"):
    """Which list: the less frequent ones, or those of the regions or of the topics."""

    kind: Listed


class SearchBegun(CallbackData, prefix="afind"):
    """To look for an appeal by its number, a phone, or words."""


class FoundMore(CallbackData, prefix="afound"):
    """What was found, from below this appeal on; 0 is the beginning."""

    before: int = 0


class WorkBegun(CallbackData, prefix="abegin"):
    """To work on the appeal as seen in this version."""

    appeal: int
    version: int


class WorkReleased(CallbackData, prefix="arelease"):
    """To give the appeal back into the queue."""

    appeal: int
    version: int


class AssigneeAsked(CallbackData, prefix="aassign"):
    """Whom to assign the appeal to; a page of colleagues after this person."""

    appeal: int
    version: int
    after: int = 0


class Assigned(CallbackData, prefix="aassignee"):
    """To assign the appeal to this member of staff."""

    appeal: int
    version: int
    person: int


class DutySet(CallbackData, prefix="aduty"):
    """To be on duty for urgent appeals, or not to be."""

    on: bool
