"""Posts that go out at their time: the list, one of them, taking it back, calling it off."""

import hashlib
from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.reopening import free_for, reopen
from handlers.provided import provide
from handlers.screen import send, show
from handlers.views.approval_callbacks import (
    CalledOff,
    CallOffAsked,
    PlannedListed,
    PlannedOpened,
    PlannedTakenBack,
)
from handlers.views.campaign_silence import waits_line
from handlers.views.planned_screens import call_off_screen, list_screen, planned_screen
from handlers.views.post_previews import send_previews
from services.campaigns.silence import silence_for
from services.delivery.mailing import count_audience
from services.news.planned import Planned, call_off, find_planned, planned_posts
from services.people.deeds import Deed
from services.refusal import N_, Refusal

_PAGE = 8


async def show_list(callback: CallbackQuery, press: PlannedListed, desk: NewsDesk) -> None:
    """Show the planned posts."""
    posts, more = await desk.db.read(planned_posts, desk.person.id, press.after or None, _PAGE)
    await show(callback, list_screen(posts, first=not press.after, more=more))


async def open_post(callback: CallbackQuery, press: PlannedOpened, desk: NewsDesk) -> None:
    """Show a planned post as it will arrive, and everything beside it."""
    planned = await _planned(desk, press.post)
    await send_previews(callback, planned.draft, desk.organisation)
    now = desk.clock.now()
    target = replace(planned.draft.target, topic=planned.post.topic)
    people = await desk.db.read(count_audience, now=now, target=target)
    at = max(now, planned.post.published_at)
    waits = waits_line(await desk.db.read(silence_for, target, at))
    screen = planned_screen(planned, people, desk.policy, desk.organisation, now, waits)
    await send(callback, screen)


async def take_back(callback: CallbackQuery, press: PlannedTakenBack, desk: NewsDesk) -> None:
    """Call the post off and open it in the composer as a new draft."""
    draft_id = _draft_after(press.post)
    if not await free_for(callback, desk, draft_id):
        return
    planned = await desk.db.write(call_off, desk.person.id, press.post, desk.clock.now())
    await reopen(callback, desk, draft_id, 1, planned.draft)


async def ask(callback: CallbackQuery, press: CallOffAsked) -> None:
    """Ask before something that cannot be taken back."""
    await show(callback, call_off_screen(press.post))


async def drop(callback: CallbackQuery, press: CalledOff, desk: NewsDesk) -> None:
    """Let the post not go out."""
    now = desk.clock.now()
    planned = await desk.db.write(call_off, desk.person.id, press.post, now)
    await show(callback, planned_screen(planned, 0, desk.policy, desk.organisation, now))


async def _planned(desk: NewsDesk, post: int) -> Planned:
    planned = await desk.db.read(find_planned, post)
    if planned is None:
        raise Refusal(N_("There is no such post."))
    return planned


def _draft_after(post: int) -> str:
    """Return the id of the draft that a planned post becomes again: always the same."""
    return hashlib.sha256(f"planned:{post}".encode()).hexdigest()[:16]


def router() -> Router:
    """Return the router of planned posts; for operators and administrators."""
    router = Router(name="planned posts")
    router.callback_query.filter(Works(Deed.CALL_OFF_NEWS))
    router.callback_query.register(show_list, Pressed(PlannedListed))
    router.callback_query.register(open_post, Pressed(PlannedOpened))
    router.callback_query.register(take_back, Pressed(PlannedTakenBack))
    router.callback_query.register(ask, Pressed(CallOffAsked))
    router.callback_query.register(drop, Pressed(CalledOff))
    return provide(router, "desk", NewsDesk)
