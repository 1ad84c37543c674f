"""The lines of a round: who stands where; plain rules, every mistake by its row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.ratings.model import Deputy, Indicator, Line, Maslikhat, Terms
from services.ratings.places import places_of
from services.ratings.table import LINES
from services.refusal import N_, Refusal
from services.tables.cells import Cells, a_whole, an_amount
from services.tables.model import Fault, Row
from services.text.fold import fold

_LAST_PLACE = 1000
_LARGEST_SCORE = Decimal(1_000_000)
_NO_INDICATOR = N_("There is no indicator “{value}”: it stands on no sheet of indicators.")


@dataclass(frozen=True, slots=True)
class Expected:
    """What lines may name: indicators, maslikhats and deputies; terms None: not sound."""

    terms: Terms | None
    indicators: tuple[Indicator, ...]
    maslikhats: Mapping[str, Maslikhat]
    deputies: Mapping[str, Deputy]


def read_lines(rows: Sequence[Row], expected: Expected, faults: list[Fault]) -> list[Line]:
    """Return the lines that the rows hold; what is wrong with them goes to the faults."""
    columns = _columns(rows, expected, faults)
    seen: dict[str, int] = {}
    read: list[tuple[Cells, Line]] = []
    for row in rows:
        cells = Cells(row, faults)
        deputy = _deputy(cells, expected)
        if deputy and deputy in seen:
            message = N_("This deputy stands in row {row} already.")
            cells.wrong("deputy", Refusal(message, row=seen[deputy]))
        seen.setdefault(deputy, row.number)
        score = cells.read("score", an_amount, Decimal(0))
        if not 0 <= score <= _LARGEST_SCORE:
            cells.wrong("score", Refusal(N_("A score is a number from 0 to 1 000 000.")))
        place = cells.read("place", a_whole(1, _LAST_PLACE), 0)
        values = {
            code: cells.read(title, an_amount, Decimal(0)) for code, title in columns.items()
        }
        read.append((cells, Line(deputy, cells.said("maslikhat"), score, place, values)))
    _check_places(read)
    return [line for _, line in read]


def _columns(rows: Sequence[Row], expected: Expected, faults: list[Fault]) -> dict[str, str]:
    """Return the title of the column of each indicator by its code."""
    if not rows:
        return {}
    known = {
        fold(name): each.code
        for each in expected.indicators
        for name in (each.code, each.name_kk, each.name_ru, f"{each.name_kk} / {each.name_ru}")
    }
    columns: dict[str, str] = {}
    for title in dict.fromkeys(title for row in rows for title in row.more):
        code = known.get(fold(title))
        if code is None or code in columns:
            twice = N_("The indicator “{value}” has two columns.")
            message = _NO_INDICATOR if code is None else twice
            faults.append(Fault(Refusal(message, value=title[:100]), LINES, 1, title))
        else:
            columns[code] = title
    for each in expected.indicators:
        if each.code not in columns and each.code:
            message = N_("The column of the indicator “{value}” is missing.")
            faults.append(Fault(Refusal(message, value=each.code), LINES, 1))
    return columns


def _deputy(cells: Cells, expected: Expected) -> str:
    """Return the code of a line's deputy; notes who is not there, or sits elsewhere."""
    code = cells.read("deputy", str, "")
    maslikhat = cells.read("maslikhat", str, "")
    if maslikhat and maslikhat not in expected.maslikhats:
        message = N_("There is no maslikhat “{value}”.")
        cells.wrong("maslikhat", Refusal(message, value=maslikhat))
    deputy = expected.deputies.get(code)
    if deputy is None:
        if code:
            message = N_("There is no deputy “{value}”.")
            cells.wrong("deputy", Refusal(message, value=code))
        return code
    if maslikhat and "maslikhat" not in cells.bad and deputy.maslikhat != maslikhat:
        message = N_("This deputy sits in another maslikhat: “{value}”.")
        cells.wrong("maslikhat", Refusal(message, value=deputy.maslikhat))
    terms = expected.terms
    if terms is not None and not (
        deputy.since <= terms.ends_on and (deputy.until is None or terms.begins_on < deputy.until)
    ):
        message = N_("The mandate of this deputy was not in force on the days of the round.")
        cells.wrong("deputy", Refusal(message))
    return code


def _check_places(read: Iterable[tuple[Cells, Line]]) -> None:
    """Note the places that do not follow from the scores, maslikhat by maslikhat."""
    by_maslikhat: dict[str, list[tuple[Cells, Line]]] = {}
    for cells, line in read:
        by_maslikhat.setdefault(line.maslikhat, []).append((cells, line))
    for own in by_maslikhat.values():
        if any(cells.bad & {"score", "place", "deputy", "maslikhat"} for cells, _ in own):
            continue
        expected = places_of({line.deputy: line.score for _, line in own})
        taken = {line.place for _, line in own}
        for cells, line in own:
            place = expected[line.deputy]
            if line.place == place:
                continue
            message = N_("By the scores of this maslikhat the place is {place}.")
            if place not in taken:
                message = N_("Place {place} is left out: by the scores it belongs here.")
            elif sum(other.score == line.score for _, other in own) > 1:
                message = N_("Equal scores share a place: here it is {place}.")
            cells.wrong("place", Refusal(message, place=place))
