"""Joining somebody else's appeal instead of sending one's own."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.talk import Talk
from handlers.filters import Pressed
from handlers.screen import show
from handlers.text import _
from handlers.views.appeal_callbacks import OwnMatter, SimilarJoined
from handlers.views.appeal_similar import joined_screen
from services.appeals.joining import find_joined, join_appeal
from services.refusal import Refusal


async def join(callback: CallbackQuery, press: SimilarJoined, talk: Talk) -> None:
    """Join the appeal with the words of the draft; pressed again, show that it is done."""
    draft = await talk.draft()
    if draft is None or draft.id != press.draft:
        joined = await talk.db.read(find_joined, press.appeal, talk.person.id)
        if joined is None:
            await talk.current(callback, press.draft)
            return
        await show(callback, joined_screen(joined))
        return
    try:
        wanted = (press.appeal, talk.person.id, draft, talk.clock.now())
        joined = await talk.db.write(join_appeal, *wanted)
    except Refusal as refusal:
        note = _(refusal.message).format(**refusal.parameters)
        await talk.show_next(callback, draft, note)
        return
    await talk.drop()
    await show(callback, joined_screen(joined))


async def keep_apart(callback: CallbackQuery, press: OwnMatter, talk: Talk) -> None:
    """Go on with the citizen's own matter; nothing similar is offered any more."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        await talk.show_next(callback, await talk.keep(draft.with_own_matter()))


def router() -> Router:
    """Return the router of what stands under similar appeals."""
    router = Router(name="appeal: joining")
    router.callback_query.register(join, Pressed(SimilarJoined))
    router.callback_query.register(keep_apart, Pressed(OwnMatter))
    return router
