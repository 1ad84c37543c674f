"""The news of a programme, as it is offered to who takes part."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.emphasis import bold
from handlers.views.school_callbacks import ProgrammeHeard
from services.programmes.topics import Heard, Hearing


def news_button(programme_id: int, hearing: Hearing) -> list[InlineKeyboardButton]:
    """Return the row that switches the news of a programme on or off, empty where it has none."""
    if hearing is Hearing.NOTHING:
        return []
    on = hearing is Hearing.ON
    label = _("🔕 No more news of this programme") if on else _("🔔 Get news of this programme")
    return [button(label, ProgrammeHeard(programme=programme_id, heard=not on))]


def heard_screen(heard: Heard) -> Screen:
    """Say how somebody stands to the news of a programme now."""
    title = bold(escape(heard.programme.title(current_language())))
    if heard.hearing is Hearing.ON:
        words = _("🔔 You get the news of this programme.")
    else:
        words = _("🔕 You do not get the news of this programme.")
    return Screen(f"{title}\n\n{words}", keyboard(news_button(heard.programme.id, heard.hearing)))
