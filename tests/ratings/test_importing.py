"""A round of the rating as a table: what is taken in, and every way in which a row is broken."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.ratings.approving import publish_round
from services.ratings.importing import (
    FORMS,
    check_table,
    example,
    example_titles,
    import_table,
    put_table,
)
from services.ratings.keeping import kept_round
from services.ratings.model import RoundStatus, Terms
from services.refusal import Refusal
from services.tables.model import BadTable
from services.tables.reading import read_table
from services.tables.writing import to_csv, to_xlsx
from storage.schema import metadata
from tests.digests.conftest import OPERATOR
from tests.ratings.conftest import (
    BRINGER,
    NOW,
    SECOND,
    TODAY,
    Changes,
    book,
    changed,
    plain_table,
    table_of,
)

TERMS = Terms(
    "2026 жыл", "2026 год", date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), "Әдіс", "Метод"
)


def told(connection: Connection, changes: Changes) -> list[tuple[Any, ...]]:
    """Return (sheet, row, column, message) of everything that is wrong with a table."""
    with pytest.raises(BadTable) as bad:
        check_table(connection, plain_table(changes), NOW)
    return [
        (each.sheet, each.row, each.column, each.refusal.message.format(**each.refusal.parameters))
        for each in bad.value.faults
    ]


def rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything in the database."""
    return {
        name: sorted((tuple(row) for row in connection.execute(sa.select(each))), key=repr)
        for name, each in metadata.tables.items()
    }


TOMORROW = f"{TODAY + timedelta(days=1):%d.%m.%Y}"
BROKEN: list[tuple[str, int, dict[str, Any], str, str]] = [
    ("round", 0, {"code": ""}, "code", "Something must stand here."),
    ("round", 0, {"code": "Кезең"}, "code", "A code is at most 32"),
    ("round", 0, {"code": "2025-2"}, "code", "A round of this code is published already."),
    ("round", 1, {"code": "other"}, "code", "A table holds one round"),
    ("round", 0, {"title_kk": ""}, "title_kk", "Something must stand here."),
    ("round", 0, {"title_ru": "я" * 201}, "title_ru", "This text is too long: 201 of at most"),
    ("round", 0, {"method_kk": ""}, "method_kk", "Something must stand here."),
    ("round", 0, {"method_ru": ""}, "method_ru", "Something must stand here."),
    ("round", 0, {"method_ru": "я" * 1501}, "method_ru", "This text is too long"),
    ("round", 0, {"begins_on": "қаңтар"}, "begins_on", "This is no day."),
    ("round", 0, {"ends_on": "31.12.2025"}, "ends_on", "The last day lies before the first"),
    ("round", 0, {"as_of": "29.06.2026"}, "as_of", "The numbers are taken on the last day"),
    ("round", 0, {"as_of": TOMORROW}, "as_of", "The numbers cannot be of a day that has not"),
    ("indicators", 0, {"code": "meetings"}, "code", "This stands in row 2 already."),
    ("indicators", 0, {"name_ru": ""}, "name_ru", "Something must stand here."),
    ("indicators", 0, {"unit_ru": ""}, "unit_ru", "It stands in one language only"),
    ("indicators", 0, {"weight": "-60"}, "weight", "A weight is more than 0"),
    ("indicators", 1, {"weight": "30"}, "weight", "All weights together must be 100"),
    ("indicators", 1, {"weight": ""}, "weight", "Give each indicator a weight"),
    ("indicators", 1, {"weight": "#REF!"}, "weight", "This cell holds an error"),
    ("lines", 1, {"deputy": "nobody"}, "deputy", "There is no deputy “nobody”."),
    ("lines", 1, {"deputy": ""}, "deputy", "Something must stand here."),
    ("lines", 1, {"deputy": "ulgi-1"}, "deputy", "This deputy stands in row 2 already."),
    ("lines", 1, {"maslikhat": "space"}, "maslikhat", "There is no maslikhat “space”."),
    ("lines", 1, {"maslikhat": "astana"}, "maslikhat", "This deputy sits in another maslikhat"),
    ("lines", 1, {"score": "жақсы"}, "score", "I need a number here"),
    ("lines", 1, {"score": "-1"}, "score", "A score is a number from 0"),
    ("lines", 1, {"score": "#Н/Д"}, "score", "This cell holds an error"),
    ("lines", 1, {"place": "екінші"}, "place", "I need a whole number from 1 to 1000"),
    ("lines", 2, {"place": "4"}, "place", "Place 3 is left out"),
    ("lines", 2, {"score": "71"}, "place", "Equal scores share a place: here it is 2."),
    ("lines", 1, {"meetings": ""}, "meetings", "Something must stand here."),
    ("lines", 1, {"meetings": "көп"}, "meetings", "I need a number here"),
    ("maslikhats", 0, {"region": "99"}, "region", "There is no region “99”."),
    ("maslikhats", 0, {"region": "", "district": ""}, "region", "Something must stand here."),
    ("maslikhats", 0, {"district": "196400"}, "district", "There is no district “196400” in this"),
    ("maslikhats", 1, {"code": "other"}, "district", "This place has another maslikhat already"),
    ("maslikhats", 0, {"name_kk": ""}, "name_kk", "Something must stand here."),
    ("deputies", 0, {"code": "mysalbaev"}, "code", "This is the code of another official"),
    ("deputies", 3, {"code": "ulgi-3"}, "code", "This stands in row 4 already."),
    ("deputies", 2, {"maslikhat": "space"}, "maslikhat", "There is no maslikhat “space”."),
    ("deputies", 0, {"name_ru": "я" * 201}, "name_ru", "This text is too long"),
    ("deputies", 0, {"constituency_kk": ""}, "constituency_kk", "It stands in one language only"),
    ("deputies", 0, {"since": "былтыр"}, "since", "This is no day."),
    ("deputies", 0, {"last_day": "01.01.2020"}, "last_day", "The last day lies before the first"),
]


