"""Who came, as a table: what is taken in, and every way in which a row can be broken."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import Workbook
from sqlalchemy import Connection

from services.programmes.attendance import meetings_of
from services.programmes.attendance_table import (
    FORMS,
    SHEET,
    check_table,
    example,
    import_table,
    put_table,
)
from services.refusal import Refusal
from services.tables.model import BadTable
from services.tables.reading import read_table
from services.tables.writing import to_csv, to_xlsx
from storage.schema import metadata
from storage.signups import change_signup
from tests.programmes_school.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    EDITOR,
    ELSEWHERE,
    NOW,
    School,
    arrive,
)
from tests.programmes_school.school import FIRST_SESSION, WEEK, enrol, found_school, hold_sessions

HEAD = ["programme", "session", "participant", "name", "present"]
SOUND: dict[str, Any] = {
    "programme": "1",
    "session": "1",
    "participant": "1",
    "name": "Айгүл Сынамалы",
    "present": "иә",
}


def csv_of(*lines: Iterable[Any]) -> bytes:
    """Return a CSV file of these rows."""
    return "\r\n".join(";".join(map(str, line)) for line in lines).encode("utf-8-sig")


def line_of(**changed: Any) -> list[Any]:
    """Return a row that differs so from a sound one."""
    return [{**SOUND, **changed}[name] for name in HEAD]


def told(connection: Connection, *lines: list[Any], head: list[str] = HEAD) -> list[Any]:
    """Return (row, column, message) of everything that is wrong with these rows."""
    with pytest.raises(BadTable) as bad:
        check_table(connection, read_table(csv_of(head, *lines), "a.csv", FORMS), NOW)
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


@pytest.fixture
def broken(connection: Connection, school: School) -> School:
    """Add a draft, one that was called off, a school ahead, and people without a place."""
    found_school(connection, draft_id="draft", status="draft")  # 2
    off = found_school(connection, draft_id="off", status="called_off")  # 3
    ahead = found_school(connection, draft_id="ahead")  # 4
    hold_sessions(connection, ahead, [NOW + WEEK])
    hold_sessions(connection, off)
    enrol(connection, ahead, 601, "Айгүл Сынамалы")  # 6
    enrol(connection, school.id, CITIZEN, "Бөтен", status="waiting")  # 7
    for person, status in ((7001, "offered"), (7002, "missed")):
        arrive(connection, person, "Күтуші")
        enrol(connection, school.id, person, "Күтуші", status=status)  # 8, 9
    change_signup(connection, school.signups[605], 1, {"status": "left"})
    return school


BROKEN: list[tuple[dict[str, str], str, str]] = [
    ({"programme": ""}, "programme", "Something must stand here."),
    ({"programme": "77"}, "programme", "There is no such programme."),
    ({"programme": "мектеп"}, "programme", "There is no such programme."),
    ({"programme": "2"}, "programme", "There is no such programme."),
    ({"programme": "9" * 30}, "programme", "There is no such programme."),
    ({"programme": "a" * 41}, "programme", "This text is too long: 41 of at most 40"),
    ({"programme": "3"}, "programme", "This programme was called off."),
    ({"programme": "#REF!"}, "programme", "This cell holds an error of the spreadsheet."),
    ({"session": ""}, "session", "Something must stand here."),
    ({"session": "бірінші"}, "session", "I need a whole number from 1 to 999 here."),
    ({"session": "0"}, "session", "I need a whole number from 1 to 999 here."),
    ({"session": "1,5"}, "session", "I need a whole number from 1 to 999 here."),
    ({"session": "5"}, "session", "This programme has no session 5."),
    ({"programme": "4", "participant": "6"}, "session", "This session has not begun yet."),
    ({"participant": ""}, "participant", "Something must stand here."),
    ({"participant": "Айгүл"}, "participant", "I need a whole number from 1 to"),
    ({"participant": "-1"}, "participant", "I need a whole number from 1 to"),
    ({"participant": "99999999999"}, "participant", "I need a whole number from 1 to"),
    ({"participant": "99"}, "participant", "There is no participant 99."),
    ({"participant": "6"}, "participant", "Participant 6 is in another programme."),
    ({"participant": "5"}, "participant", "Participant 5 has left the programme."),
    ({"participant": "7"}, "participant", "Participant 7 has no place yet."),
    ({"participant": "8"}, "participant", "Participant 8 has no place yet."),
    ({"participant": "9"}, "participant", "Participant 9 has no place yet."),
    ({"name": "Марат Үлгілі"}, "name", "Participant 1 signed up under another name."),
    ({"name": "я" * 121}, "name", "This text is too long: 121 of at most 120"),
    ({"present": ""}, "present", "Something must stand here."),
    ({"present": "мүмкін"}, "present", "I need one of these here: иә, жоқ; да, нет; yes, no"),
    ({"present": "2"}, "present", "I need one of these here: иә, жоқ; да, нет; yes, no"),
]


def test_broken_rows(connection: Connection, broken: School) -> None:
    """Each broken cell is told by its row and column, once, and nothing is taken in."""
    assert len(BROKEN) >= 20
    assert 1 == broken.id
    before = rows(connection)
    lines = [line_of(**changed) for changed, _column, _message in BROKEN]
    found = told(connection, *lines)
    assert [(row, column) for row, (_c, column, _m) in enumerate(BROKEN, start=2)] == [
        fault[:2] for fault in found
    ]
    for fault, (_changed, _column, message) in zip(found, BROKEN, strict=True):
        assert fault[2].startswith(message)
    assert before == rows(connection)


def test_twice_in_a_table(connection: Connection, school: School) -> None:
    """A participant and a session stand in one row only; the other row is named."""
    again = line_of(present="жоқ")
    assert 1 == school.id
    assert [(4, "participant", "This participant and session stand in row 2 already.")] == told(
        connection, line_of(), line_of(session=2), again
    )


def test_a_fault_in_the_last_row(connection: Connection, school: School) -> None:
    """While one row is broken, none is taken in."""
    assert 1 == school.id
    people = [("1", "Айгүл Сынамалы"), ("2", "Марат Үлгілі"), ("3", "Сәуле Байқауова")]
    lines = [
        line_of(session=number, participant=who, name=name)
        for number in range(1, 5)
        for who, name in people
    ]
    table = read_table(csv_of(HEAD, *lines, line_of(participant=99)), "a.csv", FORMS)
    before = rows(connection)
    with pytest.raises(BadTable) as bad:
        import_table(connection, EDITOR, table, NOW)
    assert [14] == [fault.row for fault in bad.value.faults]
    assert before == rows(connection)


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_titles_and_files(
    connection: Connection, school: School, language: str, kind: str
) -> None:
    """Titles are known in three languages and both kinds of file; twice is once."""
    columns = FORMS[SHEET].columns
    head = HEAD if language == "en" else [column.title(language) for column in columns]
    words = {"en": ("yes", "no"), "kk": ("келді", "келмеді"), "ru": ("Да", "не была")}[language]
    lines = [
        [school.id, 1, school.signups[601], "айгул сынамалы", words[0]],
        ["school", 2, school.signups[602], "", words[1]],
    ]
    data = csv_of(head, *lines)
    if kind == "xlsx":
        book = Workbook()
        for line in (head, *lines):
            book.active.append(line)
        file = BytesIO()
        book.save(file)
        data = file.getvalue()
    table = read_table(data, f"a.{kind}", FORMS)
    assert 2 == import_table(connection, EDITOR, table, NOW).changes
    before = rows(connection)
    assert 0 == put_table(connection, table, NOW).changes
    assert before == rows(connection)
    assert [(1, 0), (0, 1)] == [
        (each.present, each.absent) for each in meetings_of(connection, school.id)[:2]
    ]


def test_another_mark(connection: Connection, school: School) -> None:
    """A later table changes the marks that it names, and no others."""
    first = csv_of(HEAD, line_of(), line_of(session=2))
    later = csv_of(HEAD, line_of(present="жоқ"))
    import_table(connection, ADMINISTRATOR, read_table(first, "a.csv", FORMS), NOW)
    done = import_table(connection, EDITOR, read_table(later, "a.csv", FORMS), NOW)
    assert (1, 1) == (done.rows, done.changes)
    assert [(0, 1), (1, 0)] == [
        (each.present, each.absent) for each in meetings_of(connection, school.id)[:2]
    ]


def test_within_reach(connection: Connection, school: School) -> None:
    """An editor of another region is refused, and so is who is no editor."""
    before = rows(connection)
    table = read_table(csv_of(HEAD, line_of()), "a.csv", FORMS)
    for actor in (ELSEWHERE, CITIZEN):
        with pytest.raises(Refusal):
            import_table(connection, actor, table, NOW)
    assert 1 == school.id
    assert before == rows(connection)


def test_the_template(connection: Connection) -> None:
    """The example that is given out is sound where there are such people."""
    school = found_school(connection)
    hold_sessions(connection, school, [FIRST_SESSION, FIRST_SESSION + WEEK])
    for person in (601, 602):
        enrol(connection, school, person, "Қатысушы")
    for language in ("kk", "ru"):
        lines = example(language)
        files = [(to_csv(FORMS[SHEET], lines[SHEET], language), "a.csv")]
        for data, name in [*files, (to_xlsx(FORMS, lines, language), "a.xlsx")]:
            assert 3 == len(check_table(connection, read_table(data, name, FORMS), NOW))
