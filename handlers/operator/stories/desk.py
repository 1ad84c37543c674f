"""What every part of writing stories works with."""

from dataclasses import dataclass

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.operator.stories.sheet import Sheet, last_draft, sheet_of
from handlers.screen import acknowledge
from handlers.text import _
from services.clock import Clock
from services.delivery.policy import Policy
from services.organisation.directory import Organisation, Organisations
from services.people.model import Person
from storage.database import Database


@dataclass(frozen=True, slots=True)
class StoryWork:
    """The conversation of an author of stories, and the resources of one update."""

    state: FSMContext
    person: Person
    db: Database
    clock: Clock
    organisations: Organisations
    policy: Policy

    @property
    def organisation(self) -> Organisation:
        """The party's data of this moment."""
        return self.organisations.current

    async def sheet_for(self, callback: CallbackQuery, draft: str) -> Sheet | None:
        """Return the draft that a button belongs to; where it is no longer there, say so."""
        sheet = await sheet_of(self.state)
        if sheet is not None and sheet.draft == draft:
            return sheet
        last = await last_draft(self.state)
        if last is not None and draft == last[0]:
            await acknowledge(callback, _("This story has already been published or deleted."))
        else:
            await acknowledge(callback, _("This button belongs to an older draft."))
        return None
