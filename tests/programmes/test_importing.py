"""Programmes as a table: what is taken in, and every way in which a row can be broken."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.programmes.importing import check_table, example, import_table, put_table
from services.programmes.model import programme_of
from services.programmes.table import FIELDS, FORMS, PROGRAMMES, SESSIONS
from services.refusal import Refusal
from services.tables.model import BadTable, Table
from services.tables.reading import read_table
from services.tables.writing import to_csv, to_xlsx
from storage import programmes as rows
from storage.schema import metadata
from tests.programmes.conftest import ADMINISTRATOR, EDITOR, NOW, come

SOUND: dict[str, dict[str, Any]] = {
    PROGRAMMES: {
        "code": "youth",
        "kind": "жоба",
        "title_kk": "Ауыл жастары",
        "title_ru": "Сельская молодёжь",
        "text_kk": "Кездесулер <б>",
        "text_ru": "Встречи",
        "terms_kk": "",
        "terms_ru": "",
        "place_kk": "",
        "place_ru": "",
        "region": "61",
        "district": "615200",
        "begins_on": "10.03.2026",
        "ends_on": "2026-03-20",
        "sign_up_until": "",
        "capacity": "2",
        "waiting": "иә",
        "consent_kk": "",
        "consent_ru": "",
        "certificate_from": "",
        "state": "открыта",
    },
    FIELDS: {
        "programme": "youth",
        "field": "level",
        "field_kind": "выбор",
        "label_kk": "Деңгей?",
        "label_ru": "Уровень?",
        "options_kk": "Бастаушы | Тәжірибелі",
        "options_ru": "Начинающий | Опытный",
        "required": "нет",
    },
    SESSIONS: {
        "programme": "youth",
        "number": "1",
        "starts_at": "10.03.2026 18:30",
        "topic_kk": "Танысу",
        "topic_ru": "Знакомство",
        "venue_kk": "",
        "venue_ru": "",
    },
}


def book(*more: tuple[str, dict[str, Any]], language: str = "kk", **changed: Any) -> Table:
    """Return a table of a sound row in each sheet, with changes by sheet, and more rows."""
    lines = {sheet: [{**SOUND[sheet], **changed.get(sheet, {})}] for sheet in FORMS}
    for sheet, change in more:
        lines[sheet].append({**SOUND[sheet], **change})
    cells = {sheet: [list(one.values()) for one in found] for sheet, found in lines.items()}
    return read_table(to_xlsx(FORMS, cells, language), "programmes.xlsx", FORMS)


def changed(sheet: str, change: dict[str, str]) -> Table:
    """Return a table whose row in this sheet differs so from a sound one."""
    rows_of: dict[str, Any] = {sheet: change}
    return book(**rows_of)


def everything(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything in the database."""
    return {
        name: sorted((tuple(row) for row in connection.execute(sa.select(each))), key=repr)
        for name, each in metadata.tables.items()
    }


def test_a_book(connection: Connection) -> None:
    """Three sheets become a programme with its form and sessions; words of a table are no HTML."""
    done = import_table(connection, ADMINISTRATOR, book(), NOW)
    assert (3, 3) == (done.rows, done.changes)
    row = rows.find_draft(connection, "table:youth")
    assert row is not None
    programme = programme_of(row)
    assert ("open", 2, "Кездесулер &lt;б&gt;") == (
        programme.status,
        programme.capacity,
        programme.text_kk,
    )
    assert (date(2026, 3, 10), True) == (programme.sign_up_until, programme.waiting)
    assert 1 == len(rows.fields_of(connection, programme.id))
    assert 1 == len(rows.sessions_of(connection, programme.id))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_twice_is_once(connection: Connection, language: str) -> None:
    """The same table a second time, in another language, changes nothing."""
    import_table(connection, ADMINISTRATOR, book(), NOW)
    before = everything(connection)
    assert 0 == import_table(connection, ADMINISTRATOR, book(language=language), NOW).changes
    assert before == everything(connection)


def test_csv_with_english_titles(connection: Connection) -> None:
    """Each sheet can come as a file of its own; titles are known in three languages."""
    for sheet in FORMS:
        lines = [list(SOUND[sheet].values())]
        data = to_csv(FORMS[sheet], lines, "ru")
        head = ";".join(column.key for column in FORMS[sheet].columns)
        english = head.encode() + data[data.index(b"\r\n") :]
        table = read_table(english, f"{sheet}.csv", FORMS)
        assert 1 == put_table(connection, table, NOW).changes


def test_the_example_is_sound(connection: Connection) -> None:
    """The template can be brought as it is."""
    table = read_table(to_xlsx(FORMS, example("kk"), "kk"), "a.xlsx", FORMS)
    assert 3 == put_table(connection, table, NOW).changes


def test_who_may(connection: Connection) -> None:
    """Only who runs programmes everywhere brings tables."""
    with pytest.raises(Refusal):
        import_table(connection, EDITOR, book(), NOW)


