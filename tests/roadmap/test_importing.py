"""The Road Map as a table: what is taken in, and every way in which a row can be broken."""

import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import Workbook, load_workbook
from sqlalchemy import Connection

from services.refusal import Refusal
from services.roadmap.exporting import Export, export_table, table_csv, table_xlsx, whole_table
from services.roadmap.importing import check_table, import_table
from services.roadmap.indicators import all_indicators
from services.roadmap.table import COLUMNS, FORMS, Sheet
from services.tables.model import BadTable
from services.tables.reading import LARGEST_FILE, MOST_ROWS, read_table
from storage.roadmap import assignments, responsible_on
from storage.schema import metadata
from tests.roadmap.conftest import ADMINISTRATOR, COUNCIL, NOW, TODAY

HEAD = [column.key for column in COLUMNS[Sheet.INDICATORS] if not column.told]
SOUND: dict[str, Any] = {
    "code": "roads.sairam",
    "section": "roads",
    "position": "7",
    "name_kk": "Жөнделген жол",
    "name_ru": "Отремонтированные дороги",
    "unit_kk": "км",
    "unit_ru": "км",
    "start": "0",
    "plan": "1 250,5",
    "begins_on": "01.01.2026",
    "due_on": "2026-12-31",
    "level": "аудан",
    "region": "61",
    "district": "615200",
    "topics": "",
    "retired": "",
}


def csv_of(*lines: Iterable[Any], delimiter: str = ";") -> bytes:
    """Return a CSV file of these rows."""
    return "\r\n".join(delimiter.join(map(str, line)) for line in lines).encode("utf-8-sig")


def table_of(**changed: Any) -> bytes:
    """Return a CSV file with one row that differs so from a sound one."""
    return csv_of(HEAD, [{**SOUND, **changed}[name] for name in HEAD])


def book_of(**sheets: Iterable[Iterable[Any]]) -> bytes:
    """Return an XLSX file of these sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        page = book.create_sheet(name)
        for line in lines:
            page.append(list(line))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def told(connection: Connection, data: bytes, name: str = "roadmap.csv") -> list[Any]:
    """Return (row, column, message) of everything that is wrong with a file."""
    with pytest.raises(BadTable) as bad:
        check_table(connection, read_table(data, name, FORMS), TODAY)
    return [
        (fault.row, fault.column, fault.refusal.message.format(**fault.refusal.parameters))
        for fault in bad.value.faults
    ]


def rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything in the database."""
    return {
        name: sorted((tuple(row) for row in connection.execute(sa.select(each))), key=repr)
        for name, each in metadata.tables.items()
    }


def test_an_indicator_out_of_a_csv_file(connection: Connection) -> None:
    """A row becomes an indicator; a decimal comma, spaces and both forms of days are read."""
    done = import_table(connection, ADMINISTRATOR, read_table(table_of(), "a.csv", FORMS), NOW)
    added = {each.code: each for each in all_indicators(connection)}["roads.sairam"]
    assert (1, 1, 1) == (done.rows, done.indicators, done.changes)
    assert ("1250.5", date(2026, 1, 1), date(2026, 12, 31), "district", 7) == (
        str(added.plan),
        added.begins_on,
        added.due_on,
        added.level,
        added.position,
    )


def test_twice_is_once(connection: Connection) -> None:
    """The same table a second time changes nothing."""
    table = read_table(
        book_of(
            a=[HEAD, [SOUND[name] for name in HEAD]],
            b=[
                ["indicator", "official", "since"],
                ["roads.sairam", "kenesov", date(2026, 2, 1)],
                ["water.nation", "kenesov", datetime(2026, 4, 1)],  # noqa: DTZ001  # of a cell
            ],
            c=[["Раздел", "Код ответственного", "С какого дня"], ["roads", "nobaeva", "1.4.2026"]],
        ),
        "roadmap.xlsx",
        FORMS,
    )
    assert 4 == import_table(connection, ADMINISTRATOR, table, NOW).changes
    before = rows(connection)
    assert 0 == import_table(connection, ADMINISTRATOR, table, NOW).changes
    assert before == rows(connection)
    codes = ["roads.sairam", "water.nation"]
    assert {"roads.sairam": "kenesov", "water.nation": "kenesova"} == responsible_on(
        connection, codes, date(2026, 3, 31)
    )
    assert {"kenesov"} == set(responsible_on(connection, codes, date(2026, 4, 1)).values())


