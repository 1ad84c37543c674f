"""Tying a poll to an indicator, so that its result stands beside plan and fact."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.roadmap_editing.desk import EditDesk
from handlers.provided import provide
from handlers.screen import show
from handlers.text import _
from handlers.views.roadmap_editing_callbacks import PollsAsked, PollTied
from handlers.views.roadmap_polls import PAGE, polls_screen
from services.people.deeds import Deed
from services.polls.reporting import closed_polls
from services.roadmap.board import read_indicator
from services.roadmap.editing import tie_poll, untie_poll


async def ask(callback: CallbackQuery, press: PollsAsked, edit: EditDesk) -> None:
    """Show a page of counted polls, by key."""
    line = await edit.db.read(read_indicator, press.code, edit.day, actor=edit.person.id)
    page = await edit.db.read(closed_polls, edit.person.id, press.before, PAGE)
    first = press.before == 0
    await show(callback, polls_screen(line.indicator, line.polls, page, first=first))


async def tie(callback: CallbackQuery, press: PollTied, edit: EditDesk) -> None:
    """Tie a poll or untie it; a repeated tap changes nothing."""
    command = tie_poll if press.on else untie_poll
    await edit.db.write(command, edit.person.id, press.code, press.poll, edit.clock.now())
    await edit.show_card(callback, press.code, _("✅ Changed."))


def router() -> Router:
    """Return the router of polls; for administrators."""
    router = provide(Router(name="road map polls"), "edit", EditDesk)
    router.callback_query.filter(Works(Deed.TIE_POLL))
    router.callback_query.register(ask, Pressed(PollsAsked))
    router.callback_query.register(tie, Pressed(PollTied))
    return router
