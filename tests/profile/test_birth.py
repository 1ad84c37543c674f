from datetime import date

from services.people.birth import BirthBand, birth_bands


def test_bands_are_years_of_birth() -> None:
    """In 2026 people of 18 to 29 were born from 1997 to 2008, those of 75 and more by 1951."""
    bands = birth_bands(date(2026, 11, 22))

    assert (BirthBand(1997, 2008), BirthBand(None, 1951)) == (bands[0], bands[-1])


def test_bands_leave_no_year_out() -> None:
    """Each band begins where the next older one ends."""
    bands = birth_bands(date(2027, 1, 1))

    assert [band.since for band in bands[:-1]] == [band.until + 1 for band in bands[1:]]
