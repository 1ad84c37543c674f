"""What the buttons of reports and of answers in words carry; the use cases check the rights."""

from aiogram.filters.callback_data import CallbackData

from services.language import Language


class ReportsListed(CallbackData, prefix="rpl"):
    """Closed polls from the one after this on; 0 for the newest."""

    before: int = 0


class ReportOpened(CallbackData, prefix="rpo"):
    """The reports of one poll."""

    poll: int


class ReportMade(CallbackData, prefix="rpm"):
    """A report as a file: a spreadsheet, or a PDF."""

    poll: int
    language: Language
    book: bool


class TextsListed(CallbackData, prefix="thl"):
    """The questions with answers in words."""


class TextsOpened(CallbackData, prefix="tho"):
    """The next answer to a question, after this number."""

    poll: int
    question: int
    after: int = -1


class ThemeGiven(CallbackData, prefix="thg"):
    """A theme for an answer, by its number, or «unsuitable»."""

    poll: int
    question: int
    number: int
    code: str


class AnswerSkipped(CallbackData, prefix="ths"):
    """Leave an answer to somebody else."""

    poll: int
    question: int
    number: int


class ThemeTakenBack(CallbackData, prefix="thb"):
    """Read the answer again that was counted last."""

    poll: int
    question: int
    number: int


class ThemeBegun(CallbackData, prefix="thn"):
    """Name a new theme for this answer."""

    poll: int
    question: int
    number: int
