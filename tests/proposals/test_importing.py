"""Proposals collected on paper: what is taken in, and every way in which a row can be broken."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import Workbook
from sqlalchemy import Connection

from services.proposals.alike import alike
from services.proposals.board import history, list_board, read_card
from services.proposals.importing import FORMS, check_table, example, import_table, put_table
from services.refusal import Refusal
from services.tables.model import BadTable
from services.tables.reading import read_table
from services.tables.writing import to_csv, to_xlsx
from storage.schema import metadata
from storage.schema.organisation import topics
from tests.proposals.conftest import ADMINISTRATOR, CITIZEN, NOW, OPERATOR

HEAD = [column.key for column in FORMS["proposals"].columns]
SOUND: dict[str, str] = {
    "code": "sairam-1",
    "language": "kk",
    "topic": "water-supply",
    "region": "61",
    "district": "615200",
    "title_kk": "Ауылға су тазарту қондырғысы",
    "title_ru": "Установка очистки воды в селе",
    "text": "Ауыл ортасына су тазарту қондырғысын қойса, тұрғындар таза су ішер еді.",
    "collected_on": "05.03.2026",
}
OTHER = {
    **SOUND,
    "code": "sairam-2",
    "title_kk": "Мектепке жаяу жол салу",
    "title_ru": "Тротуар к школе",
    "text": "Мектептің қасынан жаяу жүргіншілер жолын салайық, балаларға қауіпсіз болады.",
}
EMPTY = "Something must stand here."
PERSONAL = (
    "There seem to be personal data in it: a name, a number or an address. Please leave them out."
)
SHORT = "Please say it in a sentence or two: what should be done, and what for."
DAY = "This is no day. Please write it like this: 31.12.2026"
# What is different in the second row of two, in which column it is told, and how.
BROKEN: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"code": ""}, "code", EMPTY),
    (
        {"code": "Сайрам 2"},
        "code",
        "A code is at most 32 small Latin letters, digits, “-” and “_”.",
    ),
    ({"code": "a" * 33}, "code", "A code is at most 32 small Latin letters, digits, “-” and “_”."),
    ({"code": "sairam-1"}, "code", "This code stands above already."),
    ({"language": ""}, "language", EMPTY),
    ({"language": "english"}, "language", "I need one of these here: kk, ru"),
    ({"topic": ""}, "topic", EMPTY),
    ({"topic": "moon"}, "topic", "There is no topic “moon”."),
    ({"topic": "roads"}, "topic", "The topic “roads” is no longer in use."),
    ({"region": "99", "district": ""}, "region", "There is no region “99”."),
    ({"district": "999999"}, "district", "There is no district “999999” in this region."),
    ({"region": "10"}, "district", "There is no district “615200” in this region."),
    ({"title_kk": ""}, "title_kk", EMPTY),
    ({"title_ru": ""}, "title_ru", EMPTY),
    ({"title_kk": "Су"}, "title_kk", "Please write a title in words."),
    ({"title_ru": "12345 67"}, "title_ru", "Please write a title in words."),
    (
        {"title_ru": "вода " * 30},
        "title_ru",
        "A title is at most 100 characters long. Please shorten it.",
    ),
    ({"title_kk": "Хабарласыңыз: 8 701 123 45 67"}, "title_kk", PERSONAL),
    ({"title_ru": "Пишите на voda@example.kz"}, "title_ru", PERSONAL),
    ({"text": ""}, "text", EMPTY),
    ({"text": "Су керек."}, "text", SHORT),
    ({"text": "1234567890 0987654321 1234567890"}, "text", SHORT),
    (
        {"text": "сөз " * 400},
        "text",
        "This is too long: at most 1,500 characters. Please shorten it.",
    ),
    ({"text": "Мен Сынақ Сынақов, су құбырын жөндеуді ұсынамын."}, "text", PERSONAL),
    ({"text": SOUND["text"]}, "text", "These words stand above already."),
    ({"text": "#REF!"}, "text", "This cell holds an error of the spreadsheet."),
    ({"collected_on": ""}, "collected_on", EMPTY),
    ({"collected_on": "март"}, "collected_on", DAY),
    ({"collected_on": "31.02.2026"}, "collected_on", DAY),
    ({"collected_on": "05.03.1926"}, "collected_on", DAY),
    ({"collected_on": "10.03.2026"}, "collected_on", "This day has not come yet."),
)


def csv_of(*rows: dict[str, str], head: Iterable[str] = HEAD) -> bytes:
    """Return a CSV file of these rows."""
    lines = [";".join(head), *(";".join(row[name] for name in HEAD) for row in rows)]
    return "\r\n".join(lines).encode("utf-8-sig")


def book_of(*rows: dict[str, str], head: Iterable[str] = HEAD) -> bytes:
    """Return an XLSX file of these rows."""
    book = Workbook()
    for line in (list(head), *([row[name] for name in HEAD] for row in rows)):
        book.active.append(line)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def everything(connection: Connection) -> dict[str, list[Any]]:
    """Return everything in the database."""
    return {
        name: sorted((tuple(row) for row in connection.execute(sa.select(each))), key=repr)
        for name, each in metadata.tables.items()
    }


def test_every_broken_row_is_told_by_its_number(connection: Connection) -> None:
    """Each of 31 kinds of broken rows is named with its reason, and nothing is taken in."""
    retired = sa.update(topics).where(topics.c.code == "roads").values(retired=True)
    assert 1 == connection.execute(retired).rowcount
    before = everything(connection)
    told = []
    for changed, _column, _message in BROKEN:
        table = read_table(csv_of(SOUND, {**OTHER, **changed}), "a.csv", FORMS)
        with pytest.raises(BadTable) as bad:
            import_table(connection, ADMINISTRATOR, table, NOW)
        told.append(
            [
                (one.row, one.column, one.refusal.message.format(**one.refusal.parameters))
                for one in bad.value.faults
            ]
        )
    assert [[(3, column, message)] for _changed, column, message in BROKEN] == told
    assert before == everything(connection)


def test_what_is_taken_in_stands_on_the_board(connection: Connection) -> None:
    """A row becomes a proposal with a number, found by its words; its origin is public."""
    table = read_table(csv_of(SOUND, OTHER), "a.csv", FORMS)
    done = import_table(connection, ADMINISTRATOR, table, NOW)
    page = list_board(connection)
    card = read_card(connection, page.lines[-1].id, CITIZEN)
    assert (2, 2, 2) == (done.rows, done.changes, len(page.lines))
    assert ("1", "Ауылға су тазарту қондырғысы", SOUND["text"]) == (
        card.line.number,
        card.line.title("kk"),
        card.words,
    )
    assert ["Предложение собрано на бумаге: 05.03.2026"] == [
        moment.note("ru") for moment in history(connection, card.line.id)
    ]
    wanted = "Предлагаю установку для очистки воды в нашем селе"
    assert [card.line.id] == [line.id for line in alike(connection, wanted, ("61", None))]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_twice_is_once(connection: Connection, language: str) -> None:
    """The same table changes nothing, also as a book, and with titles in the other language."""
    data = to_csv(FORMS["proposals"], example(language)["proposals"], language)
    assert 2 == put_table(connection, read_table(data, "a.csv", FORMS), NOW).changes
    before = everything(connection)
    book = to_xlsx(FORMS, example(language), language)
    for file, name in ((data, "a.csv"), (book, "a.xlsx")):
        table = read_table(file, name, FORMS)
        assert 0 == import_table(connection, ADMINISTRATOR, table, NOW).changes
    assert before == everything(connection)


def test_a_book_with_english_titles(connection: Connection) -> None:
    """An XLSX file with the keys of the columns is taken in too."""
    table = read_table(book_of(SOUND, OTHER), "a.xlsx", FORMS)
    assert 2 == len(check_table(connection, table, NOW))


def test_what_a_code_says_stays(connection: Connection) -> None:
    """Another wording under the same code is refused, not put in its place."""
    put_table(connection, read_table(csv_of(SOUND), "a.csv", FORMS), NOW)
    other = {**SOUND, "title_ru": "Очистка воды в каждом селе"}
    with pytest.raises(BadTable, match="says something else already"):
        put_table(connection, read_table(csv_of(other), "a.csv", FORMS), NOW)


def test_columns() -> None:
    """A missing column and a strange one are told before any row."""
    with pytest.raises(BadTable, match="This column is missing"):
        read_table(csv_of(head=[*HEAD[:-1]]), "a.csv", FORMS)
    with pytest.raises(BadTable, match="No column is called"):
        read_table(csv_of(head=[*HEAD, "signature"]), "a.csv", FORMS)


def test_administrators_only(connection: Connection) -> None:
    """An operator brings no table."""
    table = read_table(csv_of(SOUND), "a.csv", FORMS)
    with pytest.raises(Refusal, match="staff only"):
        import_table(connection, OPERATOR, table, NOW)
