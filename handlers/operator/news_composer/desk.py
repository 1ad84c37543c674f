"""What every part of the composer of news works with."""

from dataclasses import dataclass

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.operator.news_composer.keeping import last_draft, sheet_of
from handlers.operator.news_composer.sheet import Sheet
from handlers.screen import acknowledge
from handlers.text import _
from services.clock import Clock
from services.delivery.policy import Policy
from services.organisation.directory import Organisation, Organisations
from services.people.model import Person
from storage.database import Database


@dataclass(frozen=True, slots=True)
class NewsDesk:
    """The draft's conversation, its author, and the resources of one update."""

    state: FSMContext
    person: Person
    db: Database
    clock: Clock
    organisations: Organisations
    policy: Policy

    @property
    def organisation(self) -> Organisation:
        """The party's data as they are now."""
        return self.organisations.current

    async def sheet_for(self, callback: CallbackQuery, draft: str) -> Sheet | None:
        """Return the draft that a button belongs to; where it is no longer there, say so."""
        sheet = await sheet_of(self.state)
        if sheet is not None and sheet.draft == draft:
            return sheet
        if draft == await last_draft(self.state):
            await acknowledge(callback, _("This post has already been sent or deleted."))
        else:
            await acknowledge(callback, _("This button belongs to an older draft."))
        return None
