"""Appeals of others that the citizen has joined: where they stand, and leaving them."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.talk import Talk
from handlers.filters import Pressed
from handlers.provided import provide
from handlers.screen import send, show
from handlers.views.appeal_callbacks import FollowedAppeal, FollowedAppeals, FollowedLeft
from handlers.views.appeal_followed import followed_card_screen, followed_list_screen, left_screen
from services.appeals.following import followed_card, list_followed
from services.appeals.joining import leave_appeal
from services.clock import local_date

PAGE = 6


async def show_list(callback: CallbackQuery, press: FollowedAppeals, talk: Talk) -> None:
    """Show a page of appeals that the citizen has joined."""
    today = local_date(talk.clock.now())
    after = press.after or None
    lines = await talk.db.read(list_followed, talk.person.id, after, PAGE + 1, today)
    more = len(lines) > PAGE
    await show(callback, followed_list_screen(lines[:PAGE], talk.organisation, more=more))


async def show_card(callback: CallbackQuery, press: FollowedAppeal, talk: Talk) -> None:
    """Show one of them: in place, but never instead of a message about it."""
    today = local_date(talk.clock.now())
    card = await talk.db.read(followed_card, press.appeal, talk.person.id, today)
    screen = followed_card_screen(card, talk.organisation)
    await (send if press.receipt else show)(callback, screen)


async def leave(callback: CallbackQuery, press: FollowedLeft, talk: Talk) -> None:
    """Follow it no more; pressed again, say the same."""
    number = await talk.db.write(leave_appeal, press.appeal, talk.person.id)
    await show(callback, left_screen(number))


def router() -> Router:
    """Return the router of appeals that one has joined."""
    router = provide(Router(name="followed appeals"), "talk", Talk)
    router.callback_query.register(show_list, Pressed(FollowedAppeals))
    router.callback_query.register(show_card, Pressed(FollowedAppeal))
    router.callback_query.register(leave, Pressed(FollowedLeft))
    return router
