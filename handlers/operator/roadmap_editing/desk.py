"""What every screen of editing the Road Map needs."""

from dataclasses import dataclass
from datetime import date

from aiogram import Bot
from aiogram.fsm.context import FSMContext

from handlers.screen import Event, show
from handlers.views.roadmap_editing import card_screen, section_screen
from services.clock import Clock, local_date
from services.organisation.directory import Organisation, Organisations
from services.people.model import Person
from services.refusal import N_, Refusal
from services.roadmap.board import read_indicator
from services.roadmap.indicators import all_indicators
from services.roadmap.responsibility import responsible_official
from storage.database import Database


@dataclass(frozen=True, slots=True)
class EditDesk:
    """The conversation of an administrator, and where the Road Map is read and written."""

    state: FSMContext
    person: Person
    organisations: Organisations
    db: Database
    clock: Clock
    bot: Bot

    @property
    def organisation(self) -> Organisation:
        """The party's data of this moment."""
        return self.organisations.current

    @property
    def day(self) -> date:
        """The present day in Asia/Almaty."""
        return local_date(self.clock.now())

    async def show_section(
        self, event: Event, section: str, after: str = "", note: str = ""
    ) -> None:
        """Show a section; an indicator of this code stands before the page and tells it too."""
        indicators = await self.db.read(all_indicators)
        if after:
            known = {each.code: each.section for each in indicators}
            section = known.get(after, section)
        if section not in self.organisation.sections:
            raise Refusal(N_("There is no such section."))
        own = [each for each in indicators if each.section == section]
        official = await self.db.read(responsible_official, section, self.day)
        await show(event, section_screen(section, self.organisation, official, own, after, note))

    async def show_card(self, event: Event, code: str, note: str = "") -> None:
        """Show what can be changed of an indicator."""
        line = await self.db.read(read_indicator, code, self.day, actor=self.person.id)
        await show(event, card_screen(line.indicator, line.official, self.organisation, note))
