"""What people tell about themselves: asked once when first needed, changeable in the settings.

Answers gather in the conversation and are written at the end, so leaving half-way changes
nothing.
"""

from datetime import date
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery
from pydantic import TypeAdapter, ValidationError

from handlers.buttons import back, button, cancel
from handlers.citizen.places import Picker
from handlers.citizen.poll_answer import seal_again
from handlers.citizen.settings import settings_screen
from handlers.filters import Pressed
from handlers.screen import Event, Screen, acknowledge, show
from handlers.text import N_, _
from handlers.views.profile import (
    BornIn,
    PlaceUnsaid,
    ProfileAsked,
    ProfileOpened,
    ProfileStep,
    ProfileUnsaid,
    SettlementTold,
    SexTold,
    birth_screen,
    intro_screen,
    settlement_screen,
    sex_screen,
    thanks_screen,
)
from services.appeals.reading import remembered_place
from services.clock import Clock, local_date
from services.people.birth import BirthBand, birth_bands
from services.people.consent import ConsentKind
from services.people.directory import Directory
from services.people.model import Person, Profile, Settlement, Sex
from services.people.person import tell_profile
from services.places.model import Place
from services.polls.ballot_box import BallotBox
from services.refusal import ConsentNeeded
from storage.database import Database

_KEY = "profile"
_PROFILE = TypeAdapter(Profile)


class Telling(StatesGroup):
    """A place may be typed; everything else is pressed."""

    place = State()
    rest = State()


async def ask_profile(event: Event, state: FSMContext, then: str) -> None:
    """Ask somebody for their profile; it ends with one button that sends `then`.

    `then` is packed callback data, at most 64 bytes.
    """
    await _keep(state, Profile(), then)
    await state.set_state(Telling.rest)
    await show(event, intro_screen())


async def open_profile(callback: CallbackQuery, state: FSMContext, person: Person) -> None:
    """Let somebody change what they told, from the settings."""
    await _keep(state, person.profile, None)
    await state.set_state(Telling.rest)
    await show(callback, intro_screen(person.profile))


async def ask(
    callback: CallbackQuery,
    press: ProfileAsked,
    state: FSMContext,
    db: Database,
    person: Person,
    clock: Clock,
) -> None:
    """Ask one question: the first, or one gone back to; before the first, ask for consent."""
    told = await _told(callback, state)
    if told is None:
        return
    if press.step is ProfileStep.INTRO:
        from_settings = told[1] is None
        await state.set_state(Telling.rest)
        await show(callback, intro_screen(person.profile if from_settings else None))
        return
    if not person.agrees(ConsentKind.POLL_PROFILE):
        raise ConsentNeeded(ConsentKind.POLL_PROFILE)
    today = local_date(clock.now())
    await _show_step(callback, press.step, state, today, db=db, person=person)


async def skip_place(callback: CallbackQuery, state: FSMContext, clock: Clock) -> None:
    """Leave the place unsaid."""
    await _place_told(callback, None, state, clock)


async def tell_birth(
    callback: CallbackQuery, press: BornIn, state: FSMContext, clock: Clock
) -> None:
    """Keep one of the bands of this year, or leave the years unsaid."""
    told = await _told(callback, state)
    today = local_date(clock.now())
    if told is None:
        return
    band = BirthBand(press.since or None, press.until)
    if press.until and band not in birth_bands(today):
        await _show_step(callback, ProfileStep.BIRTH, state, today)
        return
    profile, then = told
    born = (band.since, band.until) if press.until else (None, None)
    await _keep(state, _with(profile, born_from=born[0], born_to=born[1]), then)
    await _show_step(callback, ProfileStep.SEX, state, today)


async def tell_sex(
    callback: CallbackQuery, press: SexTold, state: FSMContext, clock: Clock
) -> None:
    """Keep the sex, or leave it unsaid."""
    told = await _told(callback, state)
    if told is None:
        return
    profile, then = told
    sex = Sex(press.sex) if press.sex in set(Sex) else None
    await _keep(state, _with(profile, sex=sex), then)
    await _show_step(callback, ProfileStep.SETTLEMENT, state, local_date(clock.now()))


async def tell_settlement(
    callback: CallbackQuery,
    press: SettlementTold,
    state: FSMContext,
    person: Person,
    people: Directory,
    clock: Clock,
    ballot_box: BallotBox,
) -> None:
    """Keep the type of settlement, or leave it unsaid, and write everything down."""
    told = await _told(callback, state)
    if told is None:
        return
    profile, then = told
    known = press.settlement in set(Settlement)
    profile = _with(profile, settlement=Settlement(press.settlement) if known else None)
    await _finish(callback, profile, then, state, person, people, clock, ballot_box)


