"""Taking in the figures of months before the bot: all of a table, or nothing and every reason.

One sheet: a row of the whole country for each month, and as many rows of regions and of topics as
there are. What a table says of a month that is out must be what is out: another figure is a
correction, which a second person lets through.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.openness.figures import COUNTRY, Cell, Figures, month_after, month_of
from services.openness.publishing import bring_month
from services.openness.reading import kept_figures
from services.organisation.directory import load_topics
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.tables.cells import Cells, a_whole, check_place
from services.tables.model import (
    Column,
    Fault,
    Form,
    Imported,
    Row,
    Table,
    forms_of,
    refuse,
)
from services.tables.writing import Line
from storage.digests import first_day

SHEET = "openness"
FORMS = forms_of(
    Form(
        SHEET,
        "Ашық деректер",
        "Открытые данные",
        (
            Column("month", "Ай", "Месяц"),
            Column("region", "Өңір коды", "Код региона"),
            Column("topic", "Тақырып коды", "Код темы"),
            Column("registered", "Тіркелді", "Зарегистрировано"),
            Column("answered", "Жауап берілді", "Дано ответов"),
            Column("in_time", "Мерзімінде", "В срок"),
            Column("judged", "Бағаланды", "Оценено заявителем"),
            Column("confirmed", "Шешілгені расталды", "Подтверждено решение"),
            Column("rated", "Баға саны", "Число оценок"),
            Column("rating_sum", "Бағалар қосындысы", "Сумма оценок"),
            Column("median_days", "Жартысы, жұмыс күні", "Половина, рабочих дней"),
            Column("p90_days", "Оннан тоғызы, жұмыс күні", "Девять из десяти, рабочих дней"),
        ),
    )
)
_MOST = 10_000_000
_LONGEST = 366  # working days
_WORST, _BEST = 1, 5
_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?|(?:\d{1,2}\.)?(\d{1,2})\.(\d{4})")
_YEARS = range(2000, 2101)
_COUNTS = ("registered", "answered", "in_time", "judged", "confirmed", "rated", "rating_sum")
_DAYS = ("median_days", "p90_days")
# The first is a part of the second.
_PARTS = (("in_time", "answered"), ("confirmed", "judged"))


@dataclass(frozen=True, slots=True)
class _Present:
    """What the table is held against."""

    today: date
    began: date | None
    topics: frozenset[str]


@dataclass(slots=True)
class _Read:
    """What the rows say, and which row said it."""

    months: dict[date, dict[Cell, Figures]] = field(default_factory=lambda: defaultdict(dict))
    rows: dict[tuple[date, Cell], Row] = field(default_factory=dict)


Months = Mapping[date, Mapping[Cell, Figures]]


def check_table(connection: Connection, table: Table, now: datetime) -> Months:
    """Return what a table says of months; raises BadTable with everything that is wrong."""
    faults: list[Fault] = []
    today = local_date(now)
    read = _understood(connection, table, today, first_day(connection), faults)
    for month, figures in read.months.items():
        was, _told = kept_figures(connection, month)
        for cell, each in figures.items():
            if was and was.get(cell) != each:
                message = N_("This month is out with another figure. Please correct it openly.")
                faults.append(_fault(read.rows[month, cell], "month", message))
    refuse(faults, FORMS)
    return read.months


def check_correction(
    connection: Connection, table: Table, month: date, now: datetime
) -> Mapping[Cell, Figures]:
    """Return what a table says of one month that is out; raises BadTable."""
    faults: list[Fault] = []
    read = _understood(connection, table, local_date(now), None, faults)
    for (other, _cell), row in read.rows.items():
        if other != month:
            message = N_("Only the month {month} is corrected here.")
            wanted = f"{month:%m.%Y}"
            faults.append(_fault(row, "month", message, month=wanted))
    refuse(faults, FORMS)
    return read.months[month]


def import_table(connection: Connection, actor: int, table: Table, now: datetime) -> Imported:
    """Let everybody read the months of a table; administrators only.

    Raises Refusal, and BadTable, after which nothing has changed.

    Key: the months in the table.
    """
    authorise(connection, actor, Deed.CORRECT_OPENNESS)
    done = _put(connection, table, actor, now)
    if done.changes:
        what, key = Deed.CORRECT_OPENNESS, now.isoformat()
        record(
            connection, who=actor, what=what, on="openness", now=now, key=key, months=done.changes
        )
    return done


def put_table(connection: Connection, table: Table, now: datetime) -> Imported:
    """Do the same at the command line, where whoever may start the bot may do everything.

    Key: the months in the table.
    """
    return _put(connection, table, None, now)


def example(_language: str) -> dict[str, list[Line]]:
    """Return a small table that is sound: a month, two regions, two topics."""
    month = "2024-03"
    return {
        SHEET: [
            (month, "", "", 120, 104, 91, 70, 52, 40, 168, 6, 14),
            (month, "61", "", 64, 58, 47, 41, 29, 22, 90, 7, 14),
            (month, "75", "", 56, 46, 44, 29, 23, 18, 78, 5, 11),
            (month, "", "water-supply", 73, 66, 52, 45, 30, 25, 99, 7, 15),
            (month, "", "roads", 47, 38, 38, 25, 22, 15, 69, 4, 9),
        ]
    }


def _put(connection: Connection, table: Table, by: int | None, now: datetime) -> Imported:
    months = check_table(connection, table, now)
    brought = [bring_month(connection, month, months[month], by, now) for month in sorted(months)]
    return Imported(len(table.rows), sum(brought))


def _understood(
    connection: Connection,
    table: Table,
    today: date,
    began: date | None,
    faults: list[Fault],
) -> _Read:
    present = _Present(today, began, frozenset(load_topics(connection)))
    read = _Read()
    for row in table.rows:
        _take(Cells(row, faults), present, read)
    for month, figures in read.months.items():
        _check_sums(month, figures, read, faults)
    return read


def _take(cells: Cells, present: _Present, read: _Read) -> None:
    """Read a row; it counts only where nothing is wrong with it."""
    month = cells.read("month", partial(_a_month, present), date.min)
    region, _district = check_place(cells)
    topic = cells.said("topic")
    if topic and topic not in present.topics:
        cells.wrong("topic", Refusal(N_("There is no topic “{value}”."), value=topic))
    if topic and region is not None:
        message = N_("A row is of a region or of a topic, not of both.")
        cells.wrong("topic", Refusal(message))
    counts = {name: cells.read(name, a_whole(0, _MOST), 0) for name in _COUNTS}
    half = cells.read("median_days", _days, None, needed=False)
    most = cells.read("p90_days", _days, None, needed=False)
    figures = Figures(**counts, median_days=half, p90_days=most)
    _check(cells, figures)
    key = (month, Cell(region or "", topic))
    if not cells.bad and key in read.rows:
        first = read.rows[key].number
        cells.wrong("month", Refusal(N_("The row {first} says this already."), first=first))
    if not cells.bad:
        read.rows[key] = cells.row
        read.months[month][key[1]] = figures


def _check(cells: Cells, figures: Figures) -> None:
    """Note what cannot be in one row."""
    for part, whole in _PARTS:
        if getattr(figures, part) > getattr(figures, whole) and not {part, whole} & cells.bad:
            message = N_("A part cannot be more than the whole: {part} of {whole}.")
            numbers = {"part": getattr(figures, part), "whole": getattr(figures, whole)}
            cells.wrong(part, Refusal(message, **numbers))
    low, high = figures.rated * _WORST, figures.rated * _BEST
    if not low <= figures.rating_sum <= high and not {"rated", "rating_sum"} & cells.bad:
        message = N_("So many ratings from 1 to 5 make {low} to {high}.")
        cells.wrong("rating_sum", Refusal(message, low=low, high=high))
    if "answered" in cells.bad:
        return
    for name in _DAYS:
        said = getattr(figures, name) is not None
        if said != bool(figures.answered) and name not in cells.bad:
            message = (
                N_("Days of answers stand here, and there were none.")
                if said
                else N_("There were answers: how many working days did they take?")
            )
            cells.wrong(name, Refusal(message))
    half, most = figures.median_days, figures.p90_days
    if half is not None and most is not None and half > most and not set(_DAYS) & cells.bad:
        cells.wrong("p90_days", Refusal(N_("Nine of ten cannot take less than half of them.")))


def _check_sums(
    month: date, figures: Mapping[Cell, Figures], read: _Read, faults: list[Fault]
) -> None:
    """Note where the country is missing, or less than its regions or its topics together."""
    country = figures.get(COUNTRY)
    if country is None:
        row = read.rows[month, next(iter(figures))]
        message = N_("The row of the whole country is missing for this month.")
        faults.append(_fault(row, "month", message))
        return
    sides: Iterable[tuple[str, Callable[[Cell], str]]] = (
        (N_("The regions together have more: {sum}."), lambda cell: cell.region),
        (N_("The topics together have more: {sum}."), lambda cell: cell.topic),
    )
    for message, side in sides:
        for name in _COUNTS:
            together = sum(getattr(each, name) for cell, each in figures.items() if side(cell))
            if together > getattr(country, name):
                row = read.rows[month, COUNTRY]
                faults.append(_fault(row, name, message, sum=together))


def _a_month(present: _Present, text: str) -> date:
    """Return the first day of «2026-03», «03.2026» or any day of it, where it may be brought."""
    found = _MONTH.fullmatch(text)
    year, number = 0, 0
    if found is not None:
        year, number = (int(part) for part in (found[1] or found[4], found[2] or found[3]))
    if year not in _YEARS or not 1 <= number <= 12:  # noqa: PLR2004  # months of a year
        raise Refusal(N_("This is no month. Please write it like this: 03.2026"))
    month = date(year, number, 1)
    if month_after(month) > present.today:
        raise Refusal(N_("This month is not over yet."))
    if present.began is not None and month >= month_of(present.began):
        message = N_("The bot itself has counted since {day}: its own figures come out.")
        raise Refusal(message, day=f"{present.began:%d.%m.%Y}")
    return month


def _days(text: str) -> int | None:
    return a_whole(0, _LONGEST)(text)


def _fault(row: Row, column: str, message: str, **parameters: object) -> Fault:
    return Fault(Refusal(message, **parameters), row.sheet, row.number, column)
