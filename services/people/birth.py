"""Years of birth in bands: nobody's exact year is ever asked."""

from dataclasses import dataclass
from datetime import date

# As the Bureau of National Statistics tabulates ages, from the age of majority.
_AGES = ((18, 29), (30, 44), (45, 59), (60, 74), (75, None))


@dataclass(frozen=True, slots=True)
class BirthBand:
    """Years of birth, both included; since is None for «and earlier»."""

    since: int | None
    until: int


def birth_bands(today: date) -> tuple[BirthBand, ...]:
    """Return the bands of people who turn 18–29, 30–44, 45–59, 60–74, 75 or more this year."""
    year = today.year
    return tuple(
        BirthBand(None if oldest is None else year - oldest, year - youngest)
        for youngest, oldest in _AGES
    )
