"""First contact: language, consent, menu; and the links that lead into the bot."""

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject, CommandStart, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message, TelegramObject
from aiogram.utils.i18n import I18n

from handlers.buttons import button, keyboard
from handlers.callbacks import ConsentGiven, ConsentRead, ConsentRefused, LanguageChosen
from handlers.deep_links import follow
from handlers.filters import Pressed
from handlers.menu import home, set_own_commands
from handlers.screen import Event, Screen, acknowledge, send, show
from handlers.text import _, current_language, pick
from services.clock import Clock
from services.language import Language
from services.organisation.directory import Organisations
from services.people.consent import CURRENT_VERSION, consent_text
from services.people.directory import Directory
from services.people.model import Person
from services.people.person import choose_language, give_consent, join
from storage.database import Database

# Both languages on the one screen that comes before the choice.
GREETING = "Тілді таңдаңыз.\nВыберите язык."
_LINK = "link"
# The version of the consent text that stands above in the chat.
_CONSENT_SHOWN = "consent_shown"


class NotWelcomedYet(Filter):
    """Somebody who has not yet chosen a language or agreed to the processing of data."""

    async def __call__(self, _event: TelegramObject, person: Person) -> bool:
        """Match on the cached person."""
        return person.language is None or person.consent is None


def language_screen() -> Screen:
    """Return the choice of language."""
    return Screen(
        GREETING,
        keyboard(
            [button("Қазақша", LanguageChosen(language=Language.KAZAKH))],
            [button("Русский", LanguageChosen(language=Language.RUSSIAN))],
        ),
    )


def consent_screen(organisations: Organisations) -> Screen:
    """Return the consent text in force, in the current language, with the party's name.

    Who pressed the wrong language first can still read it in the other one.
    """
    party = organisations.current.party
    text = consent_text(current_language()).format(party=pick(party.name_kk, party.name_ru))
    return Screen(
        text,
        keyboard(
            [button(_("✅ I agree"), ConsentGiven(version=CURRENT_VERSION))],
            [button(_("I do not agree"), ConsentRefused())],
            [_other_language()],
        ),
    )


def reminder_screen() -> Screen:
    """Return the short word for somebody who has the consent text above already."""
    return Screen(
        _("To go on, please agree to the text above: without consent nothing can be kept."),
        keyboard(
            [button(_("✅ I agree"), ConsentGiven(version=CURRENT_VERSION))],
            [button(_("📄 Read the text"), ConsentRead())],
            [button(_("I do not agree"), ConsentRefused())],
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
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Begin, or come back; a link's payload waits until the person has agreed."""
    person = await people.change(join, person.id, person.name, clock.now())
    await state.set_state(None)
    if person.language is None or person.consent is None:
        await state.update_data({_LINK: command.args})
        if person.language is None:
            await show(message, language_screen())
            return
        await state.update_data({_CONSENT_SHOWN: CURRENT_VERSION})
        await show(message, consent_screen(organisations))
        return
    await _arrive(message, command.args, state, person, people, db, clock)


async def choose(
    callback: CallbackQuery,
    press: LanguageChosen,
    bot: Bot,
    state: FSMContext,
    person: Person,
    people: Directory,
    organisations: Organisations,
) -> None:
    """Keep the language and go on in it."""
    person = await people.change(choose_language, person.id, press.language)
    with I18n.get_current(no_error=False).use_locale(press.language.value):
        await set_own_commands(bot, person)
        if person.consent is None:
            await state.update_data({_CONSENT_SHOWN: CURRENT_VERSION})
            await show(callback, consent_screen(organisations))
            return
        await show(callback, Screen(_("The language is now English.")))
        await send(callback, home(person))


async def agree(
    callback: CallbackQuery,
    press: ConsentGiven,
    state: FSMContext,
    person: Person,
    people: Directory,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Keep the consent to exactly the version shown."""
    if press.version != CURRENT_VERSION:
        await show(callback, consent_screen(organisations))
        return
    if person.consent is None:
        person = await people.change(
            give_consent, person.id, press.version, current_language(), clock.now()
        )
        await show(callback, Screen(_("Thank you. Your consent is recorded.")))
    link = (await state.get_data()).get(_LINK)
    await _arrive(callback, link, state, person, people, db, clock)


async def refuse(callback: CallbackQuery) -> None:
    """Say what cannot be done without consent, and leave the door open."""
    await acknowledge(
        callback,
        _(
            "Without consent the bot may not keep your appeals or answers. "
            "You can agree here at any time."
        ),
    )


async def ask_language(message: Message) -> None:
    """Change the language later."""
    await show(message, language_screen())


async def remind(
    event: Event, state: FSMContext, person: Person, organisations: Organisations
) -> None:
    """Whatever came before the welcome was finished: ask for what is missing.

    The consent text comes whole once; afterwards a short word leads to it.
    """
    if person.language is None:
        await show(event, language_screen())
    elif (await state.get_data()).get(_CONSENT_SHOWN) == CURRENT_VERSION:
        await send(event, reminder_screen())
    else:
        await state.update_data({_CONSENT_SHOWN: CURRENT_VERSION})
        await show(event, consent_screen(organisations))


async def read_again(callback: CallbackQuery, organisations: Organisations) -> None:
    """Show the whole consent text again."""
    await show(callback, consent_screen(organisations))


async def _arrive(
    event: Event,
    link: str | None,
    state: FSMContext,
    person: Person,
    people: Directory,
    db: Database,
    clock: Clock,
) -> None:
    await state.update_data({_LINK: None, _CONSENT_SHOWN: None})
    await send(event, home(person))
    if link:
        await follow(link, event, state=state, person=person, people=people, db=db, clock=clock)


def router() -> Router:
    """Return the router of first contact; it stands before all others."""
    router = Router(name="welcome")
    router.message.register(start, CommandStart())
    router.callback_query.register(choose, Pressed(LanguageChosen))
    router.callback_query.register(agree, Pressed(ConsentGiven))
    router.callback_query.register(refuse, Pressed(ConsentRefused))
    router.callback_query.register(read_again, Pressed(ConsentRead))
    router.message.register(ask_language, Command("language"))
    router.message.register(remind, NotWelcomedYet())
    router.callback_query.register(remind, NotWelcomedYet())
    return router