def test_only_administrators(connection: Connection) -> None:
    """Nobody else takes a table in or gets it."""
    with pytest.raises(Refusal):
        import_table(connection, COUNCIL, read_table(table_of(), "a.csv", FORMS), NOW)
    with pytest.raises(Refusal):
        export_table(connection, COUNCIL, "kk")


BROKEN: list[tuple[dict[str, str], str, str]] = [
    ({"code": ""}, "code", "The code begins with a small Latin letter"),
    ({"code": "Жол 1"}, "code", "The code begins with a small Latin letter"),
    ({"code": "a" * 33}, "code", "The code begins with a small Latin letter"),
    ({"section": ""}, "section", "Something must stand here."),
    ({"section": "space"}, "section", "There is no section “space”."),
    ({"position": "-1"}, "position", "The position is a whole number"),
    ({"position": "99999"}, "position", "The position is a whole number"),
    ({"name_kk": ""}, "name_kk", "Something must stand here."),
    ({"name_ru": "я" * 301}, "name_ru", "Too long: at most 300 characters."),
    ({"unit_kk": " "}, "unit_kk", "Something must stand here."),
    ({"unit_ru": "я" * 41}, "unit_ru", "Too long: at most 40 characters."),
    ({"start": ""}, "start", "Something must stand here."),
    ({"start": "ноль"}, "start", "I need a number here"),
    ({"plan": "12,3456"}, "plan", "I need a number here"),
    ({"plan": "9999999999999"}, "plan", "This number is too large."),
    ({"plan": "0"}, "plan", "The plan must differ from where it starts."),
    ({"begins_on": "весной"}, "begins_on", "This is no day."),
    ({"begins_on": "31.02.2026"}, "begins_on", "This is no day."),
    ({"due_on": "31.12.26"}, "due_on", "This is no day."),
    ({"due_on": "2226-12-31"}, "due_on", "This is no day."),
    ({"due_on": "01.01.2026"}, "due_on", "The due date must be later"),
    ({"level": "планета"}, "level", "The level is one of these"),
    ({"level": "республика", "district": ""}, "region", "An indicator of the republic has no"),
    ({"level": "облыс"}, "district", "Only an indicator of a district"),
    ({"region": "", "district": "", "level": "region"}, "region", "Please name the region"),
    ({"region": "99", "district": "", "level": "region"}, "region", "There is no region “99”."),
    ({"district": ""}, "district", "Please name the district"),
    ({"district": "196400"}, "district", "There is no district “196400” in this region."),
    ({"topics": "dragons"}, "topics", "There is no topic “dragons”."),
    ({"topics": "water-supply"}, "topics", "The topic “water-supply” belongs to another section."),
    ({"retired": "мүмкін"}, "retired", "Please write yes or no here."),
    ({"name_kk": "#ССЫЛКА!"}, "name_kk", "This cell holds an error of the spreadsheet."),
]


@pytest.mark.parametrize(("changed", "column", "message"), BROKEN)
def test_a_broken_row(
    connection: Connection, changed: dict[str, str], column: str, message: str
) -> None:
    """A broken cell is told by its row and column, once, and nothing else is."""
    found = told(connection, table_of(**changed))
    assert [(2, column)] == [fault[:2] for fault in found]
    assert found[0][2].startswith(message)


def test_all_faults_at_once(connection: Connection) -> None:
    """All rows are looked at, and while one is broken none is taken in."""
    lines = [
        [{**SOUND, **changed}[name] for name in HEAD]
        for changed in (
            {},
            {"code": "roads.b", "plan": "x", "due_on": "y"},
            {"code": "roads.sairam"},
            {"code": "roads.c", "region": "10"},
        )
    ]
    data = csv_of(HEAD, lines[0], lines[1], [], lines[2], lines[3])
    before = rows(connection)
    with pytest.raises(BadTable) as bad:
        import_table(connection, ADMINISTRATOR, read_table(data, "a.csv", FORMS), NOW)
    places = [(fault.row, fault.column) for fault in bad.value.faults]
    assert [(3, "plan"), (3, "due_on"), (5, "code"), (6, "district")] == sorted(
        places, key=lambda place: (place[0], place[1] != "plan")
    )
    assert before == rows(connection)


