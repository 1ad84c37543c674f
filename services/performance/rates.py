"""Shares and ratings of an official's answers, from counters that only add up.

- On time: answers by the due date that nobody has disputed since, of all answers. A dispute takes
  its answer out of those in time, and another answer to the same appeal is one more answer beside
  it: it does not wash the dispute away.
- Confirmed: those of which the citizen said that the matter is solved, of all of which the
  citizen said anything, or kept silent until they were closed. Silence is in the base only.
- Rating: the mean of the ratings; one given in place of another is no second rating.

A share of few cases says more about chance than about work: there is none below CASES, and no
rating below RATINGS.
"""

from dataclasses import dataclass

CASES = 20
RATINGS = 10
_WORST, _BEST = 1, 5


@dataclass(frozen=True, slots=True)
class Counters:
    """What the answers of one official came to on some days.

    A dispute, a rating and a closing belong to the day on which they came, so they may concern an
    answer from before the first of the days.
    """

    answered: int = 0
    in_time: int = 0
    confirmed: int = 0
    disputed: int = 0
    # Of the disputed ones: those whose answer had been counted as in time.
    disputed_in_time: int = 0
    # Closed by silence.
    unconfirmed: int = 0
    rated: int = 0
    rating_sum: int = 0

    @property
    def judged(self) -> int:
        """Return the base of the confirmed share."""
        return self.confirmed + self.disputed + self.unconfirmed


def on_time(counters: Counters) -> float | None:
    """Return the share of answers in time and not disputed, 0 to 1; None below CASES answers."""
    good = counters.in_time - counters.disputed_in_time
    return _share(good, counters.answered)


def confirmed(counters: Counters) -> float | None:
    """Return the share that citizens say is solved, 0 to 1; None below CASES."""
    return _share(counters.confirmed, counters.judged)


def rating(counters: Counters) -> float | None:
    """Return the mean rating, 1 to 5; None below RATINGS."""
    if counters.rated < RATINGS:
        return None
    return mean_rating(counters.rating_sum, counters.rated)


def mean_rating(rating_sum: int, rated: int) -> float | None:
    """Return the mean of so many ratings, 1 to 5; None of none."""
    # A rating of an earlier day that was changed on one of these days moves the sum alone.
    return min(max(rating_sum / rated, _WORST), _BEST) if rated > 0 else None


def _share(part: int, base: int) -> float | None:
    """Return a share; disputes of earlier answers can outnumber what is good on few days."""
    return None if base < CASES else max(part, 0) / base
