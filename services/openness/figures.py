"""The figures of a month: of the whole country, of a region, or of a topic.

They are the same that the Bureau reads in its digest of the month: in time is an answer by its
due date that nobody disputed since; confirmed is what citizens said is solved, of all that they
confirmed, disputed, or let be closed by silence; half and nine tenths of the answers took at most
so many working days (nearest rank, services.digests.spread); the rating is the mean of ratings.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from services.performance.rates import mean_rating

_DAY = timedelta(days=1)


class Measure(StrEnum):
    """What may be told of a cell, or not; the values are kept."""

    REGISTERED = "registered"
    ANSWERED = "answered"
    # Half and nine tenths of the answers; their base is ANSWERED.
    DAYS = "days"
    # Exactly, of ANSWERED; or only a bound.
    IN_TIME = "in_time"
    IN_TIME_BOUND = "in_time_bound"
    # The base of CONFIRMED.
    JUDGED = "judged"
    CONFIRMED = "confirmed"
    CONFIRMED_BOUND = "confirmed_bound"
    # How many ratings there were, and their mean.
    RATED = "rated"


class Source(StrEnum):
    """Where the figures of a month come from."""

    BOT = "bot"
    # The records of before the bot, brought as a table.
    TABLE = "table"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What figures are of: region "" is the whole country, topic "" all topics; never both."""

    region: str = ""
    topic: str = ""


COUNTRY = Cell()


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a month as they are; days are None where nothing was answered, or unknown."""

    registered: int = 0
    answered: int = 0
    in_time: int = 0
    judged: int = 0
    confirmed: int = 0
    rated: int = 0
    rating_sum: int = 0
    median_days: int | None = None
    p90_days: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Share:
    """A share in whole per cent: exact, or where a few cases decide it only a bound beyond them.

    over 83: more than 83 %, because fewer than ten are missing to all of them.
    """

    exact: int | None = None
    over: int | None = None
    under: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What everybody may read of a cell; None: under ten, or hidden so that those stay so."""

    registered: int | None = None
    answered: int | None = None
    median_days: int | None = None
    p90_days: int | None = None
    in_time: Share | None = None
    judged: int | None = None
    confirmed: Share | None = None
    rated: int | None = None
    rating: float | None = None

    @property
    def anything(self) -> bool:
        """Tell whether anything is told at all."""
        return self != Told()


Month = Mapping[Cell, Figures]


def per_cent(part: int, whole: int) -> int:
    """Return a share as whole per cent, half going up, as the digests print it."""
    return int(part / whole * 100 + 0.5 + 1e-9)


def rating_of(figures: Figures) -> float | None:
    """Return the mean rating, 1 to 5; None of none."""
    return mean_rating(figures.rating_sum, figures.rated)


def month_of(day: date) -> date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def month_before(month: date) -> date:
    """Return the first day of the month before."""
    return month_of(month - _DAY)


def month_after(month: date) -> date:
    """Return the first day of the month that follows."""
    return month_of(month + 31 * _DAY)


def last_day(month: date) -> date:
    """Return the last day of a month."""
    return month_after(month) - _DAY
