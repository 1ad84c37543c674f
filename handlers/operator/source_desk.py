"""What every screen about sources of news works with."""

from dataclasses import dataclass
from typing import Protocol

from aiogram import Bot
from aiogram.fsm.context import FSMContext

from services.clock import Clock
from services.news.feeds import Feed
from services.organisation.directory import Organisation, Organisations
from services.people.model import Person, Role
from storage.database import Database


class FeedReader(Protocol):
    """Reads a feed at once."""

    async def look_at(self, url: str) -> Feed:
        """Return the feed at an address; raises FeedTrouble."""


@dataclass(frozen=True, slots=True)
class SourceDesk:
    """The conversation, who talks, and the resources of one update."""

    state: FSMContext
    person: Person
    db: Database
    clock: Clock
    organisations: Organisations
    feeds: FeedReader
    bot: Bot

    @property
    def organisation(self) -> Organisation:
        """The party's data as they are now."""
        return self.organisations.current

    @property
    def administrator(self) -> bool:
        """Whether who talks may let a source publish by itself."""
        return Role.ADMINISTRATOR in self.person.roles
