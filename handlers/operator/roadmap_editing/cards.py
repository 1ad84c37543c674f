"""The sections and indicators to be changed, and taking one off the board."""

from collections import Counter

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.roadmap_editing.desk import EditDesk
from handlers.provided import provide
from handlers.screen import show
from handlers.text import _
from handlers.views.roadmap_editing import retiring_screen, sections_screen
from handlers.views.roadmap_editing_callbacks import (
    EditShown,
    Retired,
    RetiringAsked,
    SectionEdited,
)
from services.people.deeds import Deed
from services.roadmap.editing import retire_indicator
from services.roadmap.indicators import all_indicators, indicator_in_use


async def open_card(callback: CallbackQuery, press: EditShown, edit: EditDesk) -> None:
    """Show all sections, or one indicator; what was being written stays where it is."""
    await edit.state.set_state(None)
    if press.code:
        await edit.show_card(callback, press.code)
        return
    indicators = await edit.db.read(all_indicators)
    counts = Counter(each.section for each in indicators)
    await show(callback, sections_screen(edit.organisation, counts))


async def open_section(callback: CallbackQuery, press: SectionEdited, edit: EditDesk) -> None:
    """Show a section and a page of its indicators."""
    await edit.state.set_state(None)
    await edit.show_section(callback, press.section, press.after)


async def ask_to_retire(callback: CallbackQuery, press: RetiringAsked, edit: EditDesk) -> None:
    """Ask before an indicator leaves the board."""
    await show(callback, retiring_screen(await edit.db.read(indicator_in_use, press.code)))


async def retire(callback: CallbackQuery, press: Retired, edit: EditDesk) -> None:
    """Take an indicator off the board; a repeated tap shows the same."""
    seen = (press.code, press.version)
    gone = await edit.db.write(retire_indicator, edit.person.id, *seen, edit.clock.now())
    note = _("🗑 Taken off the board. What was reported of it is kept.")
    await edit.show_section(callback, gone.section, note=note)


def router() -> Router:
    """Return the router of cards; for administrators."""
    router = provide(Router(name="road map editing"), "edit", EditDesk)
    router.callback_query.filter(Works(Deed.EDIT_INDICATOR))
    router.callback_query.register(open_card, Pressed(EditShown))
    router.callback_query.register(open_section, Pressed(SectionEdited))
    router.callback_query.register(ask_to_retire, Pressed(RetiringAsked))
    router.callback_query.register(retire, Pressed(Retired))
    return router