async def tell_nothing(
    callback: CallbackQuery,
    state: FSMContext,
    person: Person,
    people: Directory,
    clock: Clock,
    ballot_box: BallotBox,
) -> None:
    """Leave everything unsaid, and do not ask again."""
    told = await _told(callback, state)
    if told is not None:
        await _finish(callback, Profile(), told[1], state, person, people, clock, ballot_box)


async def _finish(
    callback: CallbackQuery,
    profile: Profile,
    then: str | None,
    state: FSMContext,
    person: Person,
    people: Directory,
    clock: Clock,
    ballot_box: BallotBox,
) -> None:
    person = await people.change(tell_profile, person.id, profile, clock.now())
    await seal_again(state, person, ballot_box, clock.now())
    data = await state.get_data()
    data.pop(_KEY, None)
    await state.set_data(data)
    await state.set_state(None)
    await show(callback, thanks_screen(then) if then else settings_screen(person))


async def _show_step(
    callback: CallbackQuery,
    step: ProfileStep,
    state: FSMContext,
    today: date,
    **resources: Any,
) -> None:
    if step is ProfileStep.PLACE:
        await PICKER.open(callback, state, **resources)
        return
    screens: dict[ProfileStep, Screen] = {
        ProfileStep.BIRTH: birth_screen(today),
        ProfileStep.SEX: sex_screen(),
        ProfileStep.SETTLEMENT: settlement_screen(),
    }
    await state.set_state(Telling.rest)
    await show(callback, screens[step])


async def _place_chosen(
    callback: CallbackQuery, place: Place, *, state: FSMContext, clock: Clock, **_more: Any
) -> None:
    await _place_told(callback, place, state, clock)


async def _place_told(
    callback: CallbackQuery, place: Place | None, state: FSMContext, clock: Clock
) -> None:
    told = await _told(callback, state)
    if told is None:
        return
    profile, then = told
    region = place.region.kato if place else None
    district = place.district.kato if place and place.district else None
    await _keep(state, _with(profile, region=region, district=district), then)
    await _show_step(callback, ProfileStep.BIRTH, state, local_date(clock.now()))


async def _remembered(*, db: Database, person: Person, **_more: Any) -> Place | None:
    return await db.read(remembered_place, person.id)


async def _no_key(_state: FSMContext) -> str:
    return ""


async def _keep(state: FSMContext, profile: Profile, then: str | None) -> None:
    told = _PROFILE.dump_python(profile, mode="json")
    await state.update_data({_KEY: {"told": told, "then": then}})


async def _told(callback: CallbackQuery, state: FSMContext) -> tuple[Profile, str | None] | None:
    """Return the answers so far and what comes after them; say so where nothing is asked."""
    raw = (await state.get_data()).get(_KEY)
    if raw is not None:
        try:
            return _PROFILE.validate_python(raw["told"]), raw["then"]
        except ValidationError:
            await state.update_data({_KEY: None})
    await acknowledge(callback, _("This button is no longer in use. Please open the menu: /menu"))
    return None


def _with(profile: Profile, **told: Any) -> Profile:
    return _PROFILE.validate_python({**_PROFILE.dump_python(profile), **told})


PICKER = Picker(
    host="profile",
    state=Telling.place,
    question=N_("Which region do you live in?"),
    key=_no_key,
    chosen=_place_chosen,
    remembered=_remembered,
    extra=lambda _key: [[button(_("I would rather not say"), PlaceUnsaid())]],
    last=lambda _key: [back(ProfileAsked(step=ProfileStep.INTRO)), cancel()],
)


def router() -> Router:
    """Return the router of the profile's buttons."""
    router = Router(name="profile")
    router.include_router(PICKER.router())
    router.callback_query.register(open_profile, Pressed(ProfileOpened))
    router.callback_query.register(ask, Pressed(ProfileAsked))
    router.callback_query.register(skip_place, Pressed(PlaceUnsaid))
    router.callback_query.register(tell_birth, Pressed(BornIn))
    router.callback_query.register(tell_sex, Pressed(SexTold))
    router.callback_query.register(tell_settlement, Pressed(SettlementTold))
    router.callback_query.register(tell_nothing, Pressed(ProfileUnsaid))
    return router


def words() -> Router:
    """Return the router of a typed or shared place; it stands after all menus."""
    return PICKER.words()