def test_broken_assignments(connection: Connection) -> None:
    """Who is not there, what is not there, and what is named twice is told by row."""
    head = ["indicator", "official", "since"]
    data = csv_of(
        head,
        ["nothing", "kenesov", "2026-01-01"],
        ["water.nation", "nobody", "2026-01-01"],
        ["water.nation", "kenesov", "2026-01-01"],
        ["water.sairam", "", "tomorrow"],
    )
    assert [
        (2, "indicator", "There is no indicator “nothing”."),
        (3, "official", "There is no official “nobody”."),
        (4, "since", "These days overlap with those of row 3."),
        (5, "since", "This is no day. Please write it like this: 31.12.2026"),
        (5, "official", "Something must stand here."),
    ] == told(connection, data)
    assert [(2, "section", "There is no section “space”.")] == told(
        connection, csv_of(["section", "official", "since"], ["space", "kenesov", "1.1.2026"])
    )


def test_from_a_day_to_a_day(connection: Connection) -> None:
    """A term may have a last day; a later table moves it, and none begins after its end."""
    head = ["indicator", "official", "since", "last_day"]

    def bring(*line: str) -> list[tuple[Any, ...]]:
        import_table(
            connection, ADMINISTRATOR, read_table(csv_of(head, line), "a.csv", FORMS), NOW
        )
        return [
            (row["official"], row["since"], row["until"])
            for row in assignments(connection, ["water.nation"])
        ]

    january, june = date(2026, 1, 5), date(2026, 6, 1)
    for _ in range(2):
        assert [("kenesova", january, june)] == bring(
            "water.nation", "kenesova", "2026-01-05", "31.05.2026"
        )
    moved = bring("water.nation", "kenesova", "2026-01-05", "30.06.2026")
    assert [("kenesova", january, date(2026, 7, 1))] == moved
    for _ in range(2):
        assert [*moved, ("kenesov", date(2026, 8, 1), date(2027, 1, 1))] == bring(
            "water.nation", "kenesov", "2026-08-01", "2026-12-31"
        )
    late = ("water.sairam", "kenesova", "2026-01-01", "2026-02-01")
    bring(*late)
    assert {"water.sairam": "kenesov"} == responsible_on(connection, ["water.sairam"], TODAY)
    export = whole_table(connection, "kk")
    assert b";01.08.2026;31.12.2026;" in table_csv(export, Sheet.INDICATOR_OFFICIALS, "kk")
    assert [(2, "last_day", "The last day must not lie before the first one.")] == told(
        connection, csv_of(head, ["water.nation", "kenesov", "2026-08-01", "2026-07-31"])
    )


ANSWERING = ["indicator", "official", "since", "last_day"]
HISTORY = (
    ("water.nation", "kenesov", "01.02.2025", "31.05.2025"),
    ("water.nation", "kenesova", "01.06.2025", "30.09.2025"),
    ("water.nation", "kenesov", "01.11.2025", "31.12.2025"),
)


def terms(connection: Connection) -> list[str]:
    """Return the terms of an indicator: who, the first day, the first day after."""
    return [
        f"{row['official']} {row['since']} {row['until']}"
        for row in assignments(connection, ["water.nation"])
    ]


def test_a_history_comes_and_goes(connection: Connection) -> None:
    """All terms are taken in and given out in their order, and back again nothing changes."""
    table = read_table(csv_of(ANSWERING, *HISTORY), "a.csv", FORMS)
    assert [1, 0] == [
        import_table(connection, ADMINISTRATOR, table, NOW).indicator_officials for _ in range(2)
    ]
    past = [
        "kenesov 2025-02-01 2025-06-01",
        "kenesova 2025-06-01 2025-10-01",
        "kenesov 2025-11-01 2026-01-01",
    ]
    assert [*past, "kenesova 2026-01-05 None"] == terms(connection)
    export = whole_table(connection, "kk")
    lines = table_csv(export, Sheet.INDICATOR_OFFICIALS, "kk").decode("utf-8-sig").split("\r\n")
    given = [line.split(";")[:4] for line in lines if line.startswith("water.nation")]
    assert [*map(list, HISTORY), ["water.nation", "kenesova", "05.01.2026", ""]] == given
    before = rows(connection)
    back = read_table(csv_of(ANSWERING, *given), "a.csv", FORMS)
    assert 0 == import_table(connection, ADMINISTRATOR, back, NOW).changes
    assert before == rows(connection)
    last = read_table(csv_of(ANSWERING, given[0], [*given[3][:3], "30.04.2026"]), "a.csv", FORMS)
    for _ in range(2):
        import_table(connection, ADMINISTRATOR, last, NOW)
        assert [*past, "kenesova 2026-01-05 2026-05-01"] == terms(connection)
    before = rows(connection)
    import_table(
        connection, ADMINISTRATOR, read_table(table_xlsx(export, "ru"), "a.xlsx", FORMS), NOW
    )
    again = whole_table(connection, "ru")
    import_table(
        connection, ADMINISTRATOR, read_table(table_xlsx(again, "ru"), "a.xlsx", FORMS), NOW
    )
    assert again == whole_table(connection, "ru")


