"""What the buttons of the audit carry; the use cases check the rights."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class By(StrEnum):
    """By what rows are chosen."""

    WHO = "w"
    WHAT = "d"
    DAY = "t"
    CASE = "c"


class AuditShown(CallbackData, prefix="aud"):
    """Rows of this person, of deeds of this kind, of this appeal, on this day; 0 or "" for any.

    before: the rows below this number, 0 for the newest.
    """

    who: int = 0
    what: str = ""
    case: int = 0
    day: int = 0
    before: int = 0


class AuditNarrowed(CallbackData, prefix="aun"):
    """To choose one thing more; the rest as in `AuditShown`. after: the person before the page."""

    by: By
    who: int = 0
    what: str = ""
    case: int = 0
    day: int = 0
    after: int = 0


class AuditChecked(CallbackData, prefix="auc"):
    """To go along the chain."""
