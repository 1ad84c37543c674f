"""How a campaign stands follows from its days, and whom it concerns from its place."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.campaigns.model import Campaign, Phase
from tests.campaigns.conftest import BEGINS, DAY, VOTES

COUNTRY = Campaign(1, "Сайлау", "Выборы", BEGINS, VOTES)
REGION = Campaign(2, "Сайлау", "Выборы", BEGINS, VOTES, "61")
DISTRICT = Campaign(3, "Сайлау", "Выборы", BEGINS, VOTES, "615200")


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (BEGINS - DAY, Phase.BEFORE),
        (BEGINS, Phase.RUNNING),
        (VOTES - 6 * DAY, Phase.RUNNING),
        (VOTES - 5 * DAY, Phase.SILENCE),
        (VOTES - DAY, Phase.SILENCE),
        (VOTES, Phase.VOTING),
        (VOTES + DAY, Phase.OVER),
    ],
)
def test_every_day_has_its_phase(day: date, phase: Phase) -> None:
    """The silence is of five days and the voting day; the day after all is as ever."""
    assert phase is COUNTRY.phase(day)


@given(st.integers(-400, 400))
def test_phases_only_go_forward(offset: int) -> None:
    """From one day to the next a campaign never goes back to an earlier phase."""
    order = list(Phase)
    today, tomorrow = VOTES + timedelta(days=offset), VOTES + timedelta(days=offset + 1)
    assert order.index(COUNTRY.phase(today)) <= order.index(COUNTRY.phase(tomorrow))


def test_a_place_lies_within_a_campaign() -> None:
    """The whole country holds every place, a region its districts, nothing holds the unsaid."""
    assert COUNTRY.holds(None)
    assert REGION.holds("61", "615200")
    assert REGION.holds("61")
    assert not REGION.holds("19")
    assert not REGION.holds(None)
    assert not DISTRICT.holds("61")


def test_what_reaches_a_place() -> None:
    """What goes everywhere, to the region or into it reaches the campaign; other places do not."""
    assert REGION.reaches(())
    assert REGION.reaches(("19", "61"))
    assert REGION.reaches(("615200",))
    assert DISTRICT.reaches(("61",))
    assert not REGION.reaches(("19", "195200"))
