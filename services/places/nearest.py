"""Which districts a point on the map may belong to; a person always confirms."""

from functools import cache
from math import asin, cos, radians, sin, sqrt

from services.places.atlas import atlas, rows
from services.places.model import Place

_EARTH = 6371.0  # km
# The outline is coarse: a point this close to a centre is inside whatever the outline says.
_NEAR = 18.0  # km


def nearest(latitude: float, longitude: float, count: int = 3) -> list[Place]:
    """Return the places whose centres are nearest, the nearest first; none abroad.

    Degrees, WGS 84. Centres are approximate and borders are not known, so the first is only
    the likeliest.
    """
    known = atlas()
    distances = sorted(
        (_kilometres((latitude, longitude), (district.latitude, district.longitude)), code)
        for code, district in known.districts.items()
    )
    if distances[0][0] > _NEAR and not _inside(latitude, longitude):
        return []
    districts = (known.districts[code] for _, code in distances[:count])
    return [Place(known.regions[district.region], district) for district in districts]


def _kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the great-circle distance (haversine) of two points in degrees."""
    north = radians(there[0] - here[0])
    east = radians(there[1] - here[1])
    width = cos(radians(here[0])) * cos(radians(there[0]))
    return 2 * _EARTH * asin(sqrt(sin(north / 2) ** 2 + width * sin(east / 2) ** 2))


@cache
def _border() -> tuple[tuple[float, float], ...]:
    return tuple((float(row["latitude"]), float(row["longitude"])) for row in rows("border"))


def _inside(latitude: float, longitude: float) -> bool:
    """Tell whether a ray to the west crosses the border an odd number of times."""
    border = _border()
    crossings = 0
    for (south, west), (north, east) in zip(border, (*border[1:], border[0]), strict=True):
        if (south > latitude) != (north > latitude):
            crossing = west + (east - west) * (latitude - south) / (north - south)
            crossings += crossing < longitude
    return crossings % 2 == 1
