"""All regions and districts, read once from the reference data."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.places.model import District, DistrictKind, Place, Region

_DATA = Path(__file__).parent / "data"
_REGION_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Atlas:
    """Regions and districts by code, in the order of their codes."""

    regions: dict[str, Region]
    districts: dict[str, District]
    by_region: dict[str, tuple[District, ...]]

    def find(self, region: str | None, district: str | None = None) -> Place | None:
        """Return the place of these codes, None where they name none or do not fit together."""
        if region is None or region not in self.regions:
            return None
        if district is None:
            return Place(self.regions[region])
        found = self.districts.get(district)
        if found is None or found.region != region:
            return None
        return Place(self.regions[region], found)

    def place(self, kato: str) -> Place | None:
        """Return the place of one code of two or six digits."""
        return self.find(kato[:_REGION_DIGITS], kato if len(kato) > _REGION_DIGITS else None)

    def places(self) -> Iterator[Place]:
        """Return every region and every district as a place."""
        for region in self.regions.values():
            yield Place(region)
            for district in self.by_region.get(region.kato, ()):
                yield Place(region, district)


@cache
def atlas() -> Atlas:
    """Return the reference data of the borders of 2024."""
    regions = {
        row["kato"]: Region(
            row["kato"], row["name_kk"], row["name_ru"], row["short_kk"], row["short_ru"]
        )
        for row in rows("regions")
    }
    centres = {row["kato"]: row for row in rows("centres")}
    districts = {row["kato"]: _district(row, centres[row["kato"]]) for row in rows("districts")}
    by_region: dict[str, list[District]] = defaultdict(list)
    for district in districts.values():
        by_region[district.region].append(district)
    return Atlas(regions, districts, {code: tuple(found) for code, found in by_region.items()})


def rows(table: str) -> list[dict[str, str]]:
    """Return the rows of one reference table by column name."""
    with (_DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _district(row: dict[str, str], centre: dict[str, str]) -> District:
    return District(
        kato=row["kato"],
        region=row["region"],
        kind=DistrictKind(row["kind"]),
        name_kk=row["name_kk"],
        name_ru=row["name_ru"],
        latitude=float(centre["latitude"]),
        longitude=float(centre["longitude"]),
        centre=tuple(name for name in (centre["centre_kk"], centre["centre_ru"]) if name),
    )
