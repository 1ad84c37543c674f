"""Earlier months as a table: what is taken in, and every way in which a row is broken."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.openness.figures import COUNTRY, Cell, Share, Source
from services.openness.importing import (
    FORMS,
    SHEET,
    check_correction,
    check_table,
    example,
    import_table,
    put_table,
)
from services.openness.reading import read_month
from services.people.model import Role
from services.refusal import Refusal
from services.tables.model import BadTable, Table
from services.tables.reading import read_table
from services.tables.writing import to_csv, to_xlsx
from storage.people import grant_role
from storage.schema import metadata
from tests.digests.conftest import CITIZEN, JOINED, OPERATOR
from tests.digests.counted import WATER_TOPIC, counted

NOW = datetime(2026, 7, 20, 5, tzinfo=UTC)
MARCH = date(2024, 3, 1)
TITLES = tuple(column.key for column in FORMS[SHEET].columns)
Row = dict[str, Any]


def lines() -> list[Row]:
    """Return the rows of the example by the keys of their columns."""
    return [dict(zip(TITLES, line, strict=True)) for line in example("kk")[SHEET]]


def text_of(rows: Iterable[Row], titles: Iterable[str] = TITLES) -> bytes:
    """Return the rows as a CSV file with English titles."""
    written = [";".join(titles), *(";".join(str(cell) for cell in row.values()) for row in rows)]
    return "\n".join(written).encode()


def table_of(changes: dict[int, Row], more: Iterable[Row] = ()) -> Table:
    """Return the example with other cells in some of its rows, and more rows."""
    rows = [row | changes.get(place, {}) for place, row in enumerate(lines())]
    return read_table(text_of([*rows, *more]), "a.csv", FORMS)


def wrong(connection: Connection, table: Table) -> list[tuple[int | None, str | None, str]]:
    """Return row, column and message of everything that is wrong with a table."""
    with pytest.raises(BadTable) as bad:
        check_table(connection, table, NOW)
    return [
        (each.row, each.column, each.refusal.message.format(**each.refusal.parameters))
        for each in bad.value.faults
    ]


def content(connection: Connection) -> list[tuple[Any, ...]]:
    """Return everything in the database."""
    tables = metadata.sorted_tables
    return [tuple(row) for each in tables for row in connection.execute(sa.select(each))]


# Which row of the example, what else stands in it, in which column that is wrong, and why.
BROKEN: tuple[tuple[int, Row, str, str], ...] = (
    (0, {"month": "наурыз"}, "month", "This is no month. Please write it like this: 03.2026"),
    (0, {"month": "2024-13"}, "month", "This is no month."),
    (0, {"month": "03.1924"}, "month", "This is no month."),
    (0, {"month": "2026-07"}, "month", "This month is not over yet."),
    (0, {"month": "2031-01"}, "month", "This month is not over yet."),
    (0, {"month": ""}, "month", "Something must stand here."),
    (1, {"month": "2024-04"}, "month", "The row of the whole country is missing"),
    (1, {"region": "99"}, "region", "There is no region “99”."),
    (1, {"region": "Түркістан"}, "region", "There is no region “Түркістан”."),
    (3, {"topic": "space"}, "topic", "There is no topic “space”."),
    (3, {"region": "61"}, "topic", "A row is of a region or of a topic, not of both."),
    (2, {"region": "61"}, "month", "The row 3 says this already."),
    (4, {"topic": ""}, "month", "The row 2 says this already."),
    (0, {"registered": ""}, "registered", "Something must stand here."),
    (0, {"registered": "көп"}, "registered", "I need a whole number from 0"),
    (0, {"answered": "-4"}, "answered", "I need a whole number from 0"),
    (0, {"answered": "10,5"}, "answered", "I need a whole number from 0"),
    (0, {"judged": "99999999"}, "judged", "I need a whole number from 0"),
    (0, {"rated": "#Н/Д"}, "rated", "This cell holds an error of the spreadsheet."),
    (0, {"registered": 119}, "registered", "The regions together have more: 120."),
    (0, {"rated": 39, "rating_sum": 160}, "rated", "The regions together have more: 40."),
    (3, {"registered": 74}, "registered", "The topics together have more: 121."),
    (1, {"in_time": 59}, "in_time", "A part cannot be more than the whole: 59 of 58."),
    (1, {"confirmed": 42}, "confirmed", "A part cannot be more than the whole: 42 of 41."),
    (1, {"rating_sum": 21}, "rating_sum", "So many ratings from 1 to 5 make 22 to 110."),
    (1, {"rating_sum": 111}, "rating_sum", "So many ratings from 1 to 5 make 22 to 110."),
    (1, {"median_days": ""}, "median_days", "There were answers: how many working days"),
    (1, {"p90_days": ""}, "p90_days", "There were answers: how many working days"),
    (1, {"p90_days": 6}, "p90_days", "Nine of ten cannot take less than half of them."),
    (1, {"p90_days": 500}, "p90_days", "I need a whole number from 0 to 366 here."),
    (2, {"answered": 0, "in_time": 0}, "median_days", "Days of answers stand here, and there"),
)


def test_every_broken_row_is_named(connection: Connection) -> None:
    """By its number, its column and the reason; and nothing of the table is taken in."""
    before = content(connection)
    for place, cells, column, message in BROKEN:
        found = wrong(connection, table_of({place: cells}))
        own = [each for each in found if each[1] == column and each[2].startswith(message)]
        assert own, (cells, found)
        row = 2 if "together" in message else place + 2
        assert row in {each[0] for each in own}, (cells, found)
        with pytest.raises(BadTable):
            put_table(connection, table_of({place: cells}), NOW)
    assert before == content(connection)
    assert len(BROKEN) >= 20


def test_files_that_are_no_table() -> None:
    """A column too many, one too few, one twice, an empty file, and a picture are refused."""
    strange = ("space", *TITLES)
    for data, name, message in (
        (text_of(lines(), (*TITLES[:-1], "space")), "a.csv", "No column is called “{value}”."),
        (text_of(lines(), (*TITLES[:-1], "rated")), "a.csv", "The column “{value}” stands"),
        (text_of(({"a": "1", "b": "2"},), ("a", "b")), "a.csv", "The first row must name"),
        (text_of((), strange[1:]), "a.csv", "The file is empty."),
        (b"\x89PNG", "a.png", "Please send a table with the ending .xlsx or .csv."),
        (b"PK broken", "a.xlsx", "This file cannot be read as a table."),
        (b"month;region\n\xff\xfe", "a.csv", "This is not a text file in UTF-8."),
    ):
        with pytest.raises(BadTable) as bad:
            read_table(data, name, FORMS)
        assert any(each.refusal.message.startswith(message) for each in bad.value.faults), name


def test_a_month_is_open_for_everybody(connection: Connection) -> None:
    """It is read like the bot's own, says where it comes from, and hides what is small."""
    small = table_of({2: {"registered": 9, "rated": 9, "rating_sum": 36}})
    assert 1 == put_table(connection, small, NOW).changes
    month = read_month(connection)

    assert month is not None
    assert (MARCH, Source.TABLE) == (month.month, month.source)
    assert (120, 6, 14, Share(88)) == (
        month.told(COUNTRY).registered,
        month.told(COUNTRY).median_days,
        month.told(COUNTRY).p90_days,
        month.told(COUNTRY).in_time,
    )
    # What is left beside 64 of the one region is 56 of others: 9 are hidden among them.
    assert (64, None) == tuple(month.told(Cell(region)).registered for region in ("61", "75"))


