"""What the bot can do, in seven lines."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.filters import MenuButton
from handlers.menu import HELP, menu_keyboard
from handlers.screen import Screen, show
from handlers.text import _
from services.people.model import Person


async def help_(message: Message, person: Person) -> None:
    """Show the seven lines; whatever was going on goes on."""
    lines = [
        _("✍️ /appeal: leave an appeal or a proposal, with photos and documents."),
        _("📋 /my: see your appeals, their due dates and the answers, and rate them."),
        _("📊 /polls: answer polls and see results; nobody learns how you answered."),
        _("📰 /news: read news and choose which of it to get."),
        _("🗺 /roadmap: see how the Road Map is carried out and who answers for what."),
        _("⚙️ /settings: language, what you told about yourself, your data."),
        _("✖️ /cancel: leave what you are doing; a draft is kept."),
    ]
    await show(message, Screen("\n".join(lines), menu_keyboard(person)))


def router() -> Router:
    """Return the router of /help."""
    router = Router(name="help")
    router.message.register(help_, Command("help"))
    router.message.register(help_, MenuButton(HELP))
    return router
