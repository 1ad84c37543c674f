"""What every screen of working on the rating needs."""

from dataclasses import dataclass
from datetime import date

from aiogram import Bot
from aiogram.fsm.context import FSMContext

from handlers.screen import Event, show
from handlers.views.rating_rounds import round_screen, rounds_screen
from services.clock import Clock, local_date
from services.organisation.directory import Organisations
from services.people.model import Person
from services.ratings.desk import read_round, read_rounds
from storage.database import Database


@dataclass(frozen=True, slots=True)
class RatingDesk:
    """The conversation of an editor, and where rounds are read and written."""

    state: FSMContext
    person: Person
    organisations: Organisations
    db: Database
    clock: Clock
    bot: Bot

    @property
    def day(self) -> date:
        """The present day in Asia/Almaty."""
        return local_date(self.clock.now())

    async def show_rounds(self, event: Event, note: str = "") -> None:
        """Show all rounds and what waits."""
        await self.state.set_state(None)
        folder = await self.db.read(read_rounds, self.person.id)
        await show(event, rounds_screen(folder, note))

    async def show_round(self, event: Event, code: str, note: str = "") -> None:
        """Show one round."""
        await self.state.set_state(None)
        opened = await self.db.read(read_round, self.person.id, code)
        await show(event, round_screen(opened, self.person.id, note))
