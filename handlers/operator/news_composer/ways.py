"""The ways out of a step of the composer of news."""

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, cancel
from handlers.operator.news_callbacks import NewsPartOpened
from handlers.operator.news_composer.sheet import Sheet


def ways_out(sheet: Sheet) -> list[InlineKeyboardButton]:
    """Return «Back», where there is something before this step, and «Cancel»."""
    before = sheet.before
    ways = [back(NewsPartOpened(draft=sheet.draft, step=before))] if before else []
    return [*ways, cancel()]
