"""The buttons with which the composer of news asks when a post goes out."""

from aiogram import Router
from aiogram.types import Message

from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.steps import only_buttons


async def take_words(message: Message, desk: NewsDesk, sheet: Sheet) -> None:
    """Take words at the step of the time."""
    await only_buttons(message, desk, sheet)


def router() -> Router:
    """Return the router of this step; the composer admits and provides."""
    return Router(name="news timing")
