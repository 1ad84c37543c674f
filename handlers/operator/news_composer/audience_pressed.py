"""The buttons with which the composer of news asks for whom a post is."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed
from handlers.operator.news_callbacks import NewsAudienceChosen, NewsRegionsOpened
from handlers.operator.news_composer.audience import regions_screen
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.steps import go, only_buttons, set_to
from handlers.screen import show
from services.delivery.target import Target


async def choose(callback: CallbackQuery, press: NewsAudienceChosen, desk: NewsDesk) -> None:
    """Set whom the post is for."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        target = Target(regions=(press.region,) if press.region else ())
        await go(callback, desk, set_to(sheet, target=target))


async def open_regions(callback: CallbackQuery, press: NewsRegionsOpened, desk: NewsDesk) -> None:
    """Show the regions."""
    sheet = await desk.sheet_for(callback, press.draft)
    if sheet is not None:
        await show(callback, regions_screen(sheet))


async def take_words(message: Message, desk: NewsDesk, sheet: Sheet) -> None:
    """Take words at the step of the audience."""
    await only_buttons(message, desk, sheet)


def router() -> Router:
    """Return the router of this step; the composer admits and provides."""
    router = Router(name="news audience")
    router.callback_query.register(choose, Pressed(NewsAudienceChosen))
    router.callback_query.register(open_regions, Pressed(NewsRegionsOpened))
    return router
