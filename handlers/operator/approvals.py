"""The second pair of eyes: looking at exactly what would go out, approving it, or saying why not.

The reason for declining is kept under `approval` in the conversation until it was seen once.
"""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.reopening import free_for, reopen
from handlers.operator.poll_composer.approving import take_poll_back
from handlers.operator.stories.composing import take_story_back
from handlers.operator.stories.desk import StoryWork
from handlers.provided import provide
from handlers.screen import Event, Screen, send, show
from handlers.text import _
from handlers.views.approval_callbacks import (
    ApprovalOpened,
    ApprovalsListed,
    Approved,
    DeclineAsked,
    Declined,
    RequestTakenBack,
)
from handlers.views.approval_screens import (
    decline_screen,
    list_screen,
    reason_screen,
    request_screen,
)
from handlers.views.poll_approval import (
    draft_of_request,
    poll_request_screen,
    send_poll_previews,
)
from handlers.views.post_previews import send_previews
from handlers.views.second_person import KINDS as SECOND
from handlers.views.second_person import second_line, second_request_screen
from handlers.views.story_composer import check_lines
from handlers.views.story_composer import send_previews as send_story_previews
from handlers.views.story_staff import draft_of as story_of
from handlers.views.story_staff import request_screen as story_request_screen
from services.delivery.approval import EYES, ApprovalStatus, take_back_request
from services.delivery.letting_out import REASON_LENGTH, approve, decline
from services.delivery.requests import Request, find_request, pending_requests
from services.news.model import Draft
from services.people.deeds import Deed
from services.polls.approving import POLL
from services.stories.publishing import STORY
from services.stories.ties import titles

_KEY = "approval"
_PAGE = 8
# Whoever lets something out, and whoever asks for it.
_DEEDS = (*EYES.values(), Deed.ASK_SEND, Deed.ASK_NAME, Deed.ASK_EXPORT)


class Declining(StatesGroup):
    """Somebody writes why a post shall not go out."""

    reason = State()


async def show_list(callback: CallbackQuery, press: ApprovalsListed, desk: NewsDesk) -> None:
    """Show what waits for approval."""
    requests, more = await desk.db.read(pending_requests, desk.person.id, press.after, _PAGE)
    approvals = [request.approval for request in requests]
    named = {each.id: second_line(each) for each in approvals if each.kind in SECOND}
    await show(callback, list_screen(requests, named, first=not press.after, more=more))


async def open_request(callback: CallbackQuery, press: ApprovalOpened, desk: NewsDesk) -> None:
    """Show exactly what would go out, in both languages, and everything beside it."""
    request = await _find(desk, press.approval)
    await _leave(desk)
    if request.approval.kind in SECOND:
        await _show_request(callback, desk, request)
        return
    if request.approval.kind == POLL:
        await send_poll_previews(callback, draft_of_request(request))
    elif request.approval.kind == STORY:
        await send_story_previews(callback, story_of(request), desk.organisation)
    else:
        await send_previews(callback, Draft.of_json(request.approval.content), desk.organisation)
    await _show_request(callback, desk, request, anew=True)


async def give(callback: CallbackQuery, press: Approved, desk: NewsDesk) -> None:
    """Let out what was seen; pressed again, or decided by a colleague, show how it stands."""
    now = desk.clock.now()
    await desk.db.write(approve, press.approval, press.seen, desk.person.id, now)
    await _show_request(callback, desk, await _find(desk, press.approval))


async def ask_reason(callback: CallbackQuery, press: DeclineAsked, desk: NewsDesk) -> None:
    """Ask why it shall not go out."""
    request = await _find(desk, press.approval)
    if request.approval.status is not ApprovalStatus.PENDING:
        await _show_request(callback, desk, request)
        return
    await desk.state.update_data({_KEY: {"id": press.approval, "seen": press.seen, "heard": 0}})
    await desk.state.set_state(Declining.reason)
    await send(callback, reason_screen(request))


async def take_reason(message: Message, words: str, desk: NewsDesk) -> None:
    """Keep the reason and show it once before it is sent; newer words replace older ones."""
    kept = await _kept(desk)
    if not kept or message.message_id <= kept["heard"]:
        return
    request = await _find(desk, kept["id"])
    if not words.strip() or len(words) > REASON_LENGTH:
        text = _("The reason may have up to {most} characters.").format(most=REASON_LENGTH)
        await show(message, reason_screen(request, text))
        return
    reason = {"reason": words.strip(), "heard": message.message_id}
    await desk.state.update_data({_KEY: kept | reason})
    await show(message, decline_screen(request, words.strip()))


async def take_something_else(message: Message, desk: NewsDesk) -> None:
    """Say that words are asked for."""
    kept = await _kept(desk)
    if kept:
        request = await _find(desk, kept["id"])
        await show(message, reason_screen(request, _("Please write it as a text message.")))