def test_the_same_table_twice_changes_nothing(connection: Connection) -> None:
    """In Kazakh, in Russian and in English, as CSV and as XLSX."""
    assert 1 == put_table(connection, table_of({}), NOW).changes
    before = content(connection)
    for language in ("kk", "ru"):
        rows = example(language)
        files = (
            (to_csv(FORMS[SHEET], rows[SHEET], language), "a.csv"),
            (to_xlsx(FORMS, rows, language), "a.xlsx"),
        )
        for data, name in files:
            assert 0 == put_table(connection, read_table(data, name, FORMS), NOW).changes
    assert before == content(connection)


def test_a_month_that_is_out_is_corrected_and_not_imported(connection: Connection) -> None:
    """Another figure is refused here and taken as a correction."""
    put_table(connection, table_of({}), NOW)
    other = table_of({0: {"registered": 125}})

    assert [(2, "month", "This month is out with another figure. Please correct it openly.")] == (
        wrong(connection, other)
    )
    assert 125 == check_correction(connection, other, MARCH, NOW)[COUNTRY].registered
    with pytest.raises(BadTable, match="Only the month"):
        check_correction(connection, other, date(2024, 4, 1), NOW)


def test_what_the_bot_counts_is_not_imported(connection: Connection) -> None:
    """From its first day on the bot's own figures come out."""
    counted(connection, date(2024, 3, 20), "61", WATER_TOPIC, registered=1)

    assert {"The bot itself has counted since 20.03.2024: its own figures come out."} == {
        message for _row, _column, message in wrong(connection, table_of({}))
    }


def test_only_administrators_import(connection: Connection) -> None:
    """Neither a citizen nor an operator does; an administrator is written down."""
    for person in (CITIZEN, OPERATOR):
        with pytest.raises(Refusal):
            import_table(connection, person, table_of({}), NOW)
    grant_role(connection, OPERATOR, Role.ADMINISTRATOR.value, None, JOINED)
    assert 1 == import_table(connection, OPERATOR, table_of({}), NOW).changes
    audit = metadata.tables["audit"].c.what
    assert ["openness.correct"] == connection.scalars(sa.select(audit)).all()
