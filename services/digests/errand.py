"""An errand: what a reader of a digest took on, gave to somebody by name, or asked."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from services.digests.model import ErrandKind, Period
from services.roadmap.scope import Area, Scope

_AREAS = TypeAdapter(tuple[Area, ...])


class ErrandState(StrEnum):
    """How far an errand has come."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class About:
    """The digest that an errand is about, and what pressed in it."""

    period: Period
    day: date
    scope: Scope
    overdue: int = 0
    due_soon: int = 0


@dataclass(frozen=True, slots=True)
class Errand:
    """One errand.

    by gave it, as `official`; person_id has it, None: any operator. person_name is their name in
    Telegram, person_official the directory code of their account, if it is one's.
    """

    id: int
    kind: ErrandKind
    by: int
    official: str
    person_id: int | None
    person_name: str | None
    person_official: str | None
    text: str
    due_on: date | None
    created_at: datetime
    accepted_at: datetime | None
    done_at: datetime | None
    done_by: int | None
    reply: str | None
    called_off_at: datetime | None
    about: About | None

    @property
    def state(self) -> ErrandState:
        """Tell how far it has come."""
        if self.called_off_at is not None:
            return ErrandState.CALLED_OFF
        if self.done_at is not None:
            return ErrandState.DONE
        return ErrandState.ACCEPTED if self.accepted_at is not None else ErrandState.OPEN

    @property
    def over(self) -> bool:
        """Tell whether nothing is to be done about it any more."""
        return self.state in {ErrandState.DONE, ErrandState.CALLED_OFF}

    def late(self, today: date) -> bool:
        """Tell whether it should have been done before this day."""
        return not self.over and self.due_on is not None and self.due_on < today


def errand_of(row: RowMapping) -> Errand:
    """Return the errand of a row of storage.errands."""
    about = None
    if row["day"] is not None:
        about = _about(Period(row["period"]), row["day"], row["facts"])
    names = (each.name for each in fields(Errand) if each.name not in {"kind", "about"})
    return Errand(kind=ErrandKind(row["kind"]), about=about, **{name: row[name] for name in names})


def _about(period: Period, day: date, facts: dict[str, Any]) -> About:
    areas = _AREAS.validate_python(facts.get("areas", ()))
    everything = facts.get("everything", False)
    scope = Scope(areas, tuple(facts.get("sections", ())), everything=everything)
    return About(period, day, scope, _count(facts, "overdue"), _count(facts, "due_soon"))


def _count(facts: dict[str, Any], name: str) -> int:
    """Return a number of a daily digest, or what it is now in one of a longer period."""
    told = facts.get(name, 0)
    count: int = told["now"] if isinstance(told, dict) else told
    return count