async def refuse(callback: CallbackQuery, press: Declined, desk: NewsDesk) -> None:
    """Decline for the reason that was shown; pressed again, show how it stands."""
    kept = await _kept(desk)
    reason = kept.get("reason") if kept.get("id") == press.approval else None
    if reason:
        by, now = desk.person.id, desk.clock.now()
        await desk.db.write(decline, press.approval, press.seen, by, reason, now)
        await _leave(desk)
    await _show_request(callback, desk, await _find(desk, press.approval))


async def take_back(callback: CallbackQuery, press: RequestTakenBack, desk: NewsDesk) -> None:
    """Take one's own request back and open what it was about in its composer."""
    request = await _find(desk, press.approval)
    if request.approval.kind in SECOND:
        by, now = desk.person.id, desk.clock.now()
        await desk.db.write(take_back_request, press.approval, by, now)
        await _show_request(callback, desk, await _find(desk, press.approval))
        return
    draft_id = request.approval.name
    if not request.latest:
        await _show_request(callback, desk, request)
        return
    if request.approval.kind == POLL:
        await take_poll_back(callback, desk, request)
        return
    if request.approval.kind == STORY:
        await take_story_back(callback, _story_work(desk), request)
        return
    if not await free_for(callback, desk, draft_id):
        return
    by, now = desk.person.id, desk.clock.now()
    approval = await desk.db.write(take_back_request, press.approval, by, now)
    draft = Draft.of_json(approval.content)
    await reopen(callback, desk, draft_id, approval.version + 1, draft)


async def _show_request(
    event: Event, desk: NewsDesk, request: Request, *, anew: bool = False
) -> None:
    if request.approval.kind in SECOND:
        screen = second_request_screen(
            request, desk.person.id, desk.organisation, desk.clock.now()
        )
        await (send if anew else show)(event, screen)
        return
    if request.approval.kind == STORY:
        await (send if anew else show)(event, await _story_screen(desk, request))
        return
    note = ""
    poll = request.approval.kind == POLL
    if request.approval.status is ApprovalStatus.WITHDRAWN and not request.latest:
        note = _("The post was changed, and a newer request took the place of this one.")
        if poll:
            note = _("The poll was changed, and a newer request took the place of this one.")
    if poll:
        await (send if anew else show)(event, poll_request_screen(request, desk.person.id, note))
        return
    screen = request_screen(
        request, desk.person.id, desk.policy, desk.organisation, desk.clock.now(), note
    )
    await (send if anew else show)(event, screen)


async def _story_screen(desk: NewsDesk, request: Request) -> Screen:
    note = ""
    if request.approval.status is ApprovalStatus.WITHDRAWN and not request.latest:
        note = _("The story was changed, and a newer request took the place of this one.")
    draft = story_of(request)
    names = await desk.db.read(titles, draft)
    lines = check_lines(draft, names, desk.organisation, request.approval.people)
    return story_request_screen(request, desk.person.id, lines, note)


def _story_work(desk: NewsDesk) -> StoryWork:
    return StoryWork(desk.state, desk.person, desk.db, desk.clock, desk.organisations, desk.policy)


async def _find(desk: NewsDesk, approval: int) -> Request:
    return await desk.db.read(find_request, approval, desk.person.id)


async def _kept(desk: NewsDesk) -> dict[str, Any]:
    return (await desk.state.get_data()).get(_KEY) or {}


async def _leave(desk: NewsDesk) -> None:
    """Forget the reason; whoever was writing one has left."""
    if await _kept(desk):
        await desk.state.update_data({_KEY: None})
    if await desk.state.get_state() == Declining.reason.state:
        await desk.state.set_state(None)


def router() -> Router:
    """Return the router of requests for approval; what each of the staff may, use cases know."""
    router = Router(name="approvals")
    router.callback_query.filter(Works(*_DEEDS))
    router.callback_query.register(show_list, Pressed(ApprovalsListed))
    router.callback_query.register(open_request, Pressed(ApprovalOpened))
    router.callback_query.register(give, Pressed(Approved))
    router.callback_query.register(ask_reason, Pressed(DeclineAsked))
    router.callback_query.register(refuse, Pressed(Declined))
    router.callback_query.register(take_back, Pressed(RequestTakenBack))
    return provide(router, "desk", NewsDesk)


def words() -> Router:
    """Return the router of the reason; it stands after all menus."""
    router = Router(name="approvals: words")
    router.message.filter(StateFilter(Declining.reason), Works(*_DEEDS))
    router.message.register(take_reason, Words())
    router.message.register(take_something_else, NotWords())
    return provide(router, "desk", NewsDesk)
