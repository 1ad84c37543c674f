"""What every screen of the board needs."""

from dataclasses import dataclass

from aiogram import Bot
from aiogram.fsm.context import FSMContext

from services.clock import Clock
from services.organisation.directory import Organisation, Organisations
from services.people.model import Person
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Board:
    """Who reads the board, and what is needed to show it."""

    state: FSMContext
    organisations: Organisations
    db: Database
    person: Person
    clock: Clock
    bot: Bot

    @property
    def organisation(self) -> Organisation:
        """The party's data of this moment."""
        return self.organisations.current

    async def name(self) -> str:
        """Return the bot's name, as links have it."""
        return (await self.bot.me()).username or ""
