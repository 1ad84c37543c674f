"""Filing for a visitor: consent, name, phone and language; the rest are the citizen's own steps.

What is known of the visitor stands under `visitor` in the conversation until the draft begins,
and in the draft from then on.
"""

from dataclasses import asdict, dataclass, replace

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.appeal.talk import Talk
from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.provided import provide
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.appeal_draft import unfinished_screen
from handlers.views.reception import (
    PhoneSkipped,
    ReceptionBegun,
    VisitorAgreed,
    VisitorsLanguage,
    consent_screen,
    language_screen,
    name_screen,
    phone_screen,
)
from services.appeals.draft import Draft, Visitor
from services.appeals.reception import checked_name
from services.clock import local_date
from services.people.consent import ConsentKind, current_version
from services.people.deeds import Deed
from services.people.phone import normalise_phone
from services.refusal import Refusal

_KEY = "visitor"


class Receiving(StatesGroup):
    """What the bot waits for."""

    name = State()
    phone = State()
    language = State()


@dataclass(frozen=True, slots=True)
class _Reception:
    """What is known so far; heard is the last message that was taken for something."""

    draft: str
    consent: str = ""
    name: str = ""
    phone: str | None = None
    heard: int = 0


async def begin(event: Event, talk: Talk) -> None:
    """Ask for the visitor's consent; a draft that would be lost is shown first."""
    draft = await talk.draft()
    if draft is not None and not draft.is_blank and not await talk.is_sent(draft):
        await talk.leave()
        await show(event, unfinished_screen(draft, talk.organisation))
        return
    await talk.leave()
    reception, draft_id = await _reception(talk), talk.new_draft(event).id
    if reception is None or reception.draft != draft_id:
        await _keep(talk, _Reception(draft_id))
    await show(event, consent_screen(draft_id, talk.organisation))


async def agree(callback: CallbackQuery, press: VisitorAgreed, talk: Talk) -> None:
    """Note the consent and ask for the name."""
    reception = await _current(callback, press.draft, talk)
    if reception is None:
        return
    version = reception.consent or current_version(ConsentKind.APPEALS)
    await _keep(talk, replace(reception, consent=version))
    await talk.state.set_state(Receiving.name)
    await show(callback, name_screen())


async def take_name(message: Message, words: str, talk: Talk) -> None:
    """Take the name and ask for the phone."""
    reception = await _heard(message, talk)
    if reception is None:
        return
    try:
        name = checked_name(words)
    except Refusal as refusal:
        await show(message, name_screen(_(refusal.message)))
        return
    await _keep(talk, replace(reception, name=name))
    await talk.state.set_state(Receiving.phone)
    await show(message, phone_screen(reception.draft))


async def take_phone(message: Message, talk: Talk) -> None:
    """Take the phone, written or shared as a contact, and ask for the language."""
    reception = await _heard(message, talk)
    if reception is None:
        return
    written = message.contact.phone_number if message.contact else message.text or ""
    phone = normalise_phone(written)
    if phone is None:
        note = _("This is not a phone number of Kazakhstan. Example: +7 701 123 45 67")
        await show(message, phone_screen(reception.draft, note))
        return
    await _keep(talk, replace(reception, phone=phone))
    await talk.state.set_state(Receiving.language)
    await show(message, language_screen(reception.draft))


async def skip_phone(callback: CallbackQuery, press: PhoneSkipped, talk: Talk) -> None:
    """Go on without a phone."""
    reception = await _current(callback, press.draft, talk)
    if reception is not None and reception.name:
        await talk.state.set_state(Receiving.language)
        await show(callback, language_screen(press.draft))


async def begin_draft(callback: CallbackQuery, press: VisitorsLanguage, talk: Talk) -> None:
    """Begin the visitor's draft; pressed again, go on with it."""
    draft = await talk.draft()
    if draft is not None and draft.id == press.draft:
        await talk.show_next(callback, draft)
        return
    reception = await _current(callback, press.draft, talk)
    if reception is None or not reception.name:
        return
    draft = Draft(
        reception.draft,
        language=press.language,
        phone=reception.phone,
        visitor=Visitor(reception.name, reception.consent),
        begun_on=local_date(talk.clock.now()),
        # Name and phone are no words of the appeal, even if they come again.
        heard=(reception.heard,),
    )
    await talk.keep(draft)
    await talk.state.update_data({_KEY: None})
    await talk.show_next(callback, draft)


async def take_something_else(message: Message) -> None:
    """Say that words are asked for."""
    await show(message, name_screen(_("Please write it as a text message.")))


async def _keep(talk: Talk, reception: _Reception) -> _Reception:
    await talk.state.update_data({_KEY: asdict(reception)})
    return reception


async def _reception(talk: Talk) -> _Reception | None:
    raw = (await talk.state.get_data()).get(_KEY)
    return _Reception(**raw) if raw else None


async def _current(callback: CallbackQuery, draft: str, talk: Talk) -> _Reception | None:
    """Return the reception that a button speaks of; say so where it is not the present one."""
    reception = await _reception(talk)
    if reception is not None and reception.draft == draft:
        return reception
    await acknowledge(callback, _("This button belongs to an earlier visitor."))
    return None


async def _heard(message: Message, talk: Talk) -> _Reception | None:
    """Return the reception for a message that comes for the first time, noting that it came."""
    reception = await _reception(talk)
    if reception is None or message.message_id <= reception.heard:
        return None
    return await _keep(talk, replace(reception, heard=message.message_id))


def router() -> Router:
    """Return the router of the buttons and of /reception."""
    router = Router(name="reception")
    staff = Works(Deed.RECEIVE)
    router.message.register(begin, Command("reception"), staff)
    router.callback_query.register(begin, Pressed(ReceptionBegun), staff)
    router.callback_query.register(agree, Pressed(VisitorAgreed), staff)
    router.callback_query.register(skip_phone, Pressed(PhoneSkipped), staff)
    router.callback_query.register(begin_draft, Pressed(VisitorsLanguage), staff)
    return provide(router, "talk", Talk)


def words() -> Router:
    """Return the router of what is typed; it stands after all menus."""
    router = Router(name="reception: words")
    staff = Works(Deed.RECEIVE)
    router.message.register(take_name, StateFilter(Receiving.name), staff, Words())
    router.message.register(take_phone, StateFilter(Receiving.phone), staff, Words())
    router.message.register(take_phone, StateFilter(Receiving.phone), staff, Has("contact"))
    waiting = StateFilter(Receiving.name, Receiving.phone)
    router.message.register(take_something_else, waiting, staff, NotWords())
    return provide(router, "talk", Talk)
