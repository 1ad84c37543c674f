"""The rating of maslikhat deputies: rounds, what is measured, who stands where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from services.language import choose
from services.organisation.intake import Named

_NO_VALUES: Mapping[str, Decimal] = MappingProxyType({})


class RoundStatus(StrEnum):
    """How far a round has come; citizens see a published one only."""

    AWAITING = "awaiting"
    RETURNED = "returned"
    PUBLISHED = "published"


class CorrectionStatus(StrEnum):
    """How far a correction of a published round has come; citizens see a made one only."""

    ASKED = "asked"
    MADE = "made"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Maslikhat(Named):
    """A maslikhat; district None: that of a region or of a city of republican significance."""

    region: str
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Deputy(Named):
    """A deputy, who is an official too; until: the first day after the mandate.

    The constituency is as people call it, "" for who came by a list.
    """

    maslikhat: str
    constituency_kk: str
    constituency_ru: str
    since: date
    until: date | None = None

    def constituency(self, language: str) -> str:
        """Return the constituency in this language."""
        return choose(language, self.constituency_kk, self.constituency_ru)

    def holds_on(self, day: date) -> bool:
        """Tell whether the mandate is in force on this day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a round says of itself: its days, both included, when it was counted, and how."""

    title_kk: str
    title_ru: str
    begins_on: date
    ends_on: date
    as_of: date
    method_kk: str
    method_ru: str

    def title(self, language: str) -> str:
        """Return what the round is called."""
        return choose(language, self.title_kk, self.title_ru)

    def method(self, language: str) -> str:
        """Return how the places come about."""
        return choose(language, self.method_kk, self.method_ru)


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it is kept; brought_by None: at the command line."""

    code: str
    terms: Terms
    status: RoundStatus
    version: int
    brought_by: int | None
    brought_at: datetime
    approved_by: int | None = None
    published_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator(Named):
    """One thing that is measured; weight in per cent, None where nothing is weighted."""

    unit_kk: str
    unit_ru: str
    weight: Decimal | None

    def unit(self, language: str) -> str:
        """Return the unit, "" where it has none."""
        return choose(language, self.unit_kk, self.unit_ru)


@dataclass(frozen=True, slots=True)
class Line:
    """Where a deputy stands within the maslikhat, and the values by code of the indicator."""

    deputy: str
    maslikhat: str
    score: Decimal
    place: int
    values: Mapping[str, Decimal] = field(default_factory=lambda: _NO_VALUES)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in a line of a published round.

    before and after hold "score", "place" and "values" by code of the indicator, as texts.
    """

    id: int
    round: str
    deputy: str
    reason_kk: str
    reason_ru: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    status: CorrectionStatus
    at: datetime
    by: int | None
    decided_by: int | None
    decided_at: datetime | None

    def reason(self, language: str) -> str:
        """Return why it was corrected."""
        return choose(language, self.reason_kk, self.reason_ru)
