"""What the composer's buttons carry: the draft they belong to and absolute values."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.language import Language


class Step(StrEnum):
    """What the composer asks for, in this order."""

    QUESTION_KK = "qk"
    QUESTION_RU = "qr"
    OPTIONS_KK = "ok"
    OPTIONS_RU = "or"
    AUDIENCE = "a"
    CLOSING = "c"
    CHECK = "p"


class ComposePoll(CallbackData, prefix="pnew"):
    """Begin a poll, or go on with the one begun."""


class PartOpened(CallbackData, prefix="ppart"):
    """Go to a step of this draft."""

    draft: str
    step: Step


class StepBack(CallbackData, prefix="pback"):
    """Back from this step: to the one before, or to the check of a complete draft."""

    draft: str
    step: Step


class EverybodyChosen(CallbackData, prefix="pall"):
    """Ask everybody; a region is chosen with the picker of places."""

    draft: str


class ClosingChosen(CallbackData, prefix="pclo"):
    """Close at 18:00 so many days from today."""

    draft: str
    days: int


class DifficultSet(CallbackData, prefix="pdif"):
    """Offer «difficult to answer», or do not."""

    draft: str
    offered: bool


class Previewed(CallbackData, prefix="pview"):
    """See the poll as citizens will, in this language."""

    draft: str
    language: Language


class PollLaunched(CallbackData, prefix="pgo"):
    """Launch exactly this version of the draft."""

    draft: str
    version: int


class DraftDropped(CallbackData, prefix="pdrop"):
    """Throw this draft away."""

    draft: str
