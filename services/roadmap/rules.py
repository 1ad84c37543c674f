"""What an indicator must be like before it is kept; every problem with its column."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from services.places.atlas import atlas
from services.refusal import N_
from services.roadmap.indicator import Indicator, Level

LONGEST_NAME = 300
LONGEST_UNIT = 40
LARGEST = Decimal(10) ** 12
# Positions are kept in two bytes.
LAST_POSITION = 32_000

_CODE = re.compile(r"[a-z][a-z0-9._-]{0,31}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a column of an indicator: a message id and its parameters."""

    column: str
    message: str
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Known:
    """Codes that an indicator may name."""

    sections: Collection[str]
    # Topic → section.
    topics: Mapping[str, str]


def problems_of(indicator: Indicator, known: Known) -> Iterator[Problem]:
    """Yield everything that is wrong with an indicator."""
    if _CODE.fullmatch(indicator.code) is None:
        yield Problem(
            "code",
            N_("The code begins with a small Latin letter: small letters, digits, . _ - only."),
        )
    yield from _section(indicator, known)
    if not 0 <= indicator.position <= LAST_POSITION:
        yield Problem("position", N_("The position is a whole number from 0 to 32000."))
    for name in ("name_kk", "name_ru"):
        yield from _words(name, getattr(indicator, name), LONGEST_NAME)
    for name in ("unit_kk", "unit_ru"):
        yield from _words(name, getattr(indicator, name), LONGEST_UNIT)
    yield from _amounts(indicator)
    if indicator.due_on <= indicator.begins_on:
        yield Problem("due_on", N_("The due date must be later than the beginning."))
    yield from _place(indicator)


def _section(indicator: Indicator, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the section and its topics."""
    section = indicator.section
    if not section:
        yield Problem("section", N_("Something must stand here."))
    elif section not in known.sections:
        yield Problem("section", N_("There is no section “{value}”."), {"value": section})
    for topic in indicator.topics:
        if topic not in known.topics:
            yield Problem("topics", N_("There is no topic “{value}”."), {"value": topic})
        elif section in known.sections and known.topics[topic] != section:
            message = N_("The topic “{value}” belongs to another section.")
            yield Problem("topics", message, {"value": topic})


def _words(name: str, text: str, longest: int) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(name, N_("Something must stand here."))
    elif len(text) > longest:
        yield Problem(name, N_("Too long: at most {limit} characters."), {"limit": longest})


def _amounts(indicator: Indicator) -> Iterator[Problem]:
    for name in ("start", "plan"):
        amount: Decimal = getattr(indicator, name)
        if abs(amount) >= LARGEST:
            yield Problem(name, N_("This number is too large."))
        elif amount != round(amount, 3):
            yield Problem(name, N_("At most three decimals, please."))
    if indicator.plan == indicator.start:
        yield Problem("plan", N_("The plan must differ from where it starts."))


def _place(indicator: Indicator) -> Iterator[Problem]:
    """Region and district are set as the level says, and exist."""
    region, district = indicator.region, indicator.district
    if (region is not None) != (indicator.level is not Level.REPUBLIC):
        yield Problem("region", _REGION[indicator.level])
    elif region is not None and atlas().find(region) is None:
        yield Problem("region", N_("There is no region “{value}”."), {"value": region})
    if (district is not None) != (indicator.level is Level.DISTRICT):
        yield Problem("district", _DISTRICT[indicator.level])
    elif district is not None and atlas().find(region, district) is None:
        yield Problem(
            "district",
            N_("There is no district “{value}” in this region."),
            {"value": district},
        )


_REGION = {
    Level.REPUBLIC: N_("An indicator of the republic has no region."),
    Level.REGION: N_("Please name the region: two digits, such as 61."),
    Level.DISTRICT: N_("Please name the region: two digits, such as 61."),
}
_DISTRICT = {
    Level.REPUBLIC: N_("Only an indicator of a district has a district."),
    Level.REGION: N_("Only an indicator of a district has a district."),
    Level.DISTRICT: N_("Please name the district: six digits, such as 615200."),
}
