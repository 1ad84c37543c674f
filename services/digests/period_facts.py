"""What a weekly, monthly or quarterly digest says: numbers and codes, never a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from services.digests.facts import Gap, Quote, TopicCount
from services.digests.model import Period
from services.digests.notes import Note
from services.roadmap.scope import Area


@dataclass(frozen=True, slots=True)
class Change:
    """A number of this stretch, and of the one before it; None where there is none."""

    now: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """A week that began on this Monday."""

    monday: date
    registered: int
    answered: int


@dataclass(frozen=True, slots=True)
class RegionRate:
    """Appeals of a region and how many that is for 10,000 inhabitants; None: fewer than 10."""

    region: str
    count: int | None
    per_10k: float | None


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator behind plan: per cent reached, per cent expected by now, who answers.

    member: of the Bureau, who answers for its section.
    """

    code: str
    reached: int
    expected: int
    official: str | None
    name_kk: str = ""
    name_ru: str = ""
    due_on: date | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """What the answers of one official came to; shares are None below 20 cases.

    in_time: in time and not disputed since, of the answered; confirmed: of all that were
    confirmed, disputed, or closed by silence. rating: the mean of `rated` ratings; None below 10.
    """

    official: str
    open: int
    overdue: int
    answered: int
    in_time: float | None
    confirmed: float | None
    rating: float | None
    rated: int
    # The base of `confirmed`.
    judged: int = 0


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """The days first … last of a scope, read on `day`.

    Shares are between 0 and 1, None where there is nothing to take a share of. in_time: answers
    by the due date that nobody disputed since, of all answers; ended: how many were confirmed,
    disputed or closed by silence; confirmed: solved by the citizen's own word, of these; closed:
    by silence, of these; median and slowest: working days that half and nine tenths of the
    answers took at most;
    target: the share in time that is aimed at. weeks: those that the picture shows, also before
    `first`. topics: by topic in the whole scope (region and district ""), the most first.
    """

    period: Period
    official: str
    day: date
    first: date
    last: date
    areas: tuple[Area, ...]
    sections: tuple[str, ...]
    everything: bool
    new: Change
    answered: Change
    open: Change
    overdue: Change
    in_time: float | None
    target: float
    median: int | None
    slowest: int | None
    confirmed: float | None
    closed: float | None
    disputed: int
    extended: int
    redirected: int
    escalated: int
    unrouted: int
    rated: int
    rating: float | None
    badly_rated: int
    weeks: tuple[Week, ...]
    topics: tuple[TopicCount, ...]
    regions: tuple[RegionRate, ...]
    behind: tuple[IndicatorLine, ...]
    officials: tuple[OfficialLine, ...]
    # Delegated errands that wait for a word of the reader, and appeals that only they can decide.
    decisions: int
    quote: Quote | None = None
    gaps: tuple[tuple[Gap, int], ...] = ()
    ended: int = 0
    # How many joined an appeal that was there.
    joined: int = 0
    # Topics by district, only where at least 10 wrote; what is left of a topic is never 1 to 9.
    places: tuple[TopicCount, ...] = ()
    # Of the party's own life: services.digests.party.
    party: tuple[Note, ...] = ()

    @property
    def narrow(self) -> bool:
        """Tell whether all of it lies in districts: then topics under 10 are not told either."""
        return bool(self.areas) and all(area.district is not None for area in self.areas)

    @property
    def quiet(self) -> bool:
        """Tell whether nothing happened and nothing presses: one line says it all."""
        happened = self.new.now or self.answered.now or self.ended or self.joined
        presses = self.open.now or self.behind or self.decisions or self.unrouted
        return not (happened or presses or self.party)


_FACTS = TypeAdapter(PeriodFacts)


def to_payload(facts: PeriodFacts) -> dict[str, Any]:
    """Return the facts as JSON."""
    payload: dict[str, Any] = _FACTS.dump_python(facts, mode="json")
    return payload


def from_payload(payload: Mapping[str, Any]) -> PeriodFacts:
    """Return the facts from JSON."""
    return _FACTS.validate_python(dict(payload))
