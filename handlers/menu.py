"""The main menu: a keyboard that stays under the composer, and the commands behind «/»."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CallbackQuery,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from aiogram.utils.i18n import I18n

from handlers.callbacks import Home
from handlers.filters import MenuButton, Pressed
from handlers.screen import Screen, send, show
from handlers.text import N_, _
from services.language import Language
from services.people.model import Person, Role

APPEAL = N_("✍️ Leave an appeal")
MY_APPEALS = N_("📋 My appeals")
POLLS = N_("📊 Polls")
NEWS = N_("📰 News")
PARTY_LIFE = N_("🏛 Party life")
SETTINGS = N_("⚙️ Settings")
HELP = N_("❓ Help")
OPERATOR_DESK = N_("🗂 Operator’s desk")
OFFICIAL_DESK = N_("📌 My sections")
MY_WORK = N_("🗂 My work")

COMMANDS = (
    ("appeal", N_("Leave an appeal or a proposal")),
    ("my", N_("My appeals and their deadlines")),
    ("polls", N_("Polls and results")),
    ("news", N_("News and subscriptions")),
    ("party", N_("Party life: deputies, councils, programmes")),
    ("certificate", N_("Check a certificate by its number")),
    ("openness", N_("Open figures of each month")),
    ("deputies", N_("Deputies of maslikhats and their rating")),
    ("councils", N_("Public councils: who sits in them")),
    ("proposals", N_("Proposals: read, support, suggest")),
    ("programmes", N_("Programmes: sign up and take part")),
    ("stories", N_("You said, we did")),
    ("roadmap", N_("Road Map: plan, fact, who answers")),
    ("language", N_("Change the language")),
    ("settings", N_("Settings")),
    ("privacy", N_("Privacy: data and polls")),
    ("mydata", N_("What is kept about me, as files")),
    ("forget", N_("Erase my data")),
    ("help", N_("What this bot can do")),
    ("cancel", N_("Leave what I am doing")),
)
_BOARD = ("board", N_("Road Map: my indicators"))
_AUDIT = ("audit", N_("Audit: who did what"))
_CAMPAIGNS = ("campaigns", N_("Election campaigns"))
_STAFF = ("staff", N_("Staff and invitations"))
_WORKLOAD = ("workload", N_("Workload of officials"))
_REPORTS = ("reports", N_("Reports of closed polls"))
_OWN = ("desk", N_("My work"))
_ERRANDS = ("errands", N_("Errands: given to me and by me"))
_DESK = (
    ("queue", N_("Appeals: the queue, lists, search")),
    ("desk", N_("Operator’s desk: appeals, polls, news")),
    _REPORTS,
    _ERRANDS,
)
STAFF_COMMANDS = {
    Role.OPERATOR: _DESK,
    Role.ADMINISTRATOR: (*_DESK, _BOARD, _WORKLOAD, _CAMPAIGNS, _STAFF),
    Role.OFFICIAL: (
        ("digest", N_("My sections today")),
        _ERRANDS,
        _BOARD,
        _REPORTS,
    ),
    Role.MODERATOR: (_OWN, _REPORTS, _ERRANDS),
    Role.ANALYST: (_OWN, _REPORTS, _WORKLOAD, _ERRANDS),
    Role.EDITOR: (_OWN, _BOARD, _REPORTS, _ERRANDS),
    Role.AUDITOR: (_OWN, _AUDIT, _STAFF, _ERRANDS),
}
# They have a desk besides operators and administrators.
_WITH_WORK = (Role.MODERATOR, Role.ANALYST, Role.EDITOR, Role.AUDITOR)


def menu_keyboard(person: Person) -> ReplyKeyboardMarkup:
    """Return the keyboard of this person in the current language."""
    rows = [[APPEAL], [MY_APPEALS, POLLS], [NEWS, PARTY_LIFE], [SETTINGS]]
    if person.is_a(Role.OFFICIAL):
        rows.append([OFFICIAL_DESK])
    if person.is_a(Role.OPERATOR) or person.is_a(Role.ADMINISTRATOR):
        rows.append([OPERATOR_DESK])
    elif any(map(person.is_a, _WITH_WORK)):
        rows.append([MY_WORK])
    keyboard = [[KeyboardButton(text=_(label)) for label in row] for row in rows]
    return ReplyKeyboardMarkup(keyboard=keyboard, resize_keyboard=True, is_persistent=True)


def home(person: Person) -> Screen:
    """Return the main menu."""
    return Screen(_("What would you like to do? Choose below or type “/”."), menu_keyboard(person))


async def set_general_commands(bot: Bot, i18n: I18n) -> None:
    """Tell Telegram the commands of everybody: Kazakh by default, Russian for Russian clients."""
    scope = BotCommandScopeAllPrivateChats()
    for language, code in ((Language.KAZAKH, None), (Language.RUSSIAN, "ru")):
        with i18n.context(), i18n.use_locale(language.value):
            commands = [BotCommand(command=name, description=_(text)) for name, text in COMMANDS]
        await bot.set_my_commands(commands, scope=scope, language_code=code)


async def set_own_commands(bot: Bot, person: Person) -> None:
    """Tell Telegram the commands of one person in the current language, with their work's."""
    entries = dict(COMMANDS)
    for role, more in STAFF_COMMANDS.items():
        if person.is_a(role):
            entries |= dict(more)
    commands = [BotCommand(command=name, description=_(text)) for name, text in entries.items()]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id=person.id))


async def open_menu(message: Message, state: FSMContext, person: Person) -> None:
    """Leave whatever was going on; drafts stay where they are."""
    await state.set_state(None)
    await show(message, home(person))


async def go_home(callback: CallbackQuery, state: FSMContext, person: Person) -> None:
    """Leave by a button: the same, under the message that had it."""
    await state.set_state(None)
    await send(callback, home(person))


def router() -> Router:
    """Return the router of the menu, /menu and /cancel."""
    router = Router(name="menu")
    router.message.register(open_menu, Command("menu", "cancel"))
    router.callback_query.register(go_home, Pressed(Home))
    return router


__all__ = ["MenuButton", "home", "menu_keyboard", "router"]
