"""Callback data of quotes from appeals; rights are checked again in the use cases."""

from aiogram.filters.callback_data import CallbackData


class QuotesListed(CallbackData, prefix="quotel"):
    """Appeals that could be quoted, older than this one; 0 for the newest."""

    before: int = 0


class QuoteAsked(CallbackData, prefix="quote"):
    """What could be quoted from the appeal."""

    appeal: int
    version: int


class QuoteAllowed(CallbackData, prefix="quoteok"):
    """To let others read the words shown: those of this message, 0 for the proposal."""

    appeal: int
    words: int


class QuoteTakenBack(CallbackData, prefix="quoteno"):
    """To let nobody read the quote any more."""

    appeal: int
