"""Taking a post back into the composer: from its request for approval, or from the plan."""

from aiogram.types import CallbackQuery

from handlers.operator.news_composer import screens
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.keeping import sheet_of
from handlers.operator.news_composer.sheet import Piece, Sheet
from handlers.operator.news_composer.steps import go
from handlers.screen import acknowledge, show
from handlers.text import _
from services.news.model import Draft
from storage.news import post_of_draft


async def free_for(callback: CallbackQuery, desk: NewsDesk, draft_id: str) -> bool:
    """Tell whether the composer can take this draft; where it cannot, say why.

    Another may be unfinished, and this one may have gone out since its button was shown.
    """
    if await desk.db.read(post_of_draft, draft_id) is not None:
        await acknowledge(callback, _("This post has already been sent or deleted."))
        return False
    sheet = await sheet_of(desk.state)
    if sheet is None or not sheet.version or sheet.draft == draft_id:
        return True
    await show(callback, screens.begun_screen(sheet, desk.organisation))
    return False


async def reopen(
    callback: CallbackQuery, desk: NewsDesk, draft_id: str, version: int, draft: Draft
) -> None:
    """Show the post in the composer again, as this version; what it became since then stays."""
    sheet = await sheet_of(desk.state)
    if sheet is None or sheet.draft != draft_id:
        sheet = _sheet(draft_id, version, draft)
    await go(callback, desk, sheet)


def _sheet(draft_id: str, version: int, draft: Draft) -> Sheet:
    pieces = tuple(Piece(0, media.type, media.file_id) for media in draft.media)
    sheet = Sheet(
        draft=draft_id,
        version=version - 1,
        links=draft.links,
        late_joiners=draft.late_joiners,
        repeat_uncertain=draft.repeat_uncertain,
        stars=draft.stars,
        channel=draft.channel,
    )
    return sheet.changed(
        topic=draft.topic,
        text_kk=draft.text_kk,
        text_ru=draft.text_ru,
        media=pieces,
        target=draft.target,
        publish_at=draft.publish_at,
    )
