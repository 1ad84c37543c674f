"""Stories as a table: what is prepared, and every way in which a row can be broken."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import Connection

from services.refusal import Refusal
from services.stories.importing import (
    FORMS,
    check_table,
    example,
    import_table,
    put_table,
)
from services.stories.model import StoryStatus, Tie, TieKind
from services.stories.publishing import put_out, withdraw_story
from services.stories.reading import latest_stories, list_for_staff, of_draft
from services.stories.table import STORIES
from services.tables.model import BadTable, Imported
from services.tables.reading import read_table
from services.tables.writing import to_csv, to_xlsx
from storage.schema import metadata
from tests.digests.conftest import OPERATOR
from tests.stories.conftest import (
    EDITOR,
    NOW,
    POLL,
    PROPOSAL,
    TOPIC,
    add_person,
    add_poll,
    add_proposal,
)

HEAD = [column.key for column in FORMS[STORIES].columns]
SOUND: dict[str, str] = {
    "code": "su-1",
    "said_kk": "Ауылда су үзіліп беріледі деп жаздыңыз.",
    "said_ru": "Вы писали, что вода в селе идёт с перебоями.",
    "did_kk": "Сорғы ауыстырылды, су тәулік бойы беріледі.",
    "did_ru": "Насос заменили, вода идёт круглосуточно.",
    "region": "61",
    "district": "615200",
    "topics": TOPIC,
    "polls": str(POLL),
    "proposals": "U-26-1",
}
OTHER = {"code": "su-2", "said_kk": "Жол жөнделмеді деп бірнеше рет айттыңыз."}
# What is wrong: the cells that differ, the column, the beginning of what is said.
BROKEN: list[tuple[dict[str, str], str, str]] = [
    ({"code": ""}, "code", "Something must stand here"),
    ({"code": "Су"}, "code", "A code is at most 32"),
    ({"code": "gone"}, "code", "This story was withdrawn"),
    ({"code": "out"}, "code", "This story has been published"),
    ({"said_kk": ""}, "said_kk", "Something must stand here"),
    ({"said_ru": ""}, "said_ru", "Something must stand here"),
    ({"did_kk": ""}, "did_kk", "Something must stand here"),
    ({"did_ru": ""}, "did_ru", "Something must stand here"),
    ({"said_kk": "Су жоқ"}, "said_kk", "This text is too short: 6 of at least 10"),
    ({"did_ru": "Сделано"}, "did_ru", "This text is too short"),
    ({"said_ru": "я" * 601}, "said_ru", "This text is too long: 601 of at most 600"),
    ({"did_kk": "ә" * 1001}, "did_kk", "This text is too long"),
    ({"said_kk": SOUND["said_ru"]}, "said_ru", "The Kazakh and the Russian text are the same"),
    ({"did_kk": "Насос заменили вчера."}, "did_kk", "There are no Kazakh letters"),
    ({"did_ru": "Сорғы ауыстырылды."}, "did_ru", "There are Kazakh letters in the Russian"),
    ({"said_kk": "#REF!"}, "said_kk", "This cell holds an error of the spreadsheet"),
    ({"region": "99"}, "region", "There is no region “99”"),
    ({"district": "751110"}, "district", "There is no district “751110” in this region"),
    ({"topics": "nothing"}, "topics", "There is no topic “nothing”"),
    ({"topics": "old"}, "topics", "The topic “old” is no longer in use"),
    ({"topics": f"{TOPIC} {TOPIC}"}, "topics", f"“{TOPIC}” stands there twice"),
    ({"polls": "бес"}, "polls", "“бес” is no number of a poll"),
    ({"polls": "404"}, "polls", "There is no closed poll with a result of the number “404”"),
    ({"proposals": "U-26-9"}, "proposals", "There is no proposal “U-26-9” on the board"),
    (
        {"topics": "", "polls": "", "proposals": ""},
        "topics",
        "A story is tied to a poll, a topic or a proposal",
    ),
    (
        {"topics": "roads health", "polls": " ".join(map(str, range(100, 109)))},
        "topics",
        "A story",
    ),
]


def line(**changed: str) -> list[str]:
    """Return the cells of a sound row that differs so."""
    row = SOUND | changed
    return [row[name] for name in HEAD]


def table(*lines: list[str], head: list[str] | None = None) -> Any:
    """Return a table of these rows, as it would be read from a CSV file."""
    text = "\n".join(";".join(one) for one in (head or HEAD, *lines))
    return read_table(text.encode(), "stories.csv", FORMS)


def book(*lines: list[str], head: list[str]) -> Any:
    """Return a table of these rows, as it would be read from a book."""
    made = Workbook()
    for each in (head, *lines):
        made.active.append(each)
    file = BytesIO()
    made.save(file)
    return read_table(file.getvalue(), "stories.xlsx", FORMS)


def everything(connection: Connection) -> dict[str, list[Any]]:
    """Return all rows of the database."""
    return {
        each.name: sorted(map(str, connection.execute(each.select())))
        for each in metadata.sorted_tables
    }


def faults(connection: Connection, *lines: list[str]) -> list[tuple[int | None, str | None, str]]:
    """Return row, column and words of everything that is wrong with these rows."""
    with pytest.raises(BadTable) as bad:
        import_table(connection, EDITOR, table(*lines), NOW)
    return [
        (one.row, one.column, one.refusal.message.format(**one.refusal.parameters))
        for one in bad.value.faults
    ]


@pytest.fixture
def full(connection: Connection) -> Connection:
    """Return a database with what the rows are tied to, a published and a withdrawn story."""
    connection.exec_driver_sql(
        "INSERT INTO topics (code, section, position, emoji, name_kk, name_ru, retired) "
        "VALUES ('old', 'water', 99, '', 'Ескі', 'Старая', 1)"
    )
    add_proposal(connection, add_person(connection, 801))
    for number in (POLL, *range(100, 109)):
        add_poll(connection, number)
    for code in ("out", "gone"):
        rows = table(line(code=code, said_kk=f"Бұрын айтылған сөз: {code}"))
        import_table(connection, EDITOR, rows, NOW)
        brought = of_draft(connection, f"table:{code}")
        assert brought is not None
        story = put_out(connection, EDITOR, brought.draft_id, brought.words, NOW)
        if code == "gone":
            withdraw_story(connection, EDITOR, story.id, story.version, NOW)
    return connection


def test_every_broken_row_is_told_by_number_and_reason(full: Connection) -> None:
    """Each kind by itself in the second row, below a sound one; nothing of the table is taken."""
    before = everything(full)
    told = []
    for cells, column, words in BROKEN:
        found = faults(full, line(), line(**OTHER | cells))
        assert (3, column) in [(row, place) for row, place, _said in found], cells
        told += [said for row, place, said in found if place == column and said.startswith(words)]
    assert len(told) == len(BROKEN)
    assert everything(full) == before


def test_rows_are_held_against_each_other(full: Connection) -> None:
    """A code that stands there twice, and the same words under two codes."""
    found = faults(full, line(), line(), line(code="su-3"))
    assert [(row, column) for row, column, _said in found] == [
        (3, "code"),
        (3, "said_kk"),
        (4, "said_kk"),
    ]


def test_a_table_is_prepared_and_told_to_nobody(full: Connection) -> None:
    """Staff find it among what is prepared, with all that it is tied to."""
    assert import_table(full, EDITOR, table(line()), NOW) == Imported(1, 1)
    story = of_draft(full, "table:su-1")
    assert story is not None
    assert (story.status, story.mailing_id) == (StoryStatus.PREPARED, None)
    assert set(story.words.ties) == {
        Tie(TieKind.TOPIC, TOPIC),
        Tie(TieKind.POLL, str(POLL)),
        Tie(TieKind.PROPOSAL, str(PROPOSAL)),
    }
    assert list_for_staff(full, EDITOR, StoryStatus.PREPARED).stories == (story,)
    assert "su-1" not in str(latest_stories(full, NOW))


def test_the_same_table_twice_changes_nothing(full: Connection) -> None:
    """Neither before nor after it was published."""
    rows = table(line(), line(**OTHER))
    assert import_table(full, EDITOR, rows, NOW).changes == 2
    before = everything(full)
    assert import_table(full, EDITOR, rows, NOW).changes == 0
    assert put_table(full, rows, NOW).changes == 0
    assert everything(full) == before
    story = of_draft(full, "table:su-1")
    assert story is not None
    put_out(full, EDITOR, story.draft_id, story.words, NOW)
    assert import_table(full, EDITOR, rows, NOW).changes == 0


def test_a_prepared_story_is_written_anew(full: Connection) -> None:
    """Under its code; a newer version of it."""
    import_table(full, EDITOR, table(line()), NOW)
    import_table(full, EDITOR, table(line(did_kk="Жаңа құбыр тартылды, су бар.")), NOW)
    story = of_draft(full, "table:su-1")
    assert story is not None
    assert (story.version, story.words.did_kk) == (2, "Жаңа құбыр тартылды, су бар.")


@pytest.mark.parametrize("titles", ["key", "kk", "ru"])
def test_titles_stand_in_three_languages(full: Connection, titles: str) -> None:
    """In CSV and in a book alike."""
    head = [getattr(column, titles) for column in FORMS[STORIES].columns]
    assert len(check_table(full, table(line(), head=head), NOW)) == 1
    assert check_table(full, book(line(), head=head), NOW) == check_table(full, table(line()), NOW)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_example_is_sound(full: Connection, language: str) -> None:
    """As CSV and as a book."""
    lines = example(language)
    csv = to_csv(FORMS[STORIES], lines[STORIES], language)
    xlsx = to_xlsx(FORMS, lines, language)
    assert len(check_table(full, read_table(csv, "stories.csv", FORMS), NOW)) == 1
    assert len(check_table(full, read_table(xlsx, "stories.xlsx", FORMS), NOW)) == 1


def test_only_editors_and_administrators_bring_tables(full: Connection) -> None:
    """Operators do not."""
    with pytest.raises(Refusal):
        import_table(full, OPERATOR, table(line()), NOW)
