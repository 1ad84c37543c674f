"""What an answer weighs: by the official margins, or all the same with the reason for it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from services.delivery.target import EVERYBODY, Target
from services.polls.cells import margin_cell
from services.polls.results import Weighing
from services.polls.statistics.cells import Cell
from services.polls.statistics.margins import Margin, MarginsDoNotFit
from services.polls.statistics.official import default_margins, read_margins
from services.polls.statistics.weighting import Unweighted, weigh
from storage import polls as rows

DEFAULT_AS_OF = "01.01.2023"


@dataclass(frozen=True, slots=True)
class Official:
    """Margins, and the date of their table as it is printed."""

    margins: tuple[Margin, ...]
    as_of: str


@dataclass(frozen=True, slots=True)
class Weights:
    """What one respondent of each cell weighs, and what is told about it."""

    by_cell: Mapping[Cell, float]
    told: Weighing


def official(connection: Connection) -> Official:
    """Return the newest margins that an administrator uploaded, or those that come along."""
    row = rows.newest_margins(connection)
    if row is None:
        return Official(default_margins(), DEFAULT_AS_OF)
    return Official(read_margins(row["table"]), row["as_of"])


def weigh_poll(respondents: Mapping[Cell, int], target: Target, margins: Official) -> Weights:
    """Return the weights of these respondents; of a poll for a part of the people none."""
    equal = dict.fromkeys(respondents, 1.0)
    if replace(target, topic=None, each=False, rhythm=None) != EVERYBODY:
        return Weights(equal, Weighing(weighted=False, why=Unweighted.AUDIENCE.value))
    places = {cell: margin_cell(cell, margins.margins) for cell in respondents}
    counted: Counter[Cell] = Counter()
    for cell in sorted(respondents, key=repr):  # sums of fractions depend on their order
        counted[places[cell]] += respondents[cell]
    try:
        found = weigh(counted, margins.margins)
    except MarginsDoNotFit:
        return Weights(equal, Weighing(weighted=False, why=Unweighted.MARGINS.value))
    told = Weighing(
        weighted=found.unweighted is None,
        why=found.unweighted.value if found.unweighted else None,
        design_effect=found.kish.design_effect if found.kish else None,
        effective=found.kish.effective if found.kish else None,
        margins="" if found.unweighted else margins.as_of,
    )
    return Weights({cell: found.weights[place] for cell, place in places.items()}, told)
