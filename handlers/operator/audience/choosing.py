"""What a press does to the choice of readers; pure, and the same however often it is pressed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from handlers.operator.audience.callbacks import Part
from services.delivery.target import Target
from services.language import Language
from services.people.birth import BirthBand
from services.people.model import Settlement, Sex
from services.places.atlas import atlas

T = TypeVar("T")
# More would neither fit on a screen nor be a choice.
MOST_DISTRICTS = 30


def chosen(
    target: Target, part: Part, value: str, bands: Sequence[BirthBand], *, on: bool
) -> Target:
    """Return the target with this value of a part, or without it; forged values change nothing.

    A region takes its districts with it, and a district narrows its region. An empty value
    leaves the part open.
    """
    match part:
        case Part.REGION | Part.DISTRICT:
            return _placed(target, value, on=on)
        case Part.AGE:
            band = next((band for band in bands if band_code(band) == value), None)
            ages = _with(target.ages, band, on=on) if band else target.ages
            ordered = sorted(ages, key=lambda each: -each.until)
            return replace(target, ages=tuple(ordered) if value else ())
        case Part.LANGUAGE:
            return replace(target, language=_member(Language, value) if on else None)
        case Part.SEX:
            return replace(target, sex=_member(Sex, value) if on else None)
        case Part.SETTLEMENT:
            return replace(target, settlement=_member(Settlement, value) if on else None)


def band_code(band: BirthBand) -> str:
    """Return the band as a button carries it."""
    return f"{band.since or ''}-{band.until}"


def _placed(target: Target, kato: str, *, on: bool) -> Target:
    if not kato:
        return replace(target, regions=(), districts=())
    place = atlas().place(kato)
    if place is None:
        return target
    region = place.region.kato
    if place.district is None:
        districts = [code for code in target.districts if not (on and code.startswith(region))]
        regions = _with(target.regions, region, on=on)
        return replace(target, regions=tuple(sorted(regions)), districts=tuple(districts))
    if on and len(target.districts) >= MOST_DISTRICTS:
        return target
    wide = [code for code in target.regions if not (on and code == region)]
    narrow = _with(target.districts, kato, on=on)
    return replace(target, regions=tuple(wide), districts=tuple(sorted(narrow)))


def _with(values: Sequence[T], value: T, *, on: bool) -> tuple[T, ...]:
    others = tuple(each for each in values if each != value)
    return (*others, value) if on else others


def _member(kind: type[T], value: str) -> T | None:
    return next((each for each in kind if each == value), None)  # type: ignore[attr-defined]
