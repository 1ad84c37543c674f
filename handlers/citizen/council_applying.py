"""Offering oneself for a public council: a name, a few words, a phone if one likes.

What is written stands under `council` in the conversation. Messages are told apart by their
numbers: one that comes again changes nothing.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.councils import council_now
from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.provided import provide
from handlers.screen import Event, Screen, show
from handlers.text import _, current_language
from handlers.views.council_applying import (
    about_screen,
    name_screen,
    phone_screen,
    preview_screen,
)
from handlers.views.council_callbacks import (
    ApplicationSent,
    ApplicationTakenBack,
    Applying,
    ApplyPhoneSkipped,
)
from services.clock import Clock, local_date
from services.councils.applying import (
    Offered,
    about_problem,
    apply_for_council,
    name_problem,
    own_applications,
    require_applicable,
    take_back_application,
)
from services.councils.composition import find_council
from services.councils.model import Council
from services.organisation.directory import Organisations
from services.people.consent import ConsentKind
from services.people.model import Person
from services.people.phone import normalise_phone
from services.refusal import N_, ConsentNeeded, Refusal
from storage.database import Database

_KEY = "council"
_DRAFT_LENGTH = 32
_GONE = N_("This draft is no longer there. Please begin again: /councils")


class Offering(StatesGroup):
    """What the bot waits for."""

    name = State()
    about = State()
    phone = State()


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation of somebody who offers themselves."""

    state: FSMContext
    person: Person
    organisations: Organisations
    db: Database
    clock: Clock

    async def council(self, code: str) -> Council:
        """Return the council; raises Refusal where it is no more."""
        return await self.db.read(find_council, code, local_date(self.clock.now()))

    async def draft(self) -> dict[str, Any]:
        """Return what is written so far."""
        return (await self.state.get_data()).get(_KEY) or {}

    async def keep(self, draft: dict[str, Any]) -> None:
        """Keep what is written so far."""
        await self.state.update_data({_KEY: draft})


async def begin(callback: CallbackQuery, press: Applying, talk: Talk) -> None:
    """Ask for the consent first, then for the name; an unfinished draft goes on."""
    if not talk.person.agrees(ConsentKind.COUNCILS):
        raise ConsentNeeded(ConsentKind.COUNCILS)
    now = talk.clock.now()
    await talk.db.read(require_applicable, talk.person.id, press.council, now)
    draft = await talk.draft()
    if draft.get("council") != press.council:
        seed = f"{talk.person.id}:{press.council}:{callback.id}"
        id_ = hashlib.sha256(seed.encode()).hexdigest()[:_DRAFT_LENGTH]
        await talk.keep({"id": id_, "council": press.council, "heard": 0})
    await _ask_next(callback, talk)


async def take_name(message: Message, words: str, talk: Talk) -> None:
    """Keep the name."""
    words = " ".join(words.split())
    await _take(message, talk, "name", words, name_problem(words))


async def take_about(message: Message, words: str, talk: Talk) -> None:
    """Keep what they say about themselves."""
    words = words.strip()
    await _take(message, talk, "about", words, about_problem(words))


async def take_phone(message: Message, words: str, talk: Talk) -> None:
    """Keep the phone."""
    phone = normalise_phone(words)
    problem = None
    if phone is None:
        problem = N_("I need a phone number of Kazakhstan, for example: +7 701 123 45 67")
    await _take(message, talk, "phone", phone or "", problem)


async def skip_phone(callback: CallbackQuery, press: ApplyPhoneSkipped, talk: Talk) -> None:
    """Go on without a phone."""
    draft = await talk.draft()
    if draft.get("id") != press.draft:
        raise Refusal(_GONE)
    await talk.keep(draft | {"phone": ""})
    await _ask_next(callback, talk)


