"""Choosing a place: a list of regions and districts, a typed name, or a shared location.

One picker serves every conversation that needs a place. The host names itself, says what to
ask, and gets the choice; it keeps the choice under its own key.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from handlers.buttons import back, button, keyboard
from handlers.citizen.words import Words
from handlers.filters import Has, Pressed
from handlers.screen import Event, Screen, send, show
from handlers.text import _, current_language
from handlers.views.emphasis import bold
from handlers.views.places import (
    LocationAsked,
    PlaceChosen,
    RegionOpened,
    RegionsOpened,
    Rows,
    abroad,
    district_rows,
    location_button,
    location_request,
    location_taken,
    nothing_found,
    place_label,
    place_rows,
    regions_rows,
)
from services.people.model import Person
from services.places.atlas import atlas
from services.places.model import Place
from services.places.nearest import nearest
from services.places.search import search

# Longer than any name of a place: the host may take it for something else.
LONGEST_NAME = 64
_FOUND = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Picker:
    """Where a place is chosen for one conversation.

    `host` is a short word without colons, unique among pickers; `key` (a draft's id, or "")
    travels in every button and comes back to `chosen` and `located`, which also get the
    handler's resources by name and must end with `**_more`. `question` is a message id.
    `extra` rows stand under the list of regions, `last` the last row of every screen: Back and
    Cancel.
    """

    host: str
    state: State
    question: str
    key: Callable[[FSMContext], Awaitable[str]]
    chosen: Callable[..., Awaitable[None]]
    last: Callable[[str], list[InlineKeyboardButton]]
    extra: Callable[[str], Rows] = lambda _key: []
    located: Callable[..., Awaitable[None]] | None = None
    remembered: Callable[..., Awaitable[Place | None]] | None = None
    districts: bool = True
    may_skip_district: bool = True
    by_location: bool = True

    async def open(
        self, event: Event, state: FSMContext, key: str = "", note: str = "", **resources: Any
    ) -> None:
        """Ask for a region; the note, Telegram HTML, stands above the question."""
        await state.set_state(self.state)
        await show(event, await self.screen(key, note, **resources))

    def router(self) -> Router:
        """Return the router of the picker's buttons."""
        router = Router(name=f"places:{self.host}")
        router.callback_query.register(self._open_regions, Pressed(RegionsOpened, host=self.host))
        router.callback_query.register(self._open_region, Pressed(RegionOpened, host=self.host))
        router.callback_query.register(self._choose, Pressed(PlaceChosen, host=self.host))
        router.callback_query.register(self._ask_location, Pressed(LocationAsked, host=self.host))
        return router

    def words(self) -> Router:
        """Return the router of typed names and shared locations; it stands after all menus."""
        router = Router(name=f"places words:{self.host}")
        asked = StateFilter(self.state)
        router.message.register(self._search, asked, Words(at_most=LONGEST_NAME))
        if self.by_location:
            router.message.register(self._locate, asked, Has("location", "venue"))
        return router

    async def screen(self, key: str, note: str = "", **resources: Any) -> Screen:
        """Return the list of regions with everything around it."""
        rows = regions_rows(atlas().regions.values(), self.host, key, whole=not self.districts)
        known = await self.remembered(**resources) if self.remembered else None
        first: Rows = []
        if known is not None:
            choice = PlaceChosen(host=self.host, key=key, kato=known.kato)
            first = [[button(f"⭐ {place_label(known)}", choice)]]
        if self.by_location:
            first.append([location_button(self.host, key)])
        below = self.extra
        hint = _("You can also type a name here.")
        text = "\n\n".join(part for part in (note, bold(_(self.question)), hint) if part)
        return Screen(text, keyboard(*first, *rows, *below(key), self.last(key)))

    async def _open_regions(
        self, callback: CallbackQuery, press: RegionsOpened, **resources: Any
    ) -> None:
        await show(callback, await self.screen(press.key, **resources))

    async def _open_region(
        self, callback: CallbackQuery, press: RegionOpened, **resources: Any
    ) -> None:
        place = atlas().place(press.region)
        if place is None or not self.districts:
            await show(callback, await self.screen(press.key, **resources))
            return
        await show(callback, self._districts(place, press.key, press.page))

    def _districts(self, place: Place, key: str, page: int) -> Screen:
        code = place.region.kato
        rows = district_rows(atlas().by_region[code], self.host, key, code, page)
        if self.may_skip_district:
            whole = PlaceChosen(host=self.host, key=key, kato=code)
            rows.append([button(_("The district is not here · skip"), whole)])
        rows.append([back(RegionsOpened(host=self.host, key=key)), self.last(key)[-1]])
        name = place.region.name(current_language())
        text = _("Region: {region}").format(region=name)
        question = bold(_("Which district or city?"))
        return Screen(f"{text}\n\n{question}", keyboard(*rows))

    async def _choose(self, callback: CallbackQuery, press: PlaceChosen, **resources: Any) -> None:
        place = atlas().place(press.kato)
        fits = place is not None and (place.district is None or self.districts)
        if place is None or not fits:
            await show(callback, await self.screen(press.key, **resources))
            return
        resources.pop("key", None)
        await self.chosen(callback, place, key=press.key, near=press.near, **resources)

    async def _ask_location(
        self, callback: CallbackQuery, person: Person, state: FSMContext
    ) -> None:
        await state.set_state(self.state)
        await send(callback, location_request(person))

    async def _search(
        self, message: Message, words: str, state: FSMContext, **resources: Any
    ) -> None:
        key = await self.key(state)
        found = search(words, limit=_FOUND)
        if not self.districts:
            regions = {place.region.kato: Place(place.region) for place in found}
            found = list(regions.values())
        if not found:
            note = nothing_found(words)
            await show(message, await self.screen(key, note, state=state, **resources))
            return
        rows = place_rows(found, self.host, key, whole=not self.districts)
        rows.append([button(_("All regions"), RegionsOpened(host=self.host, key=key))])
        await show(message, Screen(_("Is it one of these?"), keyboard(*rows, self.last(key))))

    async def _locate(
        self, message: Message, state: FSMContext, person: Person, **resources: Any
    ) -> None:
        location = message.location or (message.venue.location if message.venue else None)
        if location is None:
            return
        key = await self.key(state)
        resources.update(state=state, person=person)
        await send(message, location_taken(person))
        places = nearest(location.latitude, location.longitude)
        if not places:
            await send(message, await self.screen(key, abroad(), **resources))
            return
        if self.located is not None:
            point = (location.latitude, location.longitude)
            await self.located(point, **resources)
        if not self.districts:
            places = list({place.region.kato: Place(place.region) for place in places}.values())
        rows = place_rows(places, self.host, key, whole=not self.districts, near=True)
        rows.append([button(_("All regions"), RegionsOpened(host=self.host, key=key))])
        text = _("The nearest places to your location. Which one is it?")
        await send(message, Screen(text, keyboard(*rows, self.last(key))))
