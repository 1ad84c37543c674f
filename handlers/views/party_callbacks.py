"""What the buttons of the two screens of the party's own life carry."""

from aiogram.filters.callback_data import CallbackData


class PartyLifeShown(CallbackData, prefix="plife"):
    """What citizens find of the party's own life."""


class PartyDeskShown(CallbackData, prefix="pdesk"):
    """Where staff look after it."""
