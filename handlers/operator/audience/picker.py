"""The picker of readers: the host keeps the choice, every change shows how many it reaches."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from handlers.citizen.places import LONGEST_NAME
from handlers.filters import Pressed, Works
from handlers.operator.audience.callbacks import (
    DistrictsListed,
    EverybodyReads,
    Part,
    PartOpened,
    ReadersDone,
    ReadersSet,
    ReadersShown,
)
from handlers.operator.audience.choosing import chosen
from handlers.operator.audience.screens import DISTRICTS, REGIONS, Chooser
from handlers.screen import Event, show
from services.clock import Clock, local_date
from services.delivery.reach import reach
from services.delivery.target import EVERYBODY, Target
from services.people.birth import birth_bands
from services.people.deeds import Deed
from services.places.atlas import atlas
from services.places.search import search
from storage.database import Database

_FOUND = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPicker:
    """Where readers are chosen for one conversation.

    `host` is a short word without colons, unique among pickers; `key` (a draft's id) travels in
    every button. `kept` returns the choice of this key and the topic it is counted for, or None
    where the host has said that it is gone; `keep` stores a choice; `done` goes on. All three get
    the handler's resources by name, `db` and `clock` among them, and end with `**_more`. `last`
    is the last row of the first screen. Typed names of places come to `typed` from the host.
    """

    host: str
    kept: Callable[..., Awaitable[tuple[Target, str | None] | None]]
    keep: Callable[..., Awaitable[None]]
    done: Callable[..., Awaitable[None]]
    last: Callable[..., Awaitable[list[InlineKeyboardButton]]]

    async def open(self, event: Event, key: str, **resources: Any) -> None:
        """Show what is chosen so far."""
        chooser = await self._chooser(event, key, **resources)
        if chooser is not None:
            await show(event, chooser.main(await self.last(key=key, **resources)))

    async def typed(self, message: Message, words: str, key: str, **resources: Any) -> None:
        """Show the places that a typed name may mean."""
        chooser = await self._chooser(message, key, **resources)
        if chooser is not None:
            found = search(words, limit=_FOUND) if len(words) <= LONGEST_NAME else []
            await show(message, chooser.found(words[:LONGEST_NAME], found))

    def router(self) -> Router:
        """Return the router of the picker's buttons; for operators and administrators."""
        router = Router(name=f"readers:{self.host}")
        router.callback_query.filter(Works(Deed.LAUNCH_POLL, Deed.PUBLISH_NEWS))
        for kind, handler in (
            (ReadersShown, self._show),
            (EverybodyReads, self._everybody),
            (ReadersDone, self._go_on),
            (PartOpened, self._open_part),
            (DistrictsListed, self._list_districts),
            (ReadersSet, self._set),
        ):
            router.callback_query.register(handler, Pressed(kind, host=self.host))
        return router

    async def _show(self, callback: CallbackQuery, press: ReadersShown, **resources: Any) -> None:
        await self.open(callback, press.key, **_without_key(resources))

    async def _everybody(
        self, callback: CallbackQuery, press: EverybodyReads, **resources: Any
    ) -> None:
        resources = _without_key(resources)
        if await self.kept(callback, key=press.key, **resources) is not None:
            await self.keep(callback, EVERYBODY, key=press.key, **resources)
            await self.done(callback, key=press.key, **resources)

    async def _go_on(self, callback: CallbackQuery, press: ReadersDone, **resources: Any) -> None:
        resources = _without_key(resources)
        if await self.kept(callback, key=press.key, **resources) is not None:
            await self.done(callback, key=press.key, **resources)

    async def _open_part(
        self, callback: CallbackQuery, press: PartOpened, **resources: Any
    ) -> None:
        await self._show_part(
            callback, press.part, "", press.page, press.key, **_without_key(resources)
        )

    async def _list_districts(
        self, callback: CallbackQuery, press: DistrictsListed, **resources: Any
    ) -> None:
        await self._show_part(
            callback,
            Part.DISTRICT,
            press.region,
            press.page,
            press.key,
            **_without_key(resources),
        )

    async def _set(self, callback: CallbackQuery, press: ReadersSet, **resources: Any) -> None:
        resources = _without_key(resources)
        kept = await self.kept(callback, key=press.key, **resources)
        if kept is None:
            return
        bands = birth_bands(local_date(resources["clock"].now()))
        target = chosen(kept[0], press.part, press.value, bands, on=press.on)
        await self.keep(callback, target, key=press.key, **resources)
        if not press.value or press.part in _SINGLE:
            await self.open(callback, press.key, **resources)
            return
        page = _page_of(press.value)
        await self._show_part(callback, press.part, press.value, page, press.key, **resources)

    async def _show_part(
        self,
        callback: CallbackQuery,
        part: Part,
        place: str,
        page: int,
        key: str,
        **resources: Any,
    ) -> None:
        chooser = await self._chooser(callback, key, **resources)
        if chooser is None:
            return
        region = place[:2]
        bands = birth_bands(local_date(resources["clock"].now()))
        if part is Part.REGION:
            screen = chooser.regions(page)
        elif part is not Part.DISTRICT:
            screen = chooser.part(part, bands)
        elif atlas().by_region.get(region):
            screen = chooser.districts(region, page)
        else:
            screen = chooser.regions_of_districts(page)
        await show(callback, screen)

    async def _chooser(
        self, event: Event, key: str, *, db: Database, clock: Clock, **resources: Any
    ) -> Chooser | None:
        kept = await self.kept(event, key=key, db=db, clock=clock, **resources)
        if kept is None:
            return None
        target, topic = kept
        reached = await db.read(reach, replace(target, topic=topic), clock.now())
        return Chooser(self.host, key, target, reached)


_SINGLE = frozenset({Part.LANGUAGE, Part.SEX, Part.SETTLEMENT})


def _page_of(kato: str) -> int:
    """Return the page on which a region, or a district of its region, stands."""
    districts = [district.kato for district in atlas().by_region.get(kato[:2], ())]
    listed, size = (
        (districts, DISTRICTS) if kato in districts else (list(atlas().regions), REGIONS)
    )
    return listed.index(kato) // size if kato in listed else 0


def _without_key(resources: dict[str, Any]) -> dict[str, Any]:
    """Leave out what aiogram calls `key` (of its storage) and `press`, which are named here."""
    return {name: each for name, each in resources.items() if name not in {"key", "press"}}
