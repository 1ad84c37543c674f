"""One citizen's conversation about a draft: what every step of it needs and does."""

from dataclasses import dataclass
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import back, cancel
from handlers.citizen.appeal.states import Writing, draft_id, draft_of, drop, keep, new_draft
from handlers.citizen.places import Picker
from handlers.screen import Event, Screen, acknowledge, show
from handlers.text import N_, _
from handlers.views.appeal_callbacks import DraftLeft, DraftShown, Screens
from handlers.views.appeal_draft import (
    check_screen,
    files_screen,
    kept_note,
    text_screen,
    topic_screen,
)
from services.appeals.draft import Draft, Step
from services.appeals.reading import remembered_place
from services.clock import Clock
from services.organisation.directory import Organisation, Organisations
from services.people.model import Person
from services.places.model import Place
from storage.database import Database

_SCREENS = {
    Step.TOPIC: Screens.TOPIC,
    Step.PLACE: Screens.PLACE,
    Step.TEXT: Screens.TEXT,
    Step.CHECK: Screens.CHECK,
}
_WAITING = {
    Screens.TOPIC: Writing.topic,
    Screens.PLACE: Writing.place,
    Screens.TEXT: Writing.text,
    Screens.FILES: Writing.files,
    Screens.CHECK: Writing.check,
}


@dataclass(frozen=True, slots=True)
class Talk:
    """The citizen, the chat's draft, and what is needed to go on with it."""

    state: FSMContext
    organisations: Organisations
    db: Database
    person: Person
    clock: Clock

    @property
    def organisation(self) -> Organisation:
        """The party's data of this moment."""
        return self.organisations.current

    async def draft(self) -> Draft | None:
        """Return the draft of this chat."""
        return await draft_of(self.state)

    async def draft_or_new(self, event: Event) -> Draft:
        """Return the draft of this chat, a blank one where there is none."""
        return await self.draft() or new_draft(event)

    async def keep(self, draft: Draft) -> Draft:
        """Keep the draft and return it."""
        return await keep(self.state, draft)

    async def drop(self) -> None:
        """Forget the draft and leave the conversation."""
        await drop(self.state)

    async def leave(self) -> None:
        """Leave the conversation; the draft stays."""
        await self.state.set_state(None)

    async def current(self, callback: CallbackQuery, expected: str) -> Draft | None:
        """Return the draft that a button speaks of; say so where it is not the present one."""
        draft = await self.draft()
        if draft is not None and draft.id == expected:
            return draft
        old = _("This button belongs to an earlier draft. To see the present one: /appeal")
        await acknowledge(callback, old)
        return None

    async def show_next(self, event: Event, draft: Draft, note: str = "") -> None:
        """Show what the draft needs next; a complete one is shown to be checked."""
        await self.show_part(event, draft, part_after(draft), note)

    async def show_part(self, event: Event, draft: Draft, part: Screens, note: str = "") -> None:
        """Show one screen of the draft and wait for what belongs to it."""
        if part is Screens.BEFORE_PLACE:
            part = Screens.CHECK if draft.next_step is Step.CHECK else Screens.TOPIC
        await self.wait_for(part)
        await show(event, await self.screen(draft, part, note))

    async def wait_for(self, part: Screens) -> None:
        """Take the next message for what belongs to this screen."""
        await self.state.set_state(_WAITING[part])

    async def screen(self, draft: Draft, part: Screens, note: str = "") -> Screen:
        """Return one screen of the draft with a note above it."""
        match part:
            case Screens.PLACE:
                kept = kept_note(draft) if draft.region is None else ""
                note = "\n\n".join(words for words in (note, kept) if words)
                return await PICKER.screen(draft.id, note, talk=self)
            case Screens.TEXT:
                return text_screen(draft, self.organisation, note)
            case Screens.FILES:
                return files_screen(draft, note)
            case Screens.CHECK:
                return check_screen(draft, self.organisation, note)
            case _:
                return topic_screen(draft, self.organisation, note)


def part_after(draft: Draft) -> Screens:
    """Return the screen of what the draft needs next."""
    return _SCREENS[draft.next_step]


async def _place_chosen(
    callback: CallbackQuery, place: Place, *, key: str, near: bool, talk: Talk, **_more: Any
) -> None:
    draft = await talk.current(callback, key)
    if draft is None:
        return
    district = place.district.kato if place.district else None
    draft = draft.with_place(place.region.kato, district, keep_point=near)
    await talk.show_next(callback, await talk.keep(draft))


async def _located(point: tuple[float, float], *, talk: Talk, **_more: Any) -> None:
    draft = await talk.draft()
    if draft is not None:
        await talk.keep(draft.with_point(point))


async def _remembered(*, talk: Talk, **_more: Any) -> Place | None:
    return await talk.db.read(remembered_place, talk.person.id)


PICKER = Picker(
    host="appeal",
    state=Writing.place,
    question=N_("Where is it?"),
    key=draft_id,
    chosen=_place_chosen,
    located=_located,
    remembered=_remembered,
    last=lambda key: [
        back(DraftShown(draft=key, screen=Screens.BEFORE_PLACE)),
        cancel(DraftLeft()),
    ],
)
