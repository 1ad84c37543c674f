"""One citizen's conversation about a draft: what every step of it needs and does."""

from dataclasses import dataclass, replace
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import back, cancel
from handlers.citizen.appeal.screens import may_show, part_after, state_of, view_of
from handlers.citizen.appeal.states import Writing, draft_id, draft_of, drop, keep, new_draft
from handlers.citizen.places import Picker
from handlers.screen import Event, Screen, acknowledge, send, show
from handlers.text import N_, _, current_language
from handlers.views.appeal_callbacks import DraftLeft, DraftShown, Screens
from handlers.views.appeal_draft import kept_note
from handlers.views.appeal_extras import phone_request
from handlers.views.appeal_similar import similar_screen
from services.appeals.draft import Draft, Mandate
from services.appeals.joining import SimilarAppeal, similar_to
from services.appeals.reading import remembered_place
from services.appeals.reception import find_filed
from services.appeals.registration import find_registered
from services.campaigns.mandates import campaign_for
from services.clock import Clock, local_date
from services.organisation.directory import Organisation, Organisations
from services.people.consent import ConsentKind
from services.people.model import Person
from services.places.model import Place
from services.refusal import ConsentNeeded
from storage.database import Database


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

    def require_consent(self) -> None:
        """Raise ConsentNeeded where the citizen does not agree to an appeal's being kept."""
        if not self.person.agrees(ConsentKind.APPEALS):
            raise ConsentNeeded(ConsentKind.APPEALS)

    async def draft(self) -> Draft | None:
        """Return the draft of this chat."""
        return await draft_of(self.state)

    async def draft_or_new(self, event: Event) -> Draft:
        """Return the draft of this chat, a blank one where there is none."""
        return await self.draft() or self.new_draft(event)

    def new_draft(self, event: Event) -> Draft:
        """Return a blank draft of today."""
        return new_draft(event, local_date(self.clock.now()))

    async def keep(self, draft: Draft) -> Draft:
        """Keep the draft and return it."""
        return await keep(self.state, draft)

    async def drop(self) -> None:
        """Forget the draft and leave the conversation."""
        await drop(self.state)

    async def leave(self) -> None:
        """Leave the conversation; the draft stays."""
        await self.state.set_state(None)

    async def is_writing(self) -> bool:
        """Tell whether the citizen is writing the draft now, and not doing something else."""
        return (await self.state.get_state() or "").startswith(Writing.__full_group_name__)

    async def is_sent(self, draft: Draft) -> bool:
        """Tell whether the draft is an appeal already, of a citizen or of a visitor."""
        known = (draft.id, self.person.id)
        if await self.db.read(find_registered, *known) is not None:
            return True
        return await self.db.read(find_filed, *known) is not None

    async def current(self, callback: CallbackQuery, expected: str) -> Draft | None:
        """Return the draft that a button speaks of; say so where it is not the present one."""
        draft = await self.draft()
        if draft is not None and draft.id == expected:
            return draft
        old = _("This button belongs to an earlier draft. To see the present one: /appeal")
        await acknowledge(callback, old)
        return None

    async def show_next(self, event: Event, draft: Draft, note: str = "") -> None:
        """Show what the draft needs next; a complete one is shown to be checked.

        Where others have written of something similar, that is shown first.
        """
        draft = await self.looked_up(draft)
        await self.show_part(event, draft, part_after(draft), note)

    async def looked_up(self, draft: Draft) -> Draft:
        """Look whether others have written of something similar; keep and return the draft.

        Where an election campaign runs in its place, it becomes a mandate.

        A reception desk is not asked to join: it would follow instead of its visitor. Neither is
        who responds to a post or writes to a deputy.
        """
        draft = await self._marked(draft)
        alone = draft.own or draft.visitor is not None or draft.news is not None
        alone = alone or draft.recipient is not None
        if not draft.is_complete or alone or draft.alike is False:
            return draft
        found = bool(await self._similar(draft))
        return await self.keep(draft.with_similar(found=found))

    async def show_part(self, event: Event, draft: Draft, part: Screens, note: str = "") -> None:
        """Show one screen of the draft and wait for what belongs to it."""
        if part is Screens.BEFORE_PLACE:
            part = part_after(draft) if draft.is_complete else Screens.TOPIC
        elif not may_show(draft, part, self.organisation):
            part = part_after(draft)
        await self.wait_for(part)
        await show(event, await self.screen(draft, part, note))
        if part is Screens.PHONE:
            await send(event, phone_request(self.person))

    async def wait_for(self, part: Screens) -> None:
        """Take the next message for what belongs to this screen."""
        await self.state.set_state(state_of(part))

    async def screen(self, draft: Draft, part: Screens, note: str = "") -> Screen:
        """Return one screen of the draft with a note above it."""
        if part is Screens.PLACE:
            kept = kept_note(draft) if draft.region is None else ""
            return await PICKER.screen(
                draft.id, "\n\n".join(filter(None, (note, kept))), talk=self
            )
        if part is Screens.SIMILAR:
            found = await self._similar(draft)
            if found:
                return similar_screen(draft, found, self.organisation, note)
        return view_of(part)(draft, self.organisation, note)

    async def _marked(self, draft: Draft) -> Draft:
        """Keep the draft with the campaign that runs in its place, or in the citizen's own."""
        if draft.begun_on is None:
            return draft
        place = (draft.region, draft.district)
        if draft.region is None and draft.visitor is None:
            place = (self.person.profile.region, self.person.profile.district)
        campaign = await self.db.read(campaign_for, *place, draft.begun_on, self.clock.now())
        mandate = None
        if campaign is not None:
            mandate = Mandate(campaign.id, campaign.title(current_language()))
        if mandate == draft.mandate:
            return draft
        return await self.keep(replace(draft, mandate=mandate))

    async def _similar(self, draft: Draft) -> list[SimilarAppeal]:
        return await self.db.read(similar_to, draft, self.person.id, self.clock.now())


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
