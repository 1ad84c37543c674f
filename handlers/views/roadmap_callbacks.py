"""What the buttons of the Road Map carry: codes, ids and absolute values."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Part(StrEnum):
    """What a report still needs once its value is known."""

    COMMENT = "c"
    EVIDENCE = "e"


class BoardShown(CallbackData, prefix="rmb"):
    """The own board: all of it, a section, or the page of a section after an indicator."""

    section: str = ""
    after: str = ""


class IndicatorShown(CallbackData, prefix="rmi"):
    """One indicator as those who work see it."""

    code: str


class HistoryShown(CallbackData, prefix="rmh"):
    """What was reported of an indicator before the fact of this id; 0: from the newest on."""

    code: str
    before: int = 0


class EvidenceShown(CallbackData, prefix="rme"):
    """The photos and documents of one report."""

    code: str
    fact: int


class ReportBegun(CallbackData, prefix="rmr"):
    """To report how far an indicator is."""

    code: str


class ReportPart(CallbackData, prefix="rmrp"):
    """Back to a part of the report whose value this message gave."""

    code: str
    words: int
    part: Part


class ReportSkipped(CallbackData, prefix="rmrs"):
    """Nothing (more) for this part of the report whose value this message gave."""

    code: str
    words: int
    part: Part


class ReturnBegun(CallbackData, prefix="rmq"):
    """To return a report with a question."""

    code: str
    fact: int


class ReturnReplied(CallbackData, prefix="rma"):
    """To reply to the question with which a report was returned."""

    code: str
    fact: int


class PublicBoard(CallbackData, prefix="rmp"):
    """The public board: its sections, one of them, or the page of one after an indicator."""

    section: str = ""
    after: str = ""


class PublicIndicator(CallbackData, prefix="rmpi"):
    """One indicator as everybody sees it."""

    code: str
