"""A decision that is being prepared: what it is about, the choice, the words.

It stands under `decision` in the conversation, so that a restart or a look elsewhere loses
nothing; a message or a press that comes twice changes nothing.
"""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.operator.appeals.decision_callbacks import Decided, Verb
from handlers.operator.appeals.showing import show_card
from handlers.screen import Event
from handlers.text import _
from services.appeals.dossier import open_dossier
from services.appeals.model import Channel
from services.appeals.queue import keep_lent
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.model import Person
from storage.database import Database

_KEY = "decision"
_PLACE = "sorting"


class Deciding(StatesGroup):
    """What the bot waits for."""

    choice = State()
    words = State()
    place = State()


@dataclass(frozen=True, slots=True)
class Decision:
    """What has been said so far.

    value: the choice as text ("" while none is made); heard: the last message that was taken for
    a choice or for words, so that it is not taken again.
    """

    verb: Verb
    appeal: int
    version: int
    value: str = ""
    words: str = ""
    heard: int = 0

    @property
    def confirmed(self) -> Decided:
        """The data of the button that does exactly this."""
        said = f"{self.value}\n{self.words}".encode()
        mark = hashlib.blake2s(said, digest_size=4).hexdigest()
        return Decided(appeal=self.appeal, version=self.version, verb=self.verb, mark=mark)


@dataclass(frozen=True, slots=True)
class Handling:
    """A member of staff who decides about an appeal, and what is needed for it."""

    state: FSMContext
    organisations: Organisations
    db: Database
    person: Person
    clock: Clock

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now()

    async def decision(self) -> Decision | None:
        """Return the decision that is being prepared in this chat."""
        raw: dict[str, Any] | None = (await self.state.get_data()).get(_KEY)
        return None if not raw else Decision(**{**raw, "verb": Verb(raw["verb"])})

    async def begin(self, verb: Verb, appeal: int, version: int) -> Decision:
        """Return the decision of this kind about this appeal; words written before are kept."""
        old = await self.decision()
        if old is not None and (old.verb, old.appeal) == (verb, appeal):
            return await self.keep(replace(old, version=version))
        return await self.keep(Decision(verb, appeal, version))

    async def keep(self, decision: Decision) -> Decision:
        """Keep the decision and return it."""
        await self.state.update_data({_KEY: asdict(decision)})
        return decision

    async def keep_lent(self, appeal: int) -> None:
        """Keep the appeal lent to who prepares a decision about it."""
        await self.db.write(keep_lent, appeal, self.person.id, self.now)

    async def end(self) -> None:
        """Forget the decision: it is made."""
        await self.state.update_data({_KEY: None})
        await self.state.set_state(None)

    async def sort_place(self, key: str) -> None:
        """Remember which appeal a place is being chosen for."""
        await self.state.update_data({_PLACE: key})

    async def told(self, appeal: int) -> str:
        """Return the word that the citizen has been told, or has to be: a visitor has no chat."""
        seen = (appeal, self.person.id, self.now)
        dossier = await self.db.write(open_dossier, *seen)
        if dossier.channel is Channel.DESK:
            return _("The visitor has no chat here: please tell them by phone or at the desk.")
        return _("The citizen has been told.")

    async def card(self, event: Event, appeal: int, note: str = "") -> None:
        """Show the appeal as it is now and wait for nothing."""
        await self.state.set_state(None)
        await show_card(
            event,
            appeal,
            person=self.person,
            organisations=self.organisations,
            db=self.db,
            clock=self.clock,
            note=note,
        )


async def sorted_place_key(state: FSMContext) -> str:
    """Return for which appeal and version a place is being chosen, "" where for none."""
    return (await state.get_data()).get(_PLACE) or ""
