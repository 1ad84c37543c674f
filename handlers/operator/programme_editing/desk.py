"""What every screen of editing programmes needs, and what is being written."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.screen import Event, show
from handlers.views.programme_desk import card_screen
from handlers.views.programme_desk_callbacks import Part
from services.clock import Clock, local_date
from services.people.model import Person
from services.programmes.catalogue import Card
from services.programmes.desk import desk_card
from services.programmes.model import FieldKind
from storage.database import Database

_KEY = "programme_edit"


class ProgrammeWriting(StatesGroup):
    """What the bot waits for."""

    words = State()
    table = State()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is being written.

    programme: 0 for a new one, whose id is `draft` and which has been told so far `told`. part,
    item, kind: which thing, which session, what kind of question. kk: the Kazakh text, where the
    Russian one is asked for in a message of its own. heard: the last message taken. reason: why
    the programme is to be called off, in both languages.
    """

    programme: int = 0
    seen: int = 0
    part: Part | None = None
    item: int = 0
    kind: FieldKind | None = None
    kk: str = ""
    heard: int = 0
    draft: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    reason: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ProgrammeDesk:
    """The conversation of an editor, and where programmes are read and written."""

    state: FSMContext
    person: Person
    db: Database
    clock: Clock
    bot: Bot

    @property
    def today(self) -> date:
        """The present day in Asia/Almaty."""
        return local_date(self.clock.now())

    async def sheet(self) -> Sheet:
        """Return what is being written; an empty sheet where nothing is."""
        kept = (await self.state.get_data()).get(_KEY) or {}
        if not kept:
            return Sheet()
        part, kind = kept["part"], kept["kind"]
        typed = {
            "part": Part(part) if part else None,
            "kind": FieldKind(kind) if kind else None,
            "reason": tuple(kept["reason"]),
        }
        return Sheet(**{**kept, **typed})

    async def keep(self, sheet: Sheet) -> Sheet:
        """Keep what is being written and return it."""
        await self.state.update_data({_KEY: asdict(sheet)})
        return sheet

    async def card(self, programme: int) -> Card:
        """Return a programme as it is now."""
        return await self.db.read(desk_card, self.person.id, programme)

    async def show_card(self, event: Event, programme: int, note: str = "") -> None:
        """Show a programme with everything that can be changed of it."""
        await self.state.set_state(None)
        await show(event, card_screen(await self.card(programme), self.today, note))
