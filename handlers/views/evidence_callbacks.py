"""Callback data of the evidence of an appeal."""

from aiogram.filters.callback_data import CallbackData

from services.language import Language


class EvidenceAsked(CallbackData, prefix="pdf"):
    """To get an appeal that one handles as a PDF."""

    appeal: int
    version: int


class OwnEvidenceAsked(CallbackData, prefix="pdfown"):
    """To get one's own appeal as a PDF."""

    appeal: int


class EvidenceMade(CallbackData, prefix="pdfdo"):
    """To make it in this language; own: as the citizen whose appeal it is."""

    appeal: int
    language: Language
    own: bool