BROKEN: list[tuple[str, dict[str, str], str, str]] = [
    (PROGRAMMES, {"code": ""}, "code", "Something must stand here."),
    (PROGRAMMES, {"code": "Жас"}, "code", "A code is at most 32"),
    (PROGRAMMES, {"kind": "курс"}, "kind", "I need one of these here: project, school"),
    (PROGRAMMES, {"title_kk": ""}, "title_kk", "Something must stand here."),
    (PROGRAMMES, {"title_ru": "я" * 121}, "title_ru", "This text is too long: 121"),
    (PROGRAMMES, {"text_ru": ""}, "text_ru", "Something must stand here."),
    (PROGRAMMES, {"terms_kk": "18+"}, "terms_ru", "Both texts are needed"),
    (PROGRAMMES, {"place_ru": "клуб"}, "place_kk", "Both texts are needed"),
    (PROGRAMMES, {"consent_kk": "ә" * 1001}, "consent_kk", "This text is too long"),
    (PROGRAMMES, {"region": "99", "district": ""}, "region", "There is no region “99”."),
    (PROGRAMMES, {"district": "619999"}, "district", "There is no district"),
    (PROGRAMMES, {"begins_on": "ерте"}, "begins_on", "This is no day."),
    (PROGRAMMES, {"begins_on": ""}, "begins_on", "Something must stand here."),
    (PROGRAMMES, {"ends_on": "09.03.2026"}, "ends_on", "The last day lies before"),
    (PROGRAMMES, {"ends_on": "31.11.2026"}, "ends_on", "This is no day."),
    (PROGRAMMES, {"ends_on": "01.01.2029"}, "ends_on", "That is too far away"),
    (PROGRAMMES, {"sign_up_until": "21.03.2026"}, "sign_up_until", "One cannot sign up after"),
    (PROGRAMMES, {"sign_up_until": "01.03.2026"}, "sign_up_until", "The last day of signing up"),
    (PROGRAMMES, {"capacity": "0"}, "capacity", "I need a whole number from 1"),
    (PROGRAMMES, {"capacity": "көп"}, "capacity", "I need a whole number from 1"),
    (PROGRAMMES, {"waiting": "мүмкін"}, "waiting", "Please write yes or no here."),
    (PROGRAMMES, {"certificate_from": "101"}, "certificate_from", "I need a whole number"),
    (PROGRAMMES, {"state": "қазір"}, "state", "I need one of these here: draft, open, closed"),
    (PROGRAMMES, {"title_kk": "#REF!"}, "title_kk", "This cell holds an error"),
    (FIELDS, {"programme": "nobody"}, "programme", "There is no programme “nobody”"),
    (FIELDS, {"field": "Сұрақ"}, "field", "A code is at most 32"),
    (FIELDS, {"field": "a" * 17}, "field", "This text is too long: 17 of at most 16"),
    (FIELDS, {"field_kind": "сурет"}, "field_kind", "I need one of these here: text"),
    (FIELDS, {"label_ru": ""}, "label_ru", "Something must stand here."),
    (FIELDS, {"options_ru": "Начинающий"}, "options_ru", "There are 2 answers in Kazakh and 1"),
    (FIELDS, {"options_kk": "А", "options_ru": "А"}, "options_kk", "A choice has from 2 to 12"),
    (FIELDS, {"options_kk": "А|А"}, "options_kk", "Two answers of the choice are the same."),
    (FIELDS, {"field_kind": "текст"}, "options_kk", "Only a choice has answers"),
    (FIELDS, {"required": "?"}, "required", "Please write yes or no here."),
    (SESSIONS, {"programme": ""}, "programme", "Something must stand here."),
    (SESSIONS, {"number": "0"}, "number", "I need a whole number from 1 to 60"),
    (SESSIONS, {"starts_at": "10.03.2026"}, "starts_at", "Please write day and hour"),
    (SESSIONS, {"starts_at": "10.03.2026 25:00"}, "starts_at", "Please write day and hour"),
    (SESSIONS, {"starts_at": "21.03.2026 10:00"}, "starts_at", "This lies outside of the days"),
    (SESSIONS, {"topic_ru": ""}, "topic_ru", "Both texts are needed"),
]


def test_every_broken_row_is_named(connection: Connection) -> None:
    """Each is answered by its sheet, row, column and reason, and nothing is imported."""
    before = everything(connection)
    for sheet, change, column, reason in BROKEN:
        with pytest.raises(BadTable) as bad:
            import_table(connection, ADMINISTRATOR, changed(sheet, change), NOW)
        own = [
            (fault.row, fault.column, fault.refusal.message.format(**fault.refusal.parameters))
            for fault in bad.value.faults
            if fault.sheet == sheet
        ]
        assert (2, column) == own[0][:2], (sheet, change, own)
        assert own[0][2].startswith(reason), (sheet, change, own)
    assert before == everything(connection)


def test_twins(connection: Connection) -> None:
    """A code, a question and a session stand in one row each."""
    twins: Iterable[tuple[str, str]] = (
        (PROGRAMMES, "code"),
        (FIELDS, "field"),
        (SESSIONS, "number"),
    )
    for sheet, column in twins:
        with pytest.raises(BadTable) as bad:
            check_table(connection, book((sheet, {})), NOW)
        assert [(sheet, 3, column)] == [(f.sheet, f.row, f.column) for f in bad.value.faults]


def test_a_fault_in_the_last_row(connection: Connection) -> None:
    """All rows before it stay outside, too."""
    before = everything(connection)
    with pytest.raises(BadTable):
        put_table(connection, book((SESSIONS, {"number": "2", "starts_at": "?"})), NOW)
    assert before == everything(connection)


def test_changes_to_what_people_signed_up_for(connection: Connection) -> None:
    """Places that are taken and questions that were answered cannot be taken back by a table."""
    import_table(connection, ADMINISTRATOR, book(fields={"required": "жоқ"}), NOW)
    row = rows.find_draft(connection, "table:youth")
    assert row is not None
    for person in (601, 602):
        come(connection, programme_of(row), person)
    told = []
    for change in ({"capacity": "1"}, {"state": "draft"}):
        with pytest.raises(BadTable) as bad:
            check_table(connection, changed(PROGRAMMES, change), NOW)
        told += [fault.column for fault in bad.value.faults]
    answers = book(fields={"field_kind": "текст", "options_kk": "", "options_ru": ""})
    with pytest.raises(BadTable) as bad:
        check_table(connection, answers, NOW)
    assert ["capacity", "state", "field_kind"] == [*told, bad.value.faults[0].column]
