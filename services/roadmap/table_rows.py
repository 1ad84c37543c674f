"""From the rows of a table to indicators and assignments; what is wrong is told by row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from services.refusal import N_, Refusal
from services.roadmap.assigning import Stored, Tenure, plan, taken_by
from services.roadmap.indicator import Indicator, Level
from services.roadmap.rules import Known, problems_of
from services.roadmap.table import Sheet
from services.tables.cells import Cells, a_day, an_amount, an_answer
from services.tables.model import LEVELS, Fault, Row, Table, said_key

# The first and the last day that a table may name.
_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)
_DAYS = frozenset({"since", "last_day"})


@dataclass(frozen=True, slots=True)
class Present:
    """What the tables hold now: codes that rows may name, indicators and terms by code."""

    known: Known
    officials: frozenset[str]
    indicators: Mapping[str, Indicator]
    indicator_terms: Mapping[str, Sequence[Stored]]
    section_terms: Mapping[str, Sequence[Stored]]


@dataclass(slots=True)
class Understood:
    """What a table says, and everything that is wrong with it."""

    indicators: list[Indicator] = field(default_factory=list)
    indicator_officials: dict[str, list[Tenure]] = field(default_factory=dict)
    section_officials: dict[str, list[Tenure]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def understand(table: Table, present: Present, today: date) -> Understood:
    """Return what a table says, on this day."""
    found = Understood()
    _indicators(table, present, found)
    named = {row.values.get("code", "") for row in table.of(Sheet.INDICATORS)}
    indicators = frozenset(present.indicators) | named
    found.indicator_officials = _assignments(
        table.of(Sheet.INDICATOR_OFFICIALS),
        _Answering("indicator", indicators, present.officials, present.indicator_terms, today),
        found.faults,
    )
    found.section_officials = _assignments(
        table.of(Sheet.SECTION_OFFICIALS),
        _Answering(
            "section",
            frozenset(present.known.sections),
            present.officials,
            present.section_terms,
            today,
        ),
        found.faults,
    )
    return found


def _indicators(table: Table, present: Present, found: Understood) -> None:
    last = max((each.position for each in present.indicators.values()), default=-1)
    seen: set[str] = set()
    for row in table.of(Sheet.INDICATORS):
        cells = Cells(row, found.faults)
        last += 1
        indicator = _indicator(cells, present, last)
        code = cells.said("code")
        if code and code in seen:
            cells.wrong("code", Refusal(N_("This code stands above already.")))
        seen.add(code)
        for problem in problems_of(indicator, present.known):
            if problem.column not in cells.bad:
                cells.wrong(problem.column, Refusal(problem.message, **problem.parameters))
        found.indicators.append(indicator)


def _indicator(cells: Cells, present: Present, last: int) -> Indicator:
    """Return the indicator of a row; where a cell says nothing sound, something that fits."""
    before = present.indicators.get(cells.said("code"))
    begins_on = cells.read("begins_on", a_day, _FIRST)
    start = cells.read("start", an_amount, Decimal(0))
    due_on = cells.read("due_on", a_day, _LAST)
    plan = cells.read("plan", an_amount, start + 1)
    region, district = cells.said("region") or None, cells.said("district") or None
    return Indicator(
        code=cells.said("code"),
        name_kk=cells.said("name_kk"),
        name_ru=cells.said("name_ru"),
        section=cells.said("section"),
        position=cells.read(
            "position", _whole, last if before is None else before.position, needed=False
        ),
        unit_kk=cells.said("unit_kk"),
        unit_ru=cells.said("unit_ru"),
        start=plan - 1 if "start" in cells.bad else start,
        plan=plan,
        begins_on=begins_on,
        due_on=due_on,
        level=cells.read("level", _level, _level_of(region, district)),
        region=region,
        district=district,
        retired=cells.read(
            "retired", an_answer, before is not None and before.retired, needed=False
        ),
        topics=_topics(cells, before),
    )


def _level_of(region: str | None, district: str | None) -> Level:
    if district is not None:
        return Level.DISTRICT
    return Level.REPUBLIC if region is None else Level.REGION


def _topics(cells: Cells, before: Indicator | None) -> tuple[str, ...]:
    """Return the topics of a row; a table without the column leaves them as they are."""
    if "topics" not in cells.row.values:
        return () if before is None else before.topics
    return tuple(sorted(set(re.split(r"[\s,;]+", cells.said("topics"))) - {""}))


@dataclass(frozen=True, slots=True)
class _Answering:
    """What rows that name who answers are held against."""

    key: str
    known: frozenset[str]
    officials: frozenset[str]
    terms: Mapping[str, Sequence[Stored]]
    today: date


def _assignments(
    rows: tuple[Row, ...], present: _Answering, faults: list[Fault]
) -> dict[str, list[Tenure]]:
    """Return the terms by code, in the order of their rows."""
    found: dict[str, list[tuple[Cells, Tenure]]] = {}
    for row in rows:
        cells = Cells(row, faults)
        tenure = _tenure(cells, present)
        above = found.setdefault(cells.said(present.key), [])
        if not cells.bad & _DAYS:
            _check_order(cells, tenure, above)
        above.append((cells, tenure))
    wanted = {code: [tenure for _, tenure in lines] for code, lines in found.items()}
    for code, lines in found.items():
        if not any(cells.bad for cells, _ in lines):
            stored = present.terms.get(code, ())
            for clash in plan(code, stored, wanted[code], present.today).clashes:
                lines[clash.place][0].wrong("since", taken_by(clash.term))
    return wanted


def _tenure(cells: Cells, present: _Answering) -> Tenure:
    """Return who answers from which day to which; where a cell is not sound, some day."""
    code, official = cells.said(present.key), cells.said("official")
    since = cells.read("since", a_day, _FIRST)
    if code not in present.known:
        cells.wrong(present.key, _unknown(_NO[present.key], code))
    if official not in present.officials:
        cells.wrong("official", _unknown(N_("There is no official “{value}”."), official))
    last = cells.read("last_day", a_day, None, needed=False)
    if last is not None and last < since and "since" not in cells.bad:
        cells.wrong("last_day", Refusal(N_("The last day must not lie before the first one.")))
    return Tenure(official, since, None if last is None else last + timedelta(days=1))


def _check_order(cells: Cells, tenure: Tenure, above: Sequence[tuple[Cells, Tenure]]) -> None:
    """Note where a term does not lie after those of the rows above; the first such row is told."""
    for other, earlier in above:
        if other.bad & _DAYS:
            continue
        if tenure.until is not None and tenure.until <= earlier.since:
            message = N_("These days lie before those of row {row}: the earliest comes first.")
        elif earlier.until is None or tenure.since < earlier.until:
            message = N_("These days overlap with those of row {row}.")
        else:
            continue
        cells.wrong("since", Refusal(message, row=other.row.number))
        return


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise Refusal(N_("The position is a whole number from 0 to 32000."))
    return int(text)


def _level(text: str) -> Level:
    key = said_key(LEVELS, text)
    if key is None:
        raise Refusal(N_("The level is one of these: republic, region, district."))
    return Level(key)


def _unknown(message: str, value: str) -> Refusal:
    return Refusal(message, value=value) if value else Refusal(N_("Something must stand here."))


_NO = MappingProxyType(
    {
        "indicator": N_("There is no indicator “{value}”."),
        "section": N_("There is no section “{value}”."),
    }
)
