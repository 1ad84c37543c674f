"""What an election campaign is: its days, its place, and how it stands on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping

from services.language import choose

# Constitutional Law on Elections, article 28: no results of polls in the five days before voting
# and on it; article 27 ends campaigning a day before voting. The party keeps the longer of the two
# for everything that it publishes.
SILENCE = timedelta(days=5)  # before the voting day


class Phase(StrEnum):
    """How a campaign stands."""

    BEFORE = "before"
    RUNNING = "running"
    SILENCE = "silence"
    VOTING = "voting"
    OVER = "over"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign with its days in Asia/Almaty; its last day is the voting day.

    area is a KATO prefix of two or six digits, "" for the whole country.
    """

    id: int
    title_kk: str
    title_ru: str
    begins_on: date
    votes_on: date
    area: str = ""

    def title(self, language: str) -> str:
        """Return what it is called."""
        return choose(language, self.title_kk, self.title_ru)

    @property
    def silent_from(self) -> date:
        """The first day on which nothing is published."""
        return self.votes_on - SILENCE

    @property
    def open_again(self) -> date:
        """The day after voting."""
        return self.votes_on + timedelta(days=1)

    def phase(self, today: date) -> Phase:
        """Return how it stands on this day."""
        if today > self.votes_on:
            return Phase.OVER
        if today == self.votes_on:
            return Phase.VOTING
        if today >= self.silent_from:
            return Phase.SILENCE
        return Phase.RUNNING if today >= self.begins_on else Phase.BEFORE

    def holds(self, region: str | None, district: str | None = None) -> bool:
        """Tell whether a place lies within it."""
        return (district or region or "").startswith(self.area)

    def reaches(self, places: Sequence[str]) -> bool:
        """Tell whether what goes to these places (none: everywhere) also goes to its own."""
        if not self.area or not places:
            return True
        return any(self.area.startswith(place) or place.startswith(self.area) for place in places)


def campaign_of(row: RowMapping | Mapping[str, Any]) -> Campaign:
    """Return the campaign in a row of the table."""
    return Campaign(
        id=row["id"],
        title_kk=row["title_kk"],
        title_ru=row["title_ru"],
        begins_on=row["begins_on"],
        votes_on=row["votes_on"],
        area=row["area"],
    )
