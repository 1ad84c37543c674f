"""Quotas: where enough have answered, nobody more is invited, and no answer is ever refused.

A level is one word about a person: «region:75», «sex:female», «settlement:rural», «age:18-44».
Kept with a poll: {"cells": {level: answers that suffice}, "full": [levels that have them]}.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.people.model import Profile, Settlement, Sex
from services.places.atlas import atlas
from services.refusal import N_, Refusal

LARGEST = 1_000_000
_AGES = (("18-44", 0, 44), ("45-59", 45, 59), ("60+", 60, 200))


def levels(part: str) -> tuple[str, ...]:
    """Return the levels of a part: region, sex, settlement or age."""
    values: Iterable[str]
    match part:
        case "region":
            values = atlas().regions
        case "sex":
            values = [sex.value for sex in Sex]
        case "settlement":
            values = [settlement.value for settlement in Settlement]
        case "age":
            values = [name for name, _youngest, _oldest in _AGES]
        case _:
            values = ()
    return tuple(f"{part}:{value}" for value in values)


PARTS = ("region", "sex", "settlement", "age")


def levels_of(profile: Profile, year: int) -> tuple[str, ...]:
    """Return the levels of a person who told this, in this year."""
    found = {
        "region": profile.region,
        "sex": profile.sex.value if profile.sex else None,
        "settlement": profile.settlement.value if profile.settlement else None,
        "age": _age(profile, year),
    }
    return tuple(f"{part}:{value}" for part, value in found.items() if value)


def check_quota(level: str, number: int) -> None:
    """Raise Refusal unless this is a level and a number of answers."""
    if level not in levels(level.partition(":")[0]):
        raise Refusal(N_("There is no such group."))
    if not 1 <= number <= LARGEST:
        raise Refusal(N_("Please send a whole number above zero."))


def full(quotas: Mapping[str, Any] | None) -> frozenset[str]:
    """Return the levels at which enough have answered."""
    return frozenset((quotas or {}).get("full", ()))


def filled(quotas: Mapping[str, Any], answered: Mapping[str, int]) -> dict[str, Any]:
    """Return the quotas once so many have answered at each level; what was full stays full."""
    cells = quotas.get("cells", {})
    reached = {level for level, enough in cells.items() if answered.get(level, 0) >= enough}
    return {**quotas, "full": sorted(reached | full(quotas))}


def invites(quotas: Mapping[str, Any] | None, profile: Profile, year: int) -> bool:
    """Tell whether a person is still invited: at none of their levels enough have answered."""
    return full(quotas).isdisjoint(levels_of(profile, year))


def count_levels(profiles: Sequence[Profile], year: int) -> Counter[str]:
    """Return how many of these people are at each level."""
    return Counter(level for profile in profiles for level in levels_of(profile, year))


def _age(profile: Profile, year: int) -> str | None:
    """Return the band in which the middle of the years of birth lies."""
    if profile.born_to is None:
        return None
    since = profile.born_to if profile.born_from is None else profile.born_from
    age = year - (since + profile.born_to) / 2
    for name, _youngest, oldest in _AGES:
        if age < oldest + 1:
            return name
    return None
