"""What is being changed: one thing of an indicator, or a new one piece by piece.

It stands under `roadmap_edit` in the conversation, so that it survives a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.views.roadmap_editing_callbacks import Field
from services.places.atlas import atlas
from services.roadmap.indicator import Indicator, Level

_KEY = "roadmap_edit"


class Editing(StatesGroup):
    """What the bot waits for."""

    words = State()
    since = State()
    table = State()


@dataclass(frozen=True, slots=True)
class Draft:
    """A new indicator: what was written so far, by the name of the field, as it is kept."""

    code: str
    section: str
    position: int
    told: Mapping[Field, str] = field(default_factory=dict)

    @property
    def missing(self) -> Field | None:
        """The first thing that was not told yet."""
        return next((one for one in Field if one not in self.told), None)

    def with_told(self, what: Field, value: str) -> "Draft":
        """Return the draft with one more thing told."""
        return replace(self, told={**self.told, what: value})

    def indicator(self) -> Indicator:
        """Return what it is going to be; what was not told yet says nothing."""
        empty = Indicator(
            code=self.code,
            name_kk="",
            name_ru="",
            section=self.section,
            position=self.position,
            unit_kk="",
            unit_ru="",
            start=Decimal(0),
            plan=Decimal(0),
            begins_on=date.min,
            due_on=date.min,
            level=Level.REPUBLIC,
            region=None,
            district=None,
        )
        for what, value in self.told.items():
            empty = changed(empty, what, value)
        return empty


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an administrator has in hand.

    code, what, version: the thing that is being written, of the indicator as it was seen; the
    draft has version 0. heard: the last message that was taken. assigned: for what somebody is
    being named, and who.
    """

    code: str = ""
    what: Field | None = None
    version: int = 0
    heard: int = 0
    draft: Draft | None = None
    assigned: Mapping[str, str] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        draft = self.draft and {
            "code": self.draft.code,
            "section": self.draft.section,
            "position": self.draft.position,
            "told": {what.value: value for what, value in self.draft.told.items()},
        }
        return {
            "code": self.code,
            "what": self.what and self.what.value,
            "version": self.version,
            "heard": self.heard,
            "draft": draft,
            "assigned": dict(self.assigned),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Sheet":
        """Return what `to_data` wrote."""
        kept = data["draft"]
        if kept is not None:
            told = {Field(what): value for what, value in kept["told"].items()}
            kept = Draft(**kept | {"told": told})
        what = data["what"] and Field(data["what"])
        return cls(**data | {"draft": kept, "what": what})


def changed(indicator: Indicator, what: Field, value: str) -> Indicator:
    """Return the indicator with one thing as `value` says: words, an amount, a day, a place."""
    if what is Field.PLACE:
        return _placed(indicator, value)
    told: Any = value
    if what in {Field.START, Field.PLAN}:
        told = Decimal(value)
    elif what in {Field.BEGINS_ON, Field.DUE_ON}:
        told = date.fromisoformat(value)
    values: dict[str, Any] = {what.name.lower(): told}
    return replace(indicator, **values)


def _placed(indicator: Indicator, kato: str) -> Indicator:
    place = atlas().place(kato)
    if place is None:
        return replace(indicator, level=Level.REPUBLIC, region=None, district=None)
    district = None if place.district is None else place.district.kato
    level = Level.REGION if district is None else Level.DISTRICT
    return replace(indicator, level=level, region=place.region.kato, district=district)


async def sheet_of(state: FSMContext) -> Sheet:
    """Return what is in hand; an empty sheet where nothing is."""
    kept = (await state.get_data()).get(_KEY)
    return Sheet.from_data(kept) if kept else Sheet()


async def keep(state: FSMContext, sheet: Sheet) -> Sheet:
    """Keep the sheet and return it."""
    await state.update_data({_KEY: sheet.to_data()})
    return sheet
