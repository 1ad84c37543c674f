import pytest

from services.places.atlas import atlas
from services.places.nearest import nearest


def test_every_centre_is_in_the_country() -> None:
    """At the centre of a district that district is among the three offered."""
    districts = list(atlas().districts.values())
    offered = [nearest(district.latitude, district.longitude) for district in districts]

    assert {3} == {len(places) for places in offered}
    assert [] == [
        district.kato
        for district, places in zip(districts, offered, strict=True)
        if district not in [place.district for place in places]
    ]


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(55.75, 37.62), (54.99, 73.37), (41.31, 69.28), (42.87, 74.60), (0.0, 0.0), (-90.0, 180.0)],
    ids=["Moscow", "Omsk", "Tashkent", "Bishkek", "the ocean", "the pole"],
)
def test_abroad_nothing_is_offered(latitude: float, longitude: float) -> None:
    """A point outside of Kazakhstan belongs to no district."""
    assert [] == nearest(latitude, longitude)


def test_in_the_steppe_the_nearest_are_offered() -> None:
    """Far from any town the nearest centres are offered all the same."""
    assert ["311000", "313600", "314000"] == sorted(place.kato for place in nearest(42.93, 71.36))
