"""How many people live in each region: Bureau of National Statistics, 1 January 2023."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from services.places.atlas import rows

COUNTED_ON = date(2023, 1, 1)
_COLUMNS = ("rural_men", "rural_women", "urban_men", "urban_women")


@cache
def inhabitants() -> Mapping[str, int]:
    """Return the people of each region by its code."""
    return {row["kato"]: sum(int(row[one]) for one in _COLUMNS) for row in rows("regions")}