def test_broken_rows(rated: Connection) -> None:
    """Every broken row is told by its sheet, row and column, and nothing is taken in."""
    before = rows(rated)
    for sheet, place, cells, column, message in BROKEN:
        changes = {("round", 0): {"code": "2026-2"}, (sheet, place): cells}
        if (sheet, place) == ("round", 0):
            changes = {(sheet, place): {"code": "2026-2"} | cells}
        found = told(rated, changes)
        wanted = (sheet, place + 2, column)
        if message.startswith(("This stands in row 2", "This is the code")):
            wanted = found[0][:3]  # the rows that name the lost code are told, too
        own = [each for each in found if each[:3] == wanted]
        assert own, (cells, found)
        assert own[0][3].startswith(message), (cells, found)
    assert before == rows(rated)
    assert len(BROKEN) > 20


def test_columns_of_indicators(connection: Connection) -> None:
    """A column that no indicator has, and an indicator without a column, are told."""
    sheets = changed({})
    for row in sheets["lines"]:
        row["space"] = row.pop("meetings")
    with pytest.raises(BadTable) as bad:
        check_table(connection, read_table(book(sheets), "a.xlsx", FORMS), NOW)
    assert [
        "There is no indicator “{value}”: it stands on no sheet of indicators.",
        "The column of the indicator “{value}” is missing.",
    ] == [each.refusal.message for each in bad.value.faults]


def test_a_mandate_of_other_days(connection: Connection) -> None:
    """Who was no deputy on the days of the round is not rated in it."""
    found = told(connection, {("deputies", 1): {"last_day": "31.12.2025"}})
    assert [("lines", 3, "deputy")] == [each[:3] for each in found]
    assert found[0][3].startswith("The mandate of this deputy was not in force")


