"""Having everything that the bot keeps about oneself: as JSON and as a PDF, once an hour.

When it was sent last stands under `mydata` in the conversation.
"""

from dataclasses import dataclass
from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.filters import Pressed
from handlers.papers import Papers
from handlers.provided import provide
from handlers.screen import Event, acknowledge, send, show
from handlers.text import _
from handlers.views.mydata import preparing_screen, sent_screen, terms_screen, wait_screen
from handlers.views.mydata_callbacks import OwnDataAsked, TermsOpened
from handlers.views.mydata_paper import own_data_sheet
from services.clock import Clock, local
from services.organisation.directory import Organisations
from services.people.model import Person
from services.rights.exporting import as_json, take_own_data, waits_until
from services.text.moments import day_and_time
from storage.database import Database

_KEY = "mydata"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What making the files needs."""

    person: Person
    db: Database
    clock: Clock
    papers: Papers
    organisations: Organisations


async def ask(message: Message, state: FSMContext, shelf: Shelf) -> None:
    """Send the files, and leave whatever was going on."""
    await state.set_state(None)
    await _give(message, message, state, shelf)


async def press(callback: CallbackQuery, state: FSMContext, shelf: Shelf) -> None:
    """Send the files by a button."""
    await acknowledge(callback)
    if isinstance(callback.message, Message):
        await _give(callback, callback.message, state, shelf)


async def open_terms(callback: CallbackQuery, backup_keep: int) -> None:
    """Show how long what is kept."""
    await show(callback, terms_screen(backup_keep))


async def _give(event: Event, message: Message, state: FSMContext, shelf: Shelf) -> None:
    now, kept = shelf.clock.now(), await state.get_data()
    sent = (kept.get(_KEY) or {}).get("sent_at")
    wait = waits_until(datetime.fromisoformat(sent) if sent else None, now)
    if wait is not None:
        await send(event, wait_screen(day_and_time(wait)))
        return
    await send(event, preparing_screen())
    data = dict(await shelf.db.write(take_own_data, shelf.person.id, kept, now))
    of_secret: str = data["polls"]["secret_answers"]
    data["polls"] = data["polls"] | {"secret_answers": _(of_secret)}
    paper = await shelf.papers.draw(own_data_sheet(data, shelf.organisations.current, now))
    name = f"unqosu-{local(now):%Y-%m-%d}"
    for content, kind in ((paper, "pdf"), (as_json(data), "json")):
        await message.answer_document(BufferedInputFile(content, f"{name}.{kind}"))
    # Only now: what a kill interrupted is sent again.
    await state.update_data({_KEY: {"sent_at": now.isoformat()}})
    await send(event, sent_screen())


def router() -> Router:
    """Return the router of one's own data."""
    router = provide(Router(name="my data"), "shelf", Shelf)
    router.message.register(ask, Command("mydata"))
    router.callback_query.register(press, Pressed(OwnDataAsked))
    router.callback_query.register(open_terms, Pressed(TermsOpened))
    return router
