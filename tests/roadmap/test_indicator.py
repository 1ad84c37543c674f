"""Per cent of a plan, the pace that is expected, and how an indicator stands: boundaries."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.roadmap.indicator import STALE, Indicator, State, expected, per_cent, state
from tests.roadmap.conftest import WATER_NATION

MORE = replace(WATER_NATION, start=Decimal(0), plan=Decimal(1000))
LESS = replace(WATER_NATION, start=Decimal(30), plan=Decimal(10))
BELOW_NOUGHT = replace(WATER_NATION, start=Decimal(-10), plan=Decimal(10))
DUE = WATER_NATION.due_on
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("indicator", "fact", "percent"),
    [
        (MORE, "0", 0),
        (MORE, "-5", 0),
        (MORE, "125", 12),
        (MORE, "500", 50),
        (MORE, "996", 99),
        (MORE, "999.999", 99),
        (MORE, "1000", 100),
        (MORE, "1250", 125),
        (LESS, "30", 0),
        (LESS, "40", 0),
        (LESS, "20", 50),
        (LESS, "10.01", 99),
        (LESS, "10", 100),
        (LESS, "5", 125),
        (BELOW_NOUGHT, "0", 50),
    ],
)
def test_per_cent_of_the_way(indicator: Indicator, fact: str, percent: int) -> None:
    """From start to plan, also where less is better; 100 only where the plan is reached."""
    assert Decimal(percent) == per_cent(indicator, Decimal(fact))


@pytest.mark.parametrize(
    ("indicator", "fact", "day", "stands"),
    [
        (MORE, "999.999", DUE, State.ON_TRACK),
        (MORE, "999.999", DUE + DAY, State.OVERDUE),
        (MORE, "1000", DUE + DAY, State.REACHED),
        (LESS, "10.01", DUE + DAY, State.OVERDUE),
        (LESS, "9", DUE + DAY, State.REACHED),
        (LESS, "30", date(2026, 7, 1), State.BEHIND),
        (LESS, "20", date(2026, 7, 1), State.ON_TRACK),
    ],
)
def test_how_it_stands(indicator: Indicator, fact: str, day: date, stands: State) -> None:
    """What is short of the plan by a hair is overdue the day after its due date."""
    assert stands is state(indicator, Decimal(fact), day, day)


def test_a_report_of_thirty_days_is_fresh() -> None:
    """It is silent from the next day on; without a report the beginning counts."""
    day = date(2026, 7, 1)
    standing = [state(MORE, Decimal(600), day - age, day).value for age in (STALE, STALE + DAY)]
    assert [State.ON_TRACK, State.SILENT] == standing
    begun = replace(MORE, begins_on=day - STALE - DAY, due_on=date(2030, 1, 1))
    assert State.SILENT is state(begun, None, None, day)
    assert State.ON_TRACK is state(begun, None, None, day - DAY)


def test_an_even_pace() -> None:
    """Nothing before the beginning, all of it from the due date on."""
    days = (MORE.begins_on - DAY, MORE.begins_on, DUE - DAY, DUE, DUE + DAY)
    paces = [round(expected(MORE, day), 1) for day in days]
    assert [Decimal(text) for text in ("0", "0.3", "99.7", "100", "100")] == paces
