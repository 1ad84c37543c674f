"""First contact: language, whether news is wanted, menu; and the links that lead into the bot."""

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject, CommandStart, Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message, TelegramObject
from aiogram.utils.i18n import I18n

from handlers.buttons import button, keyboard
from handlers.callbacks import LanguageChosen
from handlers.deep_links import follow
from handlers.filters import Pressed
from handlers.menu import home, set_own_commands
from handlers.screen import Event, Screen, send, show
from handlers.text import _, current_language
from handlers.views.consents import text_of
from services.clock import Clock
from services.language import Language
from services.organisation.directory import Organisation, Organisations
from services.people.consent import ConsentKind, current_version
from services.people.consents import give_consent
from services.people.directory import Directory
from services.people.model import Person
from services.people.person import choose_language, join
from storage.database import Database

# Both languages on the one screen that comes before the choice.
GREETING = "Тілді таңдаңыз.\nВыберите язык."
_LINK = "link"
# The question about news stands in the chat and was not answered.
_ASKED = "news_asked"


class NotWelcomedYet(Filter):
    """Somebody who has not yet chosen a language."""

    async def __call__(self, _event: TelegramObject, person: Person) -> bool:
        """Match on the cached person."""
        return person.language is None


class NewsWanted(CallbackData, prefix="wantnews"):
    """Whether news is to come: the version of the text agreed to, "" for no."""

    version: str
    language: Language


def language_screen() -> Screen:
    """Return the choice of language."""
    return Screen(
        GREETING,
        keyboard(
            [button("Қазақша", LanguageChosen(language=Language.KAZAKH))],
            [button("Русский", LanguageChosen(language=Language.RUSSIAN))],
        ),
    )


def news_question(organisation: Organisation) -> Screen:
    """Return the one question of the beginning: whether news is to come, and what that means.

    Who pressed the wrong language first can still read it in the other one.
    """
    language = current_language()
    wanted = NewsWanted(version=current_version(ConsentKind.NEWS), language=language)
    text = text_of(ConsentKind.NEWS, organisation)
    question = _("<b>Shall news be sent to you?</b>")
    return Screen(
        f"{question}\n\n{text}",
        keyboard(
            [button(_("✅ Yes, send me news"), wanted)],
            [button(_("No, thank you"), NewsWanted(version="", language=language))],
            [_other_language()],
        ),
    )


def _other_language() -> InlineKeyboardButton:
    if current_language() is Language.KAZAKH:
        return button("По-русски", LanguageChosen(language=Language.RUSSIAN))
    return button("Қазақша", LanguageChosen(language=Language.KAZAKH))


async def start(
    message: Message,
    command: CommandObject,
    state: FSMContext,
    person: Person,
    people: Directory,
    db: Database,
    clock: Clock,
    organisations: Organisations,
) -> None:
    """Begin, or come back; a link's payload waits until the person was welcomed."""
    person = await people.change(join, person.id, person.name, clock.now())
    await state.set_state(None)
    if person.language is None:
        await state.update_data({_LINK: command.args})
        await show(message, language_screen())
        return
    await _arrive(message, command.args, state, person, people, db, clock, organisations)


async def choose(
    callback: CallbackQuery,
    press: LanguageChosen,
    bot: Bot,
    state: FSMContext,
    person: Person,
    people: Directory,
    organisations: Organisations,
) -> None:
    """Keep the language and go on in it; whoever is new is asked about news."""
    if person.language is None:
        await state.update_data({_ASKED: True})
    person = await people.change(choose_language, person.id, press.language)
    with I18n.get_current(no_error=False).use_locale(press.language.value):
        await set_own_commands(bot, person)
        if (await state.get_data()).get(_ASKED):
            await show(callback, news_question(organisations.current))
            return
        await show(callback, Screen(_("The language is now English.")))
        await send(callback, home(person))


async def answer(
    callback: CallbackQuery,
    press: NewsWanted,
    state: FSMContext,
    person: Person,
    people: Directory,
    db: Database,
    clock: Clock,
    organisations: Organisations,
) -> None:
    """Keep whether news is to come, and open the menu, or what a link led to."""
    if press.version:
        given = (ConsentKind.NEWS, press.version, press.language, clock.now())
        person = await people.change(give_consent, person.id, *given)
        text = _("Thank you. News will come. To change this: /settings")
    else:
        text = _("All right, no news. You can read it at any time: /news")
    await show(callback, Screen(text))
    link = (await state.get_data()).get(_LINK)
    await _arrive(callback, link, state, person, people, db, clock, organisations)


async def ask_language(message: Message) -> None:
    """Change the language later."""
    await show(message, language_screen())


async def remind(event: Event) -> None:
    """Whatever came before a language was chosen: ask for it."""
    await show(event, language_screen())


async def _arrive(
    event: Event,
    link: str | None,
    state: FSMContext,
    person: Person,
    people: Directory,
    db: Database,
    clock: Clock,
    organisations: Organisations,
) -> None:
    data = await state.get_data()
    await state.set_data({key: kept for key, kept in data.items() if key not in {_LINK, _ASKED}})
    await send(event, home(person))
    if link:
        await follow(
            link,
            event,
            state=state,
            person=person,
            people=people,
            db=db,
            clock=clock,
            organisations=organisations,
        )


def router() -> Router:
    """Return the router of first contact; it stands before all others."""
    router = Router(name="welcome")
    router.message.register(start, CommandStart())
    router.callback_query.register(choose, Pressed(LanguageChosen))
    router.callback_query.register(answer, Pressed(NewsWanted))
    router.message.register(ask_language, Command("language"))
    router.message.register(remind, NotWelcomedYet())
    router.callback_query.register(remind, NotWelcomedYet())
    return router