def test_who_comes_next_and_after(connection: Connection) -> None:
    """The one in force gives way to the first of several, and a plan may still be changed."""
    ahead = ("water.nation", "kenesov", "01.04.2026", "30.06.2026")
    after = ("water.nation", "synamaev", "01.07.2026", "")
    for who in ("kenesov", "elestetov"):
        planned = (ahead[0], who, *ahead[2:])
        for _ in range(2):
            table = read_table(csv_of(ANSWERING, planned, after), "a.csv", FORMS)
            import_table(connection, ADMINISTRATOR, table, NOW)
            assert [
                "kenesova 2026-01-05 2026-04-01",
                f"{who} 2026-04-01 2026-07-01",
                "synamaev 2026-07-01 None",
            ] == terms(connection)


def test_terms_that_do_not_fit(connection: Connection) -> None:
    """What overlaps or stands in a wrong order is told with the other row; nothing comes in."""
    import_table(
        connection, ADMINISTRATOR, read_table(csv_of(ANSWERING, *HISTORY), "a.csv", FORMS), NOW
    )
    before = rows(connection)
    first, second, third = HISTORY
    overlap = "These days overlap with those of row {}."
    assert [
        (4, "since", "These days lie before those of row 3: the earliest comes first.")
    ] == told(connection, csv_of(ANSWERING, first, third, second))
    assert [(3, "since", overlap.format(2)), (4, "since", overlap.format(2))] == told(
        connection, csv_of(ANSWERING, (*first[:3], ""), second, third)
    )
    assert [(3, "since", overlap.format(2))] == told(
        connection, csv_of(ANSWERING, first, (*second[:2], "31.05.2025", second[3]))
    )
    taken = "Another term stands on these days: {}."
    assert [(3, "since", taken.format("kenesova, 05.01.2026 –"))] == told(
        connection, csv_of(ANSWERING, second, (*third[:3], "31.01.2026"))
    )
    assert [(2, "since", taken.format("kenesov, 01.02.2025 – 31.05.2025"))] == told(
        connection, csv_of(ANSWERING, (first[0], "synamaev", *first[2:]), second)
    )
    broken = csv_of(ANSWERING, ("water.sairam", "kenesova", "01.04.2026", ""), third, second)
    with pytest.raises(BadTable):
        import_table(connection, ADMINISTRATOR, read_table(broken, "a.csv", FORMS), NOW)
    assert before == rows(connection)


def test_the_head_of_a_table(connection: Connection) -> None:
    """Columns that are missing, strange or doubled are told before any row is read."""
    assert [(1, None, "The first row must name the columns, as in the export.")] == told(
        connection, csv_of(["a", "b"], ["1", "2"])
    )
    found = told(connection, csv_of(["code", "section", "plan", "plan", "жоспары"], ["x"]))
    assert (1, None, "The column “plan” stands there twice.") in found
    assert (1, None, "No column is called “жоспары”.") in found
    assert (1, "due_on", "This column is missing.") in found
    assert [(2, None, "This row has more cells than there are columns.")] == told(
        connection, table_of() + b";more"
    )


FILES = [
    (b"", "a.csv", "The file is empty."),
    (b"\xcf\xeb\xe0\xed", "a.csv", "This is not a text file in UTF-8."),
    (b'code;"section', "a.csv", "This file cannot be read as a table."),
    (b"%PDF-1.7", "plan.pdf", "Please send a table with the ending .xlsx or .csv."),
    (b"PK\x03\x04 and nothing more", "a.xlsx", "This file cannot be read as a table."),
    (b"a" * (LARGEST_FILE + 1), "a.csv", "The file is too large."),
    (book_of(a=[]), "a.xlsx", "The file is empty."),
]


