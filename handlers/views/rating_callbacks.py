"""What the buttons of the rating carry: codes, versions and absolute values."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class DeputiesShown(CallbackData, prefix="ra"):
    """Where citizens find their deputy; of this region, where one is named."""

    region: str = ""


class DeputySought(CallbackData, prefix="ran"):
    """To find a deputy by name."""


class MaslikhatShown(CallbackData, prefix="ram"):
    """A maslikhat by place, from behind this many lines on."""

    code: str
    after: int = 0


class DeputyShown(CallbackData, prefix="rad"):
    """One deputy."""

    code: str


class DeputyDrawn(CallbackData, prefix="rac"):
    """A deputy’s picture."""

    code: str


class MethodShown(CallbackData, prefix="rae"):
    """The whole method of the newest round of a deputy, else of a maslikhat."""

    deputy: str = ""
    maslikhat: str = ""


class CorrectionsShown(CallbackData, prefix="rah"):
    """What was corrected in a deputy’s lines."""

    code: str


class LetterBegun(CallbackData, prefix="raw"):
    """To write to a deputy; in the place of this unfinished draft, where one was shown."""

    deputy: str
    instead: str = ""


class RoundsShown(CallbackData, prefix="rar"):
    """The rounds as those who work on them see them."""


class RoundShown(CallbackData, prefix="raro"):
    """One round."""

    code: str


class RoundLines(CallbackData, prefix="rarl"):
    """The lines of a round before it is published, from behind this many on."""

    code: str
    after: int = 0


class RoundPublished(CallbackData, prefix="rarp"):
    """To publish a round as it was seen."""

    code: str
    version: int


class RoundReturned(CallbackData, prefix="rarb"):
    """To send a round back with a reason, as it was seen."""

    code: str
    version: int


class RoundBrought(CallbackData, prefix="rart"):
    """To bring a table."""


class RoundTemplate(CallbackData, prefix="rarx"):
    """To get an example of a table."""


class RoundBegun(CallbackData, prefix="rarn"):
    """To say in the chat what a plain sheet does not: title, days, method."""


class CorrectionBegun(CallbackData, prefix="rak"):
    """To correct a line of a round: whose, to be found by name."""

    round: str


class LineChosen(CallbackData, prefix="rakd"):
    """Whose line of the round on the sheet is to be corrected."""

    deputy: str


class NumberChosen(CallbackData, prefix="rakn"):
    """Which number of the line: 0 is the score, then the indicators in their order."""

    deputy: str
    number: int


class Decision(StrEnum):
    """What becomes of a correction."""

    MADE = "m"
    DECLINED = "d"


class CorrectionShown(CallbackData, prefix="rakc"):
    """A correction that waits."""

    id: int


class CorrectionDecided(CallbackData, prefix="rakz"):
    """To decide on a correction."""

    id: int
    decision: Decision
