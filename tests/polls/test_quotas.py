"""Quotas stop inviting where enough have answered."""

import pytest

from services.people.model import Profile, Settlement, Sex
from services.polls.quotas import check_quota, count_levels, filled, invites, levels_of
from services.refusal import Refusal

YEAR = 2026
WOMAN = Profile(
    region="75", born_from=1982, born_to=1996, sex=Sex.FEMALE, settlement=Settlement.URBAN
)
UNKNOWN = Profile()
QUOTAS = {"cells": {"sex:female": 2, "region:75": 10}}


def test_the_levels_of_a_person() -> None:
    """Each part that was told is one level; the age is that of the middle of the band."""
    expected = ("region:75", "sex:female", "settlement:urban", "age:18-44")
    assert levels_of(WOMAN, YEAR) == expected
    assert levels_of(UNKNOWN, YEAR) == ()


@pytest.mark.parametrize(
    ("since", "until", "age"),
    [(1997, 2008, "18-44"), (1967, 1981, "45-59"), (1952, 1966, "60+"), (None, 1951, "60+")],
)
def test_every_band_of_years_is_an_age(since: int | None, until: int, age: str) -> None:
    """The bands that people choose from fall into the three ages of quotas."""
    assert levels_of(Profile(born_from=since, born_to=until), YEAR) == (f"age:{age}",)


def test_a_full_level_stops_inviting() -> None:
    """Once enough women answered, women are invited no more, and others still are."""
    answered = count_levels([WOMAN, WOMAN], YEAR)
    quotas = filled(QUOTAS, answered)
    assert quotas["full"] == ["sex:female"]
    assert not invites(quotas, WOMAN, YEAR)
    assert invites(quotas, Profile(region="75", sex=Sex.MALE), YEAR)


def test_who_told_nothing_is_invited() -> None:
    """Nobody is left out for what they did not say."""
    assert invites(filled(QUOTAS, {"sex:female": 2}), UNKNOWN, YEAR)
    assert invites(None, WOMAN, YEAR)


def test_full_stays_full() -> None:
    """A level that was full stays full when somebody of it changed the profile since."""
    quotas = filled(QUOTAS, {"sex:female": 2})
    assert filled(quotas, {"sex:female": 1})["full"] == ["sex:female"]


@pytest.mark.parametrize(
    ("level", "number"), [("sex:other", 5), ("colour:red", 5), ("sex:male", 0)]
)
def test_only_levels_and_numbers(level: str, number: int) -> None:
    """What is no level or no number of answers is refused."""
    with pytest.raises(Refusal):
        check_quota(level, number)
