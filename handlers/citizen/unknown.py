"""The last router: unknown words, odd messages and buttons of old keyboards get an answer."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import Noop
from handlers.filters import Pressed
from handlers.menu import menu_keyboard
from handlers.screen import Screen, acknowledge, show
from handlers.text import _
from services.people.model import Person


async def unknown_message(message: Message, person: Person) -> None:
    """Say what can be done instead; nothing is ever met with silence."""
    text = _(
        "I did not understand this. To leave an appeal, press “✍️ Leave an appeal”; "
        "for everything else, choose below."
    )
    await show(message, Screen(text, menu_keyboard(person)))


async def old_button(callback: CallbackQuery) -> None:
    """Answer a button that no longer leads anywhere."""
    await acknowledge(callback, _("This button is no longer in use. Please open the menu: /menu"))


async def nothing(callback: CallbackQuery) -> None:
    """Acknowledge a button that only shows something."""
    await acknowledge(callback)


def router() -> Router:
    """Return the router that stands behind all others."""
    router = Router(name="unknown")
    router.message.register(unknown_message)
    router.callback_query.register(nothing, Pressed(Noop))
    router.callback_query.register(old_button)
    return router
