"""Settings: language, profile, news, and what the bot keeps about a person."""

from html import escape

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from handlers.buttons import back, button, keyboard
from handlers.callbacks import LanguageChosen, OpenSettings
from handlers.filters import MenuButton, Pressed
from handlers.menu import SETTINGS
from handlers.official.digest_callbacks import DigestSettings
from handlers.screen import Screen, show
from handlers.text import _
from handlers.views.consents import ConsentsOpened
from handlers.views.emphasis import bold
from handlers.views.mydata_callbacks import ForgetOpened, OwnDataAsked, TermsOpened
from handlers.views.news_callbacks import OpenNewsTopics
from handlers.views.phone import phone_button
from handlers.views.profile import ProfileOpened, profile_lines
from handlers.views.settings import DataOpened, PollsInvited
from services.appeals.reading import count_own
from services.clock import Clock
from services.language import Language
from services.people.directory import Directory
from services.people.model import Person, Role
from services.people.person import invite_to_polls
from storage.database import Database


def settings_screen(person: Person) -> Screen:
    """Return the settings with what is set now."""
    title = bold(_("Settings"))
    lines = "\n".join(map(escape, profile_lines(person.profile)))
    official = person.is_a(Role.OFFICIAL)
    return Screen(
        f"{title}\n\n{lines}",
        keyboard(
            [
                button("Қазақша", LanguageChosen(language=Language.KAZAKH)),
                button("Русский", LanguageChosen(language=Language.RUSSIAN)),
            ],
            [button(_("👤 About me"), ProfileOpened())],
            [button(_("📰 News subscriptions"), OpenNewsTopics())],
            [_of_polls(person)],
            [phone_button()],
            [button(_("📌 Digest: hour and e-mail"), DigestSettings())] if official else [],
            [button(_("🔐 My data"), DataOpened())],
        ),
    )


def _of_polls(person: Person) -> InlineKeyboardButton:
    if person.uninvited:
        return button(_("🔔 Write to me about polls again"), PollsInvited(invited=True))
    return button(_("🔕 Do not write to me about polls"), PollsInvited(invited=False))


async def set_polls(
    callback: CallbackQuery,
    press: PollsInvited,
    person: Person,
    people: Directory,
    clock: Clock,
) -> None:
    """Switch messages about polls off or on again."""
    changed = await people.change(invite_to_polls, person.id, clock.now(), invited=press.invited)
    await show(callback, settings_screen(changed))


async def open_settings(message: Message, state: FSMContext, person: Person) -> None:
    """Show the settings and leave whatever was going on."""
    await state.set_state(None)
    await show(message, settings_screen(person))


async def back_to_settings(callback: CallbackQuery, person: Person) -> None:
    """Show the settings in place."""
    await show(callback, settings_screen(person))


async def open_data(callback: CallbackQuery, db: Database, person: Person) -> None:
    """Show what is kept about the person and why."""
    count = await db.read(count_own, person.id)
    lines = [
        bold(_("What is kept about you")),
        "",
        _("Name in Telegram: {name}").format(name=escape(person.name)),
        _("Number in Telegram: {number}").format(number=person.id),
        *map(escape, profile_lines(person.profile)),
        _("Appeals: {count}").format(count=count),
        "",
        _("Your appeals are seen only by those who handle them."),
    ]
    rows = keyboard(
        [button(_("📄 My consents"), ConsentsOpened())],
        [button(_("📦 Send me my data"), OwnDataAsked())],
        [button(_("⏳ How long it is kept"), TermsOpened())],
        [button(_("🗑 Erase my data"), ForgetOpened())],
        [back(OpenSettings())],
    )
    await show(callback, Screen("\n".join(lines), rows))


def router() -> Router:
    """Return the router of the settings."""
    router = Router(name="settings")
    router.message.register(open_settings, Command("settings"))
    router.message.register(open_settings, MenuButton(SETTINGS))
    router.callback_query.register(back_to_settings, Pressed(OpenSettings))
    router.callback_query.register(open_data, Pressed(DataOpened))
    router.callback_query.register(set_polls, Pressed(PollsInvited))
    return router
