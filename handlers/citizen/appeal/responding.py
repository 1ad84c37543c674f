"""A response to a post of the news: an appeal like any other, begun under the post."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.screens import part_after
from handlers.citizen.appeal.talk import Talk
from handlers.citizen.consent_needed import ask_below
from handlers.filters import Pressed
from handlers.screen import acknowledge, send
from handlers.text import _, current_language
from handlers.views.appeal_draft import unfinished_screen
from handlers.views.news_callbacks import PostAnswered
from handlers.views.news_notices import PREVIEW
from services.appeals.admission import waiting_ahead
from services.appeals.draft import Draft, NewsItem
from services.appeals.model import AppealType
from services.appeals.reading import remembered_place
from services.news.length import first_line
from services.news.model import Post
from services.news.reaction import require_post
from services.people.consent import ConsentKind

_TITLE_LENGTH = 90


async def respond(callback: CallbackQuery, press: PostAnswered, talk: Talk) -> None:
    """Begin a response, or go on with the one that was begun; raises Refusal without the post.

    Where another draft is unfinished, ask first what becomes of it. The place is the one known
    from before, the topic what the organisation's data say: fewer questions, and both can be
    changed before sending.
    """
    if press.post == PREVIEW:
        words = _("This is a preview. The buttons work once the post is sent.")
        await acknowledge(callback, words)
        return
    post = await talk.db.read(require_post, press.post)
    if not talk.person.agrees(ConsentKind.APPEALS):
        await ask_below(callback, ConsentKind.APPEALS, talk.state, talk.organisations)
        return
    waiting = await talk.db.read(waiting_ahead, talk.person.id, talk.clock.now())
    note = _(waiting.message).format(**waiting.parameters) if waiting else ""
    draft = await talk.draft()
    if draft is not None and not draft.is_blank and await talk.is_sent(draft):
        draft = None
    if draft is not None and draft.news is not None and draft.news.post == post.id:
        await _go_on(callback, talk, draft, note)
        return
    if draft is not None and not draft.is_blank and draft.id != press.instead:
        await talk.leave()
        await send(callback, unfinished_screen(draft, talk.organisation, post=post.id))
        return
    await _go_on(callback, talk, await talk.keep(await _begun(callback, talk, post)), note)


async def _begun(callback: CallbackQuery, talk: Talk, post: Post) -> Draft:
    title = first_line(post.text(current_language()), _TITLE_LENGTH)
    news_topic = talk.organisation.news_topics.get(post.topic)
    topic = talk.organisation.topics.get((news_topic and news_topic.responses) or "")
    news = NewsItem(post.id, title)
    draft = replace(talk.new_draft(callback), type=AppealType.RESPONSE, news=news)
    if topic is not None and not topic.retired:
        draft = draft.with_topic(topic.code)
    place = await talk.db.read(remembered_place, talk.person.id)
    if place is None:
        return draft
    district = place.district.kato if place.district else None
    return draft.with_place(place.region.kato, district, keep_point=False)


async def _go_on(callback: CallbackQuery, talk: Talk, draft: Draft, note: str) -> None:
    """Ask for what comes next below the post, which stays as it is."""
    draft = await talk.looked_up(draft)
    part = part_after(draft)
    await talk.wait_for(part)
    await send(callback, await talk.screen(draft, part, note))


def router() -> Router:
    """Return the router of «Respond»."""
    router = Router(name="appeal: responding")
    router.callback_query.register(respond, Pressed(PostAnswered))
    return router
