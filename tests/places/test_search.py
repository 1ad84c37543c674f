import pytest

from services.places.atlas import atlas
from services.places.search import search


@pytest.mark.parametrize(
    ("typed", "kato"),
    [
        ("талғар", "196200"),
        ("ТАЛГАР", "196200"),
        ("талгарский район", "196200"),
        ("Talgar", "196200"),
        ("Алматы облысы, Талғар ауданы", "196200"),
        ("караганда", "35"),
        ("қарағанды қаласы", "351000"),
        ("город Караганда", "351000"),
        ("qaragandy", "35"),
        ("Алматы", "75"),
        ("алматы облысы", "19"),
        ("шимкент", "79"),
        ("семипалатинск", "101000"),
        ("усть каменогорск", "631000"),
        ("oskemen", "631000"),
        ("Каскелен", "195200"),
        ("щучинск", "117000"),
        ("жанаозен", "471800"),
        ("Павлодарр", "55"),
        ("екібастус", "552200"),
        ("кокшетау", "111000"),
        ("шу", "316600"),
        ("СКО", "59"),
        ("жамбылский район алматинская область", "194200"),
    ],
)
def test_the_place_meant_comes_first(typed: str, kato: str) -> None:
    """Case, Kazakh letters, Latin letters, typos, old names and kind words are forgiven."""
    found = search(typed)

    assert kato == found[0].kato


def test_every_place_is_found_by_its_names() -> None:
    """Each region and district is offered for its own name in either language."""
    missing = [
        place.name(language)
        for place in atlas().places()
        for language in ("kk", "ru")
        if place not in search(place.name(language), limit=3)
    ]

    assert [] == missing


@pytest.mark.parametrize("typed", ["", "   ", "👍", "у меня нет воды", "xyz", "районы", "١٢٣"])
def test_nothing_alike_gives_nothing(typed: str) -> None:
    """No place is better than a wrong one."""
    assert [] == search(typed)


def test_search_within_a_region() -> None:
    """A name that several regions share is narrowed by the region."""
    assert ["594600"] == [place.kato for place in search("Жамбыл", region="59", limit=1)]
