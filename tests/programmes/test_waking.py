"""Time while people are awake."""

from datetime import datetime, timedelta

import pytest

from services.clock import ALMATY, local
from services.programmes.waking import kept_until, reminded_at


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of March 2026 in Asia/Almaty."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (at(3, 9), at(4, 21)),
        (at(3, 10), at(5, 10)),
        (at(3, 20, 59), at(5, 20, 59)),
        (at(3, 21), at(5, 21)),
        (at(3, 23), at(5, 21)),
        (at(3, 3), at(4, 21)),
    ],
)
def test_a_place_is_kept_for_a_day_of_waking(since: datetime, until: datetime) -> None:
    """Twenty-four hours between 09:00 and 21:00; the nights do not count."""
    assert until == local(kept_until(since))


@pytest.mark.parametrize(
    ("starts", "first", "second"),
    [
        (at(10, 18, 30), at(9, 18, 30), at(10, 16, 30)),
        (at(10, 9), at(9, 9), at(9, 20)),
        (at(10, 10, 59), at(9, 10, 59), at(9, 20)),
        (at(10, 11), at(9, 11), at(10, 9)),
        (at(10, 8), at(9, 9), at(9, 20)),
        (at(10, 22), at(10, 9), at(10, 20)),
        (at(10, 23, 30), at(10, 9), at(10, 20)),
    ],
)
def test_reminders_are_never_at_night(starts: datetime, first: datetime, second: datetime) -> None:
    """A day and two hours before; what would fall into the night comes when people are awake."""
    assert (first, second) == tuple(map(local, reminded_at(starts)))


def test_every_minute_of_a_week() -> None:
    """However a session lies, both reminders come by day and before it."""
    for minutes in range(0, 7 * 24 * 60, 7):
        starts = at(10, 0) + timedelta(minutes=minutes)
        for moment in map(local, reminded_at(starts)):
            assert 9 <= moment.hour < 21
            assert moment < starts
