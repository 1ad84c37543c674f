"""/deputies: finding one’s deputy by place or by name, their rating, and writing to them."""

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, FSInputFile, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.screen import Event, Screen, send, show
from handlers.text import _
from handlers.views.rating_callbacks import (
    CorrectionsShown,
    DeputiesShown,
    DeputyDrawn,
    DeputyShown,
    DeputySought,
    MaslikhatShown,
    MethodShown,
)
from handlers.views.rating_card import deputy_card
from handlers.views.rating_deputy import (
    corrections_screen,
    deputy_screen,
    picture_caption,
    picture_keyboard,
)
from handlers.views.rating_lists import (
    found_screen,
    maslikhat_screen,
    maslikhats_screen,
    method_screen,
    regions_screen,
    sought_screen,
)
from services.clock import Clock, local_date
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person
from services.ratings.drawing import Pictures
from services.ratings.feedback import feedback_on
from services.ratings.standing import (
    Sheet,
    all_maslikhats,
    find_deputies,
    maslikhats_in,
    maslikhats_near,
    own_deputy,
    published_rounds,
    regions_rated,
    sheet_of,
    table_of,
)
from services.refusal import N_, Refusal
from storage.database import Database

_LONGEST_NAME = 100


class Seeking(StatesGroup):
    """What the next message is taken for."""

    name = State()


async def open_regions(
    event: Event,
    state: FSMContext,
    person: Person,
    db: Database,
    press: DeputiesShown | None = None,
) -> None:
    """Show the regions, or the maslikhats of one."""
    await state.set_state(None)
    if press is not None and press.region:
        found = await db.read(maslikhats_in, press.region)
        await show(event, maslikhats_screen(press.region, found))
        return
    profile = person.profile
    near = await db.read(maslikhats_near, profile.region, profile.district)
    own = await db.read(own_deputy, person.official)
    works = may_somewhere(person.roles, Deed.READ_RATINGS)
    await show(event, regions_screen(await db.read(regions_rated), near, own, works=works))


async def open_maslikhat(
    callback: CallbackQuery, press: MaslikhatShown, db: Database, clock: Clock
) -> None:
    """Show a maslikhat by place."""
    table = await db.read(table_of, press.code, local_date(clock.now()))
    await show(callback, maslikhat_screen(table, max(press.after, 0)))


async def open_deputy(
    callback: CallbackQuery,
    press: DeputyShown,
    state: FSMContext,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Show one deputy."""
    await state.set_state(None)
    sheet = await _sheet(press.code, db, clock)
    feedback, own = await db.read(feedback_on, press.code), person.official == press.code
    await show(callback, deputy_screen(sheet, feedback, own=own))


async def draw(
    callback: CallbackQuery, press: DeputyDrawn, db: Database, clock: Clock, charts: Pictures
) -> None:
    """Send the picture of a deputy."""
    sheet = await _sheet(press.code, db, clock)
    if not sheet.history:
        raise Refusal(N_("Not rated in any published round yet."))
    picture = await charts.picture(deputy_card(sheet))
    text, buttons = picture_caption(sheet), picture_keyboard(sheet)
    await send(callback, Screen(text, buttons, FSInputFile(picture)))


async def open_method(
    callback: CallbackQuery, press: MethodShown, db: Database, clock: Clock
) -> None:
    """Show the whole method of the newest round of a deputy or a maslikhat."""
    if press.deputy:
        history = (await _sheet(press.deputy, db, clock)).history
        newest = history[0].round if history else None
    else:
        newest = (await db.read(table_of, press.maslikhat, local_date(clock.now()))).round
    if newest is None:
        raise Refusal(N_("There is no such round."))
    await show(callback, method_screen(newest, press))


async def open_corrections(
    callback: CallbackQuery, press: CorrectionsShown, db: Database, clock: Clock
) -> None:
    """Show what was corrected in a deputy’s lines."""
    sheet = await _sheet(press.code, db, clock)
    rounds = await db.read(published_rounds)
    await show(callback, corrections_screen(sheet, sheet.corrections, rounds))


async def ask_name(callback: CallbackQuery, state: FSMContext) -> None:
    """Ask for a name."""
    await state.set_state(Seeking.name)
    await show(callback, sought_screen())


async def find(message: Message, words: str, db: Database) -> None:
    """Show who is called so; the next words look for somebody else."""
    found = await db.read(find_deputies, words)
    await show(message, found_screen(words, found, await db.read(all_maslikhats)))


async def ask_again(message: Message) -> None:
    """Say that a name is asked for."""
    await show(message, sought_screen(_("Please write it in words, as a text message.")))


async def _sheet(code: str, db: Database, clock: Clock) -> Sheet:
    return await db.read(sheet_of, code, local_date(clock.now()))


def router() -> Router:
    """Return the router of /deputies and its buttons."""
    router = Router(name="deputies")
    router.message.register(open_regions, Command("deputies"))
    router.callback_query.register(open_regions, Pressed(DeputiesShown))
    router.callback_query.register(open_maslikhat, Pressed(MaslikhatShown))
    router.callback_query.register(open_deputy, Pressed(DeputyShown))
    router.callback_query.register(draw, Pressed(DeputyDrawn))
    router.callback_query.register(open_method, Pressed(MethodShown))
    router.callback_query.register(open_corrections, Pressed(CorrectionsShown))
    router.callback_query.register(ask_name, Pressed(DeputySought))
    return router


def words() -> Router:
    """Return the router of names that are typed; it stands after all menus."""
    router = Router(name="deputies: names")
    asked = StateFilter(Seeking.name)
    router.message.register(find, asked, Words(at_most=_LONGEST_NAME))
    router.message.register(ask_again, asked, NotWords())
    return router
