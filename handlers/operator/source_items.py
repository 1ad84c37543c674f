"""What a source brought and an operator decides: out as it is, into the composer, or left out."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed, Works
from handlers.notice import Notice
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.keeping import sheet_of
from handlers.operator.news_composer.reopening import free_for
from handlers.operator.news_composer.sheet import Piece, Sheet
from handlers.operator.news_composer.steps import go
from handlers.provided import provide
from handlers.screen import Screen, send, show
from handlers.text import _
from handlers.views.post_previews import previews
from handlers.views.source_callbacks import (
    ItemComposed,
    ItemPreviewed,
    ItemPublished,
    ItemShown,
    ItemSkipped,
)
from handlers.views.source_notices import item_screen
from services.language import Language
from services.news.deciding import Item, compose_item, find_item, publish_item, skip_item
from services.news.items import ItemStatus, draft_of
from services.people.deeds import Deed
from services.refusal import Refusal


async def show_item(callback: CallbackQuery, press: ItemShown, desk: NewsDesk) -> None:
    """Show an item as it is now."""
    item = await desk.db.read(find_item, press.item)
    await show(callback, item_screen(item, desk.organisation))


async def preview(callback: CallbackQuery, press: ItemPreviewed, desk: NewsDesk) -> None:
    """Show an item as its readers would get it."""
    item = await desk.db.read(find_item, press.item)
    both: list[Notice] = previews(draft_of(item.source, item.content), desk.organisation)
    notice = both[list(Language).index(item.source.language)]
    await send(callback, Screen(notice.text, notice.keyboard, media=notice.media))


async def publish(callback: CallbackQuery, press: ItemPublished, desk: NewsDesk) -> None:
    """Let out what was seen; decided by a colleague or changed since, show how it stands."""
    by, now, limit = desk.person.id, desk.clock.now(), desk.policy.approval_above
    try:
        item = await desk.db.write(publish_item, by, press.item, press.version, now, limit)
    except Refusal as refusal:
        item = await desk.db.read(find_item, press.item)
        note = _(refusal.message).format(**refusal.parameters)
        await show(callback, item_screen(item, desk.organisation, note=note))
        return
    await _show(callback, desk, item, press.version)


async def leave_out(callback: CallbackQuery, press: ItemSkipped, desk: NewsDesk) -> None:
    """Let what was seen not go out."""
    by, now = desk.person.id, desk.clock.now()
    item = await desk.db.write(skip_item, by, press.item, press.version, now)
    await _show(callback, desk, item, press.version)


async def compose(callback: CallbackQuery, press: ItemComposed, desk: NewsDesk) -> None:
    """Open what was seen in the composer: its text in its place, the other still to be written."""
    draft = f"composed-{press.item}"
    if not await free_for(callback, desk, draft):
        return
    by, now = desk.person.id, desk.clock.now()
    item = await desk.db.write(compose_item, by, press.item, press.version, now)
    mine = item.status is ItemStatus.COMPOSING and item.decided_by == desk.person.id
    if not mine or item.version != press.version + 1:
        await _show(callback, desk, item, press.version)
        return
    await show(callback, item_screen(item, desk.organisation))
    kept = await sheet_of(desk.state)
    sheet = kept if kept is not None and kept.draft == draft else _sheet(draft, item)
    # Below the card, which goes on to tell who has it.
    if isinstance(callback.message, Message):
        await go(callback.message, desk, sheet)


def _sheet(draft: str, item: Item) -> Sheet:
    post = draft_of(item.source, item.content)
    kazakh = item.source.language is Language.KAZAKH
    return Sheet(draft, links=post.links).changed(
        topic=post.topic,
        text_kk=post.text_kk if kazakh else None,
        text_ru=None if kazakh else post.text_ru,
        media=tuple(Piece(0, one.type, one.file_id) for one in post.media),
    )


async def _show(callback: CallbackQuery, desk: NewsDesk, item: Item, version: int) -> None:
    """Show the item; say where it is not what was seen any more."""
    changed = item.waits and item.version not in {version, version + 1}
    changed = changed or (item.status is ItemStatus.ASKED and item.version != version)
    note = _("The source has changed this meanwhile. Please look once more.") if changed else ""
    await show(callback, item_screen(item, desk.organisation, note=note))


def router() -> Router:
    """Return the router of decisions about items; for operators and administrators."""
    router = provide(Router(name="source items"), "desk", NewsDesk)
    router.callback_query.filter(Works(Deed.DECIDE_ITEM))
    router.callback_query.register(show_item, Pressed(ItemShown))
    router.callback_query.register(preview, Pressed(ItemPreviewed))
    router.callback_query.register(publish, Pressed(ItemPublished))
    router.callback_query.register(leave_out, Pressed(ItemSkipped))
    router.callback_query.register(compose, Pressed(ItemComposed))
    return router
