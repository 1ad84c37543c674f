"""What the buttons of the review of a quarter carry; the use cases check the rights.

quarter is as «2026-3», "" for the newest that is over; region a KATO prefix, "" for the country.
"""

from aiogram.filters.callback_data import CallbackData

from services.language import Language


class ReviewOpened(CallbackData, prefix="exr"):
    """The files of a quarter and a place."""

    quarter: str = ""
    region: str = ""


class ReviewPlaces(CallbackData, prefix="exp"):
    """The places of which there may be a review."""

    quarter: str


class ReviewMade(CallbackData, prefix="exm"):
    """The review as a file: a spreadsheet, or a PDF."""

    quarter: str
    region: str
    language: Language
    book: bool
