from services.places.atlas import atlas


def test_the_whole_country_is_there() -> None:
    """The 20 regions and 225 districts of the borders of 2024, each district in its region."""
    known = atlas()

    assert (20, 225) == (len(known.regions), len(known.districts))
    assert all(district.kato[:2] == district.region for district in known.districts.values())


def test_codes_that_do_not_fit_together_are_no_place() -> None:
    """Forged codes name nothing."""
    known = atlas()

    assert [None] * 4 == [
        known.find(None),
        known.find("99"),
        known.find("35", "196200"),
        known.find("19", "999999"),
    ]


def test_a_place_has_a_name_in_both_languages() -> None:
    """Region first, then the district."""
    place = atlas().place("196200")

    assert ("Алматы облысы, Талғар ауданы", "Алматинская область, Талгарский район") == (
        place and place.name("kk"),
        place and place.name("ru"),
    )
