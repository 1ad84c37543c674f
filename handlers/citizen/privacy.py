"""/privacy: what is kept about people, and what a secret poll protects from whom."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from handlers.buttons import button, keyboard
from handlers.filters import Pressed
from handlers.screen import Screen, show
from handlers.text import _, current_language
from handlers.views.mydata_callbacks import TermsOpened
from services.people.privacy_text import Subject, privacy_text


class PrivacyShown(CallbackData, prefix="privacy"):
    """What is told about this subject."""

    about: Subject


def privacy_screen(about: Subject) -> Screen:
    """Return what is told about one subject, with the way to the other."""
    other = button(_("🔒 How polls are kept secret"), PrivacyShown(about=Subject.POLLS))
    if about is Subject.POLLS:
        other = button(_("🔐 What is kept about me"), PrivacyShown(about=Subject.DATA))
    terms = [[button(_("⏳ How long it is kept"), TermsOpened())]] if about is Subject.DATA else []
    return Screen(privacy_text(about, current_language()), keyboard(*terms, [other]))


async def tell(message: Message) -> None:
    """Tell about data; whatever was going on goes on."""
    await show(message, privacy_screen(Subject.DATA))


async def tell_other(callback: CallbackQuery, press: PrivacyShown) -> None:
    """Tell about the subject that was pressed, in place."""
    await show(callback, privacy_screen(press.about))


def router() -> Router:
    """Return the router of /privacy."""
    router = Router(name="privacy")
    router.message.register(tell, Command("privacy"))
    router.callback_query.register(tell_other, Pressed(PrivacyShown))
    return router
