"""Regions and districts of Kazakhstan under their KATO prefixes."""

from dataclasses import dataclass, field
from enum import StrEnum

from services.language import choose


class DistrictKind(StrEnum):
    """What a unit of the second level is."""

    DISTRICT = "district"
    CITY = "city"
    CITY_DISTRICT = "city_district"


@dataclass(frozen=True, slots=True)
class Region:
    """An oblast or a city of republican significance; kato has two digits."""

    kato: str
    name_kk: str
    name_ru: str
    short_kk: str
    short_ru: str

    def name(self, language: str) -> str:
        """Return the name in this language."""
        return choose(language, self.name_kk, self.name_ru)


@dataclass(frozen=True, slots=True)
class District:
    """A district, a city akimat or a district of a city; kato has six digits.

    latitude and longitude (degrees, WGS 84) are those of its centre, good to about 10 km.
    """

    kato: str
    region: str
    kind: DistrictKind
    name_kk: str
    name_ru: str
    latitude: float
    longitude: float
    # Names of the main town where they differ from the district's own.
    centre: tuple[str, ...] = field(default=())

    def name(self, language: str) -> str:
        """Return the name in this language."""
        return choose(language, self.name_kk, self.name_ru)


@dataclass(frozen=True, slots=True)
class Place:
    """A region, and a district of it where one is named."""

    region: Region
    district: District | None = None

    @property
    def kato(self) -> str:
        """Return the code of the narrower of the two."""
        return self.district.kato if self.district else self.region.kato

    def name(self, language: str) -> str:
        """Return «region, district» in this language."""
        if self.district is None:
            return self.region.name(language)
        return f"{self.region.name(language)}, {self.district.name(language)}"
