"""A poll of two keys between «launch» and its opening: who holds them, and who has set theirs."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.poll_composer.asking import ask
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import (
    Composition,
    composition_of,
    drop,
    keep,
)
from handlers.operator.poll_composer.showing import draft_of
from handlers.screen import acknowledge, show
from handlers.text import _
from handlers.views.poll_key_callbacks import (
    BothChosen,
    FirstChosen,
    HoldersAsked,
    HoldersNamed,
    LockedCalledOff,
    LockedShown,
)
from handlers.views.poll_key_holders import (
    confirm_screen,
    first_screen,
    over_screen,
    second_screen,
    waiting_screen,
)
from services.clock import Clock
from services.people.deeds import Deed
from services.people.model import Person
from services.polls.draft import PollDraft
from services.polls.reading import poll_of_draft
from services.polls.two_keys import call_off, eligible, find_locked, name_holders
from services.refusal import Refusal
from storage.database import Database


async def shown_waiting(callback: CallbackQuery, draft_id: str, db: Database) -> bool:
    """Show whose passphrase a draft waits for; False where it waits for none."""
    locked = await db.read(find_locked, draft_id)
    if locked is not None:
        await show(callback, waiting_screen(locked))
    return locked is not None


async def choose_holders(callback: CallbackQuery, draft_id: str, db: Database) -> None:
    """Ask who holds the keys, or show who is asked already."""
    if not await _shown_already(callback, draft_id, db):
        await show(
            callback, first_screen(draft_id, await db.read(eligible, callback.from_user.id))
        )


async def ask_again(callback: CallbackQuery, press: HoldersAsked, db: Database) -> None:
    """Go back to the first holder."""
    await choose_holders(callback, press.draft, db)


async def choose_second(callback: CallbackQuery, press: FirstChosen, db: Database) -> None:
    """Ask for the second holder."""
    colleagues = await db.read(eligible, callback.from_user.id)
    first = (press.first, dict(colleagues).get(press.first, ""))
    await show(callback, second_screen(press.draft, first, colleagues))


async def confirm(callback: CallbackQuery, press: BothChosen, db: Database) -> None:
    """Show both before they are asked."""
    names = dict(await db.read(eligible, callback.from_user.id))
    first, second = ((one, names.get(one, "")) for one in (press.first, press.second))
    await show(callback, confirm_screen(press.draft, first, second))


async def name_them(
    callback: CallbackQuery,
    press: HoldersNamed,
    state: FSMContext,
    db: Database,
    clock: Clock,
    person: Person,
) -> None:
    """Freeze the draft and ask both; a repeated tap shows how far it is."""
    if await _shown_already(callback, press.draft, db):
        return
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    holders = (press.first, press.second)
    try:
        await db.write(name_holders, composition.draft, holders, person.id, clock.now())
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        found = await db.read(eligible, callback.from_user.id)
        await show(callback, first_screen(press.draft, found, problem))
        return
    await drop(state, press.draft)
    await _shown_already(callback, press.draft, db)


async def show_locked(callback: CallbackQuery, press: LockedShown, db: Database) -> None:
    """Show whose passphrase is set."""
    if not await _shown_already(callback, press.draft, db):
        await show(callback, over_screen(_("This poll was taken back.")))


async def take_back(
    callback: CallbackQuery,
    press: LockedCalledOff,
    state: FSMContext,
    db: Database,
    clock: Clock,
    person: Person,
) -> None:
    """Call the poll off and open it in the composer, as a newer version."""
    if await db.read(poll_of_draft, press.draft) is not None:
        await _shown_already(callback, press.draft, db)
        return
    composition = await composition_of(state)
    if composition is not None and composition.draft.id != press.draft:
        told = _("Another poll is being composed. Please launch it or delete its draft first.")
        await acknowledge(callback, told)
        return
    kept = await db.write(call_off, press.draft, person.id, clock.now())
    if composition is None:
        if kept is None:
            await show(callback, over_screen(_("This poll was taken back.")))
            return
        draft = PollDraft.of_json(kept)
        composition = Composition(replace(draft, version=draft.version + 1), step=Step.CHECK)
        await keep(state, composition)
    await ask(callback, composition.at(Step.CHECK), state, db, clock.now())


async def _shown_already(callback: CallbackQuery, draft_id: str, db: Database) -> bool:
    """Show how far a draft is; False where nobody was asked, or it was taken back."""
    if await shown_waiting(callback, draft_id, db):
        return True
    if await db.read(poll_of_draft, draft_id) is not None:
        await show(callback, over_screen(_("Both passphrases are set, and the poll is open.")))
        return True
    return False


def router() -> Router:
    """Return the router of polls with two keys."""
    router = Router(name="poll two keys")
    router.callback_query.filter(Works(Deed.SHARE_KEY))
    router.callback_query.register(ask_again, Pressed(HoldersAsked))
    router.callback_query.register(choose_second, Pressed(FirstChosen))
    router.callback_query.register(confirm, Pressed(BothChosen))
    router.callback_query.register(name_them, Pressed(HoldersNamed))
    router.callback_query.register(show_locked, Pressed(LockedShown))
    router.callback_query.register(take_back, Pressed(LockedCalledOff))
    return router
