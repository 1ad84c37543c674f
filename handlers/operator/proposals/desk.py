"""What the work on proposals needs, and where a member of staff stands with one."""

from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from services.clock import Clock
from services.organisation.directory import Organisation, Organisations
from services.people.model import Person
from storage.database import Database

_KEY = "proposal_work"


class Moderating(StatesGroup):
    """What the next message is taken for."""

    kk = State()
    ru = State()
    words = State()
    number = State()
    table = State()


@dataclass(frozen=True, slots=True)
class ProposalDesk:
    """Who works on proposals, and what is needed for it.

    The draft holds proposal, version, the texts by part, and message: the id of the last message
    that was taken; an older one changes nothing.
    """

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

    async def draft(self) -> dict[str, Any]:
        """Return what was begun, nothing where nothing was."""
        return (await self.state.get_data()).get(_KEY) or {}

    async def draft_of(self, proposal: int, version: int) -> dict[str, Any]:
        """Return the draft of this version of a proposal, a new one where there is another."""
        draft = await self.draft()
        if (draft.get("proposal"), draft.get("version")) == (proposal, version):
            return draft
        # What was heard before belongs to no later draft either.
        heard = draft.get("message", 0)
        return {"proposal": proposal, "version": version, "message": heard}

    async def keep(self, draft: dict[str, Any]) -> None:
        """Keep the draft."""
        await self.state.update_data({_KEY: draft})

    async def drop(self) -> None:
        """Forget what was begun, but for what was heard; leave the conversation."""
        draft = await self.draft()
        await self.keep({"message": draft["message"]} if draft.get("message") else {})
        await self.state.set_state(None)