@pytest.mark.parametrize(("data", "name", "message"), FILES)
def test_a_file_that_is_no_table(
    connection: Connection, data: bytes, name: str, message: str
) -> None:
    """What cannot be read at all is told in a sentence."""
    found = told(connection, data, name)
    assert [(None, None)] == [fault[:2] for fault in found]
    assert found[0][2].startswith(message)


@pytest.mark.parametrize(
    ("part", "size"), [("xl/worksheets/sheet1.xml", 13_000_000), ("xl/styles.xml", 600_000)]
)
def test_a_file_that_unfolds(connection: Connection, part: str, size: int) -> None:
    """A small file that would become a large one is not unpacked."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(part, b"0" * size)
    assert [(None, None, "The file is too large.")] == told(connection, file.getvalue(), "a.xlsx")


def test_too_many_rows(connection: Connection) -> None:
    """A table has at most so many rows."""
    lines = [["water", "mysalbaev", "1.1.2026"]] * (MOST_ROWS + 1)
    data = csv_of(["section", "official", "since"], *lines, delimiter=",")
    assert [(None, None, "The table has too many rows: at most 5000.")] == told(connection, data)


def test_cells_of_a_spreadsheet(connection: Connection) -> None:
    """Days, numbers and per cents of a spreadsheet are read as they are seen."""
    book = Workbook()
    page = book.active
    page.append(HEAD)
    line = {**SOUND, "plan": 0.985, "start": 0.1 + 0.2, "region": 61, "district": 615200}
    line |= {"begins_on": datetime(2026, 1, 1), "due_on": date(2026, 12, 31), "retired": False}  # noqa: DTZ001  # of a cell
    page.append([line[name] for name in HEAD])
    page.cell(2, HEAD.index("plan") + 1).number_format = "0.0%"
    file = BytesIO()
    book.save(file)
    import_table(connection, ADMINISTRATOR, read_table(file.getvalue(), "a.XLSX", FORMS), NOW)
    added = {each.code: each for each in all_indicators(connection)}["roads.sairam"]
    assert ("98.5", "0.3", "61") == (str(added.plan), str(added.start), added.region)


def test_what_nobody_sees(connection: Connection) -> None:
    """Line breaks, marks of direction and other unseen characters do not come in."""
    lines = [HEAD, [{**SOUND, "name_kk": "Жол\n\u202eнамыр\u200b"}[name] for name in HEAD]]
    import_table(connection, ADMINISTRATOR, read_table(book_of(a=lines), "a.xlsx", FORMS), NOW)
    added = {each.code: each for each in all_indicators(connection)}["roads.sairam"]
    assert "Жол намыр" == added.name_kk


def test_there_and_back(connection: Connection) -> None:
    """What is given out is taken back and changes nothing, in both forms and languages."""
    before = rows(connection)
    for language in ("kk", "ru"):
        export = export_table(connection, ADMINISTRATOR, language)
        files = [(table_csv(export, sheet, language), "a.csv") for sheet in Sheet]
        for data, name in [*files, (table_xlsx(export, language), "a.xlsx")]:
            import_table(connection, ADMINISTRATOR, read_table(data, name, FORMS), NOW)
    assert before == rows(connection)


def test_no_formula_is_given_out(connection: Connection) -> None:
    """A text that begins like a formula stays a text in both forms, and comes back as it was."""
    evil = '=HYPERLINK("http://example.org")'
    book = book_of(a=[HEAD, [{**SOUND, "name_ru": "'" + evil}[n] for n in HEAD]])
    table = read_table(book, "a", FORMS)
    import_table(connection, ADMINISTRATOR, table, NOW)
    export = whole_table(connection, "ru")
    text = table_csv(export, Sheet.INDICATORS, "ru").decode("utf-8-sig")
    assert ";\"'=HYPERLINK" in text
    page = load_workbook(BytesIO(table_xlsx(export, "ru"))).worksheets[0]
    cells = [cell for line in page.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    before = rows(connection)
    back = read_table(text.encode(), "a.csv", FORMS)
    assert 0 == import_table(connection, ADMINISTRATOR, back, NOW).changes
    assert before == rows(connection)


def test_a_negative_number_stays_a_number(connection: Connection) -> None:
    """Only texts are guarded: −5 is no formula."""
    data = table_of(start="−5", plan="-7,5")
    import_table(connection, ADMINISTRATOR, read_table(data, "a.csv", FORMS), NOW)
    export: Export = whole_table(connection, "ru")
    assert ";-5;-7,5;" in table_csv(export, Sheet.INDICATORS, "ru").decode("utf-8-sig")
