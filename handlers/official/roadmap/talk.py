"""What conversations about indicators always need together."""

from dataclasses import dataclass
from datetime import date

from aiogram.fsm.context import FSMContext

from services.clock import Clock, local_date
from services.people.model import Person
from services.roadmap.board import Line, read_indicator
from storage.database import Database


@dataclass(frozen=True, slots=True)
class RoadmapTalk:
    """The conversation, who speaks, and where indicators are read."""

    state: FSMContext
    person: Person
    db: Database
    clock: Clock

    @property
    def day(self) -> date:
        """The present day in Asia/Almaty."""
        return local_date(self.clock.now())

    async def line(self, code: str) -> Line:
        """Return how an indicator stands; raises Refusal for who may not see it."""
        return await self.db.read(read_indicator, code, self.day, actor=self.person.id)