def test_all_or_nothing(connection: Connection) -> None:
    """A fault in the last row leaves the database as it was."""
    before = rows(connection)
    with pytest.raises(BadTable):
        import_table(connection, BRINGER, table_of({("lines", 2): {"place": "9"}}), NOW)
    assert before == rows(connection)


@pytest.mark.parametrize("titles", ["key", "kk", "ru"])
def test_a_round_waits(connection: Connection, titles: str) -> None:
    """A table with English, Kazakh or Russian titles becomes a round that waits, once."""
    table = table_of({}, titles)
    assert 6 == import_table(connection, BRINGER, table, NOW).changes
    kept = kept_round(connection, "2026-1")
    assert kept is not None
    assert (RoundStatus.AWAITING, 1, BRINGER) == (
        kept.round.status,
        kept.round.version,
        kept.round.brought_by,
    )
    first = kept.lines[0]
    assert ("ulgi-1", Decimal("92.5"), 1) == (first.deputy, first.score, first.place)
    assert {"attendance": 100, "meetings": 24} == dict(first.values)
    before = rows(connection)
    assert 0 == import_table(connection, BRINGER, table, NOW).changes
    assert 0 == put_table(connection, table, NOW).changes
    assert before == rows(connection)


def test_brought_again(connection: Connection) -> None:
    """A mended table takes the place of the one that waits; published is nothing replaced."""
    import_table(connection, BRINGER, table_of(), NOW)
    mended = table_of({("lines", 2): {"score": "65"}})
    assert 1 == import_table(connection, BRINGER, mended, NOW).changes
    kept = kept_round(connection, "2026-1")
    assert kept is not None
    assert (2, Decimal(65)) == (kept.round.version, kept.lines[2].score)
    with pytest.raises(Refusal):
        publish_round(connection, SECOND, "2026-1", 1, NOW)
    publish_round(connection, SECOND, "2026-1", 2, NOW)
    with pytest.raises(BadTable):
        import_table(connection, BRINGER, mended, NOW)


def test_a_plain_sheet(connection: Connection) -> None:
    """What was said of the round in the chat stands for the sheets that a CSV file lacks."""
    import_table(connection, BRINGER, table_of(), NOW)
    head = "deputy;maslikhat;score;place;{}\r\n"
    lines = "ulgi-1;sairam;8,5;1;10\r\nulgi-2;sairam;7;2;9\r\n"

    def brought(title: str) -> Any:
        data = (head.format(title) + lines).encode()
        return check_table(connection, read_table(data, "a.csv", FORMS), NOW, TERMS)

    found = brought("Қатысуы / Посещение")
    assert ("r20260701", TERMS, "Қатысуы", "Посещение") == (
        found.code,
        found.terms,
        found.indicators[0].name_kk,
        found.indicators[0].name_ru,
    )
    with pytest.raises(BadTable) as bad:
        brought("Қатысуы")
    assert bad.value.faults[0].refusal.message.startswith("Call the indicator in both languages")
    alone = read_table((head.format("attendance") + lines).encode(), "a.csv", FORMS)
    with pytest.raises(BadTable) as bad:
        check_table(connection, alone, NOW)
    assert bad.value.faults[0].refusal.message.startswith("The table does not say which round")


def test_the_example_is_sound(connection: Connection) -> None:
    """The template that is given out can be brought as it is."""
    lines = example("kk")
    data = to_xlsx(FORMS, lines, "kk", example_titles("kk"))
    assert "2026-1" == check_table(connection, read_table(data, "a.xlsx", FORMS), NOW).code
    sheet = to_csv(FORMS["lines"], lines["lines"], "ru", example_titles("ru")["lines"])
    assert 2 == len(read_table(sheet, "a.csv", FORMS).rows)


def test_only_editors(connection: Connection) -> None:
    """Nobody else brings a round."""
    with pytest.raises(Refusal):
        import_table(connection, OPERATOR, table_of(), NOW)
