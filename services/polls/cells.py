"""Where a respondent belongs in what is counted: the levels by which results are broken down.

Taken from the profile that was sealed with the answer, so that nothing told later moves anybody.
"""

from collections.abc import Mapping, Sequence

from services.people.model import Profile
from services.polls.model import Stream
from services.polls.statistics.cells import Cell
from services.polls.statistics.margins import Margin
from services.polls.statistics.suppression import Cut

# The places of a respondent's levels in the cells of the count, which are also the cuts.
CUTS = ("region", "sex", "age", "settlement", "stream")
REGION, SEX, AGE, SETTLEMENT, STREAM = range(len(CUTS))
UNKNOWN = "?"  # who did not tell; told of in no table
_SEX_AND_SETTLEMENT = "sex_settlement"


def cell_of(profile: Profile, stream: Stream, year: int, ages: Sequence[str]) -> Cell:
    """Return the levels of a respondent in the order of CUTS, None where they did not tell.

    Ages are levels such as «18-44» and «60+»; the band of years of birth belongs to the level of
    its middle in this year, for it was told in another one perhaps.
    """
    return (
        profile.region,
        profile.sex.value if profile.sex else None,
        _age(profile, year, ages),
        profile.settlement.value if profile.settlement else None,
        stream.value,
    )


def margin_cell(cell: Cell, margins: Sequence[Margin]) -> Cell:
    """Return the levels of a cell in each margin; None where the margin does not know them."""
    return tuple(_level(cell, margin) for margin in margins)


def ages_of(margins: Sequence[Margin]) -> tuple[str, ...]:
    """Return the levels of age, none where no margin is called so."""
    return tuple(level for one in margins if one.name == CUTS[AGE] for level in one.targets)


def cuts_of(cells: Mapping[Cell, int]) -> list[Cut]:
    """Return the breakdowns of these respondents, those who did not tell as a group too."""
    return [
        Cut(name, {cell: cell[place] or UNKNOWN for cell in cells})
        for place, name in enumerate(CUTS)
    ]


def _level(cell: Cell, margin: Margin) -> str | None:
    if margin.name == _SEX_AND_SETTLEMENT:
        sex, settlement = cell[SEX], cell[SETTLEMENT]
        level = f"{sex}_{settlement}" if sex and settlement else None
    else:
        level = cell[CUTS.index(margin.name)] if margin.name in CUTS else None
    return level if level in margin.targets else None


def _age(profile: Profile, year: int, ages: Sequence[str]) -> str | None:
    if profile.born_to is None:
        return None
    youngest = year - profile.born_to
    oldest = year - profile.born_from if profile.born_from is not None else youngest
    middle = (youngest + oldest) // 2
    for level in ages:
        since, _, until = level.rstrip("+").partition("-")
        if since.isdecimal() and int(since) <= middle <= (int(until) if until else middle):
            return level
    return None
