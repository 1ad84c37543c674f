"""Applications to public councils: the list, one of them, a decision with words.

The words of a decision stand under `council_decision` in the conversation.
"""

from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.provided import provide
from handlers.screen import Event, Screen, show
from handlers.text import _
from handlers.views.council_applications import (
    application_screen,
    list_screen,
    preview_screen,
    words_screen,
)
from handlers.views.council_callbacks import (
    ApplicationDecided,
    ApplicationDeciding,
    ApplicationOpened,
    ApplicationsListed,
)
from services.appeals.reasons import reason_problem
from services.clock import Clock
from services.councils.deciding import decide_application, list_waiting, open_application
from services.people.deeds import Deed
from services.people.model import Person
from storage.database import Database

_KEY = "council_decision"


class Settling(StatesGroup):
    """What the bot waits for."""

    words = State()


@dataclass(frozen=True, slots=True)
class Decider:
    """The conversation of somebody who decides on applications."""

    state: FSMContext
    person: Person
    db: Database
    clock: Clock

    async def draft(self) -> dict[str, Any]:
        """Return the decision that is being written."""
        return (await self.state.get_data()).get(_KEY) or {}


async def open_list(callback: CallbackQuery, press: ApplicationsListed, decider: Decider) -> None:
    """Show a page of what waits."""
    await decider.state.set_state(None)
    wanted = (decider.person.id, press.after, decider.clock.now())
    found, more = await decider.db.read(list_waiting, *wanted)
    await show(callback, list_screen(found, more=more))


async def open_one(callback: CallbackQuery, press: ApplicationOpened, decider: Decider) -> None:
    """Show one application; that is written down."""
    await decider.state.set_state(None)
    await _show(callback, press.application, decider)


async def ask_words(callback: CallbackQuery, press: ApplicationDeciding, decider: Decider) -> None:
    """Ask for the words of the decision."""
    wanted = {
        "application": press.application,
        "version": press.version,
        "accept": press.accept,
    }
    draft = await decider.draft()
    if any(draft.get(name) != value for name, value in wanted.items()):
        await decider.state.update_data({_KEY: {**wanted, "heard": draft.get("heard", 0)}})
    await decider.state.set_state(Settling.words)
    await show(callback, words_screen(press.application, accept=press.accept))


async def take_words(message: Message, words: str, decider: Decider) -> None:
    """Keep the words and show them; newer ones replace older ones."""
    draft = await decider.draft()
    if "application" not in draft or message.message_id <= draft.get("heard", 0):
        return
    application, accept = draft["application"], draft["accept"]
    problem = reason_problem(words)
    if problem is not None:
        await show(message, words_screen(application, _(problem), accept=accept))
        return
    words = words.strip()
    await decider.state.update_data({_KEY: {**draft, "words": words, "heard": message.message_id}})
    decided = ApplicationDecided(
        application=application,
        version=draft["version"],
        accept=accept,
        words=message.message_id,
    )
    await show(message, preview_screen(decided, words))


async def decide(callback: CallbackQuery, press: ApplicationDecided, decider: Decider) -> None:
    """Decide with exactly the words that were shown; pressed again, show what was decided."""
    draft = await decider.draft()
    shown = (press.application, press.version, press.accept, press.words)
    kept = tuple(draft.get(name) for name in ("application", "version", "accept", "heard"))
    note = ""
    if shown == kept and "words" in draft:
        seen = (decider.person.id, press.application, press.version, draft["words"])
        now = decider.clock.now()
        await decider.db.write(decide_application, *seen, now, accept=press.accept)
        await decider.state.update_data({_KEY: {"heard": press.words}})
        await decider.state.set_state(None)
        note = _("✅ Decided. The citizen is told.")
    await _show(callback, press.application, decider, note)


async def take_something_else(message: Message) -> None:
    """Say that words are asked for."""
    await show(message, Screen(_("Please write it as a text message.")))


async def _show(event: Event, application: int, decider: Decider, note: str = "") -> None:
    seen = (decider.person.id, application, decider.clock.now())
    await show(event, application_screen(await decider.db.write(open_application, *seen), note))


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="council applications"), "decider", Decider)
    router.callback_query.filter(Works(Deed.READ_APPLICATIONS))
    router.callback_query.register(open_list, Pressed(ApplicationsListed))
    router.callback_query.register(open_one, Pressed(ApplicationOpened))
    router.callback_query.register(ask_words, Pressed(ApplicationDeciding))
    router.callback_query.register(decide, Pressed(ApplicationDecided))
    return router


def words() -> Router:
    """Return the router of what is written; it stands after all menus."""
    router = provide(Router(name="council applications: words"), "decider", Decider)
    router.message.filter(Works(Deed.DECIDE_APPLICATION))
    router.message.register(take_words, StateFilter(Settling.words), Words())
    router.message.register(take_something_else, StateFilter(Settling.words), NotWords())
    return router