async def send_application(callback: CallbackQuery, press: ApplicationSent, talk: Talk) -> None:
    """Send exactly what was shown; pressed again, say so again."""
    draft = await talk.draft()
    if draft.get("id") == press.draft:
        if draft["heard"] != press.words or "phone" not in draft:
            await _ask_next(callback, talk)  # newer words want a look first
            return
        said = (draft["name"], draft["about"], draft["phone"] or None)
        offered = Offered(draft["id"], draft["council"], *said)
        spoken, now = current_language(), talk.clock.now()
        await talk.db.write(apply_for_council, talk.person.id, offered, spoken, now)
        await talk.keep({"sent": draft["id"], "to": draft["council"], "heard": draft["heard"]})
        await talk.state.set_state(None)
        draft = await talk.draft()
    if draft.get("sent") != press.draft:
        raise Refusal(_GONE)
    note = _("✅ Your application is on its way. The answer will come here.")
    await _show_council(callback, draft["to"], talk, note)


async def take_back(callback: CallbackQuery, press: ApplicationTakenBack, talk: Talk) -> None:
    """Erase the own application at once."""
    own = await talk.db.read(own_applications, talk.person.id)
    council = next((one.council for one in own if one.id == press.application), None)
    await talk.db.write(take_back_application, press.application, talk.person.id)
    note = _("Your application is taken back and erased.")
    council = council or (await talk.draft()).get("to")
    if council is None:
        await show(callback, Screen(note))
        return
    await _show_council(callback, council, talk, note)


async def take_something_else(message: Message) -> None:
    """Say that words are asked for."""
    await show(message, Screen(_("Please write it as a text message.")))


async def _show_council(callback: CallbackQuery, council: str, talk: Talk, note: str) -> None:
    screen = await council_now(
        council, talk.person, talk.organisations.current, talk.db, talk.clock, note
    )
    await show(callback, screen)


async def _take(message: Message, talk: Talk, part: str, words: str, problem: str | None) -> None:
    """Keep a part, or say what is wrong with it; a message that was heard does nothing."""
    draft = await talk.draft()
    if "id" not in draft or message.message_id <= draft["heard"]:
        return
    draft |= {"heard": message.message_id}
    if problem is None:
        draft |= {part: words}
    await talk.keep(draft)
    await _ask_next(message, talk, "" if problem is None else _(problem))


async def _ask_next(event: Event, talk: Talk, note: str = "") -> None:
    """Ask for the first part that is missing, or show all of it."""
    draft = await talk.draft()
    council = await talk.council(draft["council"])
    name = council.name(current_language())
    if "name" not in draft:
        await talk.state.set_state(Offering.name)
        await show(event, name_screen(council, name, note))
    elif "about" not in draft:
        await talk.state.set_state(Offering.about)
        await show(event, about_screen(council, name, note))
    elif "phone" not in draft:
        await talk.state.set_state(Offering.phone)
        await show(event, phone_screen(council, name, draft["id"], note))
    else:
        await talk.state.set_state(None)
        sent = ApplicationSent(draft=draft["id"], words=draft["heard"])
        said = (draft["name"], draft["about"], draft["phone"] or None)
        await show(event, preview_screen(council, name, said, sent))


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="offering oneself"), "talk", Talk)
    router.callback_query.register(begin, Pressed(Applying))
    router.callback_query.register(skip_phone, Pressed(ApplyPhoneSkipped))
    router.callback_query.register(send_application, Pressed(ApplicationSent))
    router.callback_query.register(take_back, Pressed(ApplicationTakenBack))
    return router


def words() -> Router:
    """Return the router of what is written; it stands after all menus."""
    router = provide(Router(name="offering oneself: words"), "talk", Talk)
    router.message.register(take_name, StateFilter(Offering.name), Words())
    router.message.register(take_about, StateFilter(Offering.about), Words())
    router.message.register(take_phone, StateFilter(Offering.phone), Words())
    router.message.register(take_something_else, StateFilter(Offering), NotWords())
    return router
