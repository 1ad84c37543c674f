"""What an editor has in hand: a round begun in the chat, one to send back, or a correction.

It stands under `rating` in the conversation, so that it survives a restart.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.views.rating_bringing import ASKED
from services.ratings.model import Terms

_KEY = "rating"


class Rating(StatesGroup):
    """What the next message is taken for."""

    table = State()
    terms = State()
    returning = State()
    name = State()
    value = State()


@dataclass(frozen=True, slots=True)
class Sheet:
    """terms: what was said of a round, days as ISO texts. heard: the last message taken.

    code and version: the round as it was seen, which is sent back or corrected. correction: the
    deputy, the number, the new value and the reasons, as far as they were told.
    """

    terms: Mapping[str, str] = field(default_factory=dict)
    heard: int = 0
    code: str = ""
    version: int = 0
    correction: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> str | None:
        """What is still to be said of the round, None where nothing is."""
        return next((name for name in ASKED if name not in self.terms), None)

    @property
    def given(self) -> Terms | None:
        """The round as it was said in the chat, None where something is missing."""
        if self.missing is not None:
            return None
        first, last = self.terms["days"].split("/")
        return Terms(
            self.terms["title_kk"],
            self.terms["title_ru"],
            date.fromisoformat(first),
            date.fromisoformat(last),
            date.fromisoformat(self.terms["as_of"]),
            self.terms["method_kk"],
            self.terms["method_ru"],
        )


async def sheet_of(state: FSMContext) -> Sheet:
    """Return what is in hand; an empty sheet where nothing is."""
    kept: dict[str, Any] | None = (await state.get_data()).get(_KEY)
    return Sheet(**kept) if kept else Sheet()


async def keep(state: FSMContext, sheet: Sheet) -> Sheet:
    """Keep the sheet and return it."""
    await state.update_data({_KEY: asdict(sheet)})
    return sheet
