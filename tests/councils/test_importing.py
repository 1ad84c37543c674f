"""Councils as a table: what is taken in, and every way in which a row can be broken."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.councils.composition import composition_of, former_on, members_on
from services.councils.exporting import lines_of
from services.councils.importing import (
    check_table,
    example,
    import_table,
    put_table,
    shipped_fields,
)
from services.councils.model import Seat
from services.councils.register import load_register
from services.councils.table import COLUMNS, FORMS, SEAT_CHOICES, Sheet
from services.refusal import Refusal
from services.tables.model import BadTable
from services.tables.reading import read_table
from services.tables.writing import to_csv
from storage.schema import metadata
from tests.councils.conftest import (
    ADMINISTRATOR,
    CHAIR,
    COUNCILS,
    EDITOR,
    FIELDS,
    MEETINGS,
    MEMBERS,
    NOW,
    TODAY,
    book,
    table,
)

_FIELD = dict(zip([one.key for one in COLUMNS[Sheet.FIELDS]], FIELDS[0], strict=True))
_COUNCIL = dict(zip([one.key for one in COLUMNS[Sheet.COUNCILS]], COUNCILS[0], strict=True))
_MEMBER = dict(zip([one.key for one in COLUMNS[Sheet.MEMBERS]], MEMBERS[2], strict=True))
_MEETING = dict(zip([one.key for one in COLUMNS[Sheet.MEETINGS]], MEETINGS[0], strict=True))
_CAME = {"council": "water-61", "held_on": "2026-02-02", "official": "dana", "presence": "absent"}
_NEW = {"council": "new", "since": "2026-04-01", "district": "615200"}
_SOUND: Mapping[str, Mapping[str, Any]] = {
    Sheet.FIELDS: _FIELD,
    Sheet.COUNCILS: _COUNCIL,
    Sheet.MEMBERS: _MEMBER,
    Sheet.MEETINGS: _MEETING,
    Sheet.ATTENDANCE: _CAME,
}
_BEGUN = "This has begun, and what was stays written. Please add a row with a later day."
# A sheet, how its rows differ from a sound one, and (row, column, reason) of what is wrong.
BROKEN: list[tuple[Sheet, list[dict[str, Any]], list[tuple[int, str, str]]]] = [
    (
        Sheet.FIELDS,
        [{"code": "Вода"}],
        [(2, "code", "A code is at most 32 small Latin letters, digits, “-” and “_”.")],
    ),
    (Sheet.FIELDS, [{"name_ru": ""}], [(2, "name_ru", "Something must stand here.")]),
    (
        Sheet.FIELDS,
        [{"position": "first"}],
        [(2, "position", "I need a whole number from 1 to 999 here.")],
    ),
    (Sheet.FIELDS, [{"in_regions": "maybe"}], [(2, "in_regions", "Please write yes or no here.")]),
    (
        Sheet.FIELDS,
        [{"name_kk": "С" * 201}],
        [(2, "name_kk", "This text is too long: 201 of at most 200 characters.")],
    ),
    (
        Sheet.FIELDS,
        [{"emoji": "#REF!"}],
        [(2, "emoji", "This cell holds an error of the spreadsheet.")],
    ),
    (Sheet.FIELDS, [{}, {}], [(3, "code", "This field stands in the table twice.")]),
    (Sheet.FIELDS, [{"topics": "fishing"}], [(2, "topics", "There is no topic “fishing”.")]),
    (
        Sheet.FIELDS,
        [{"topics": "gas"}, {"code": "b", "topics": "gas"}],
        [(3, "topics", "The topic “gas” stands at another field too.")],
    ),
    (
        Sheet.COUNCILS,
        [{**_NEW, "since": "31.02.2026"}],
        [(2, "since", "This is no day. Please write it like this: 31.12.2026")],
    ),
    (Sheet.COUNCILS, [{**_NEW, "field": "fish"}], [(2, "field", "There is no field “fish”.")]),
    (Sheet.COUNCILS, [{**_NEW, "field": "old"}], [(2, "field", "This field is retired.")]),
    (
        Sheet.COUNCILS,
        [{**_NEW, "region": "99", "district": ""}],
        [(2, "region", "There is no region “99”.")],
    ),
    (
        Sheet.COUNCILS,
        [{**_NEW, "district": "101000"}],
        [(2, "district", "There is no district “101000” in this region.")],
    ),
    (
        Sheet.COUNCILS,
        [{**_NEW, "field": "law", "district": ""}],
        [(2, "field", "Regions have no council of this field.")],
    ),
    (
        Sheet.COUNCILS,
        [{**_NEW, "field": "roads"}],
        [(2, "field", "Districts have no council of this field.")],
    ),
    (
        Sheet.COUNCILS,
        [{**_NEW, "last_day": "2026-03-31"}],
        [(2, "last_day", "The last day lies before the first one.")],
    ),
    (
        Sheet.COUNCILS,
        [_NEW, {**_NEW, "since": "2026-05-01", "name_ru": "Другой"}],
        [(3, "name_kk", "This council has another name in another row.")],
    ),
    (
        Sheet.COUNCILS,
        [_NEW, _NEW],
        [(3, "since", "Another row of this council begins on the same day.")],
    ),
    (
        Sheet.COUNCILS,
        [{**_NEW, "last_day": "2026-06-30"}, {**_NEW, "since": "2026-06-01"}],
        [(3, "since", "Another term of this council stands on these days.")],
    ),
    (Sheet.COUNCILS, [{"field": "roads"}], [(2, "field", _BEGUN)]),
    (Sheet.COUNCILS, [{"region": "10"}], [(2, "region", _BEGUN)]),
    (
        Sheet.COUNCILS,
        [{**_NEW, "district": ""}],
        [(2, "field", "This place has a council of this field already: water-61")],
    ),
    (Sheet.MEMBERS, [{"council": "fish"}], [(2, "council", "There is no council “fish”.")]),
    (
        Sheet.MEMBERS,
        [{"role": "boss"}],
        [
            (
                2,
                "role",
                f"I need one of these here: {SEAT_CHOICES}",
            )
        ],
    ),
    (
        Sheet.MEMBERS,
        [{"official": "erbol", "member_kk": "", "member_ru": "Ербол"}],
        [(2, "member_kk", "Nobody has this code yet: please write the name.")],
    ),
    (
        Sheet.MEMBERS,
        [{"position_kk": "ұстаз"}],
        [(2, "position_ru", "Please write it in both languages.")],
    ),
    (
        Sheet.MEMBERS,
        [{}, {"council": "water", "member_ru": "Дана Ж."}],
        [(3, "member_kk", "This member has another name in another row.")],
    ),
    (
        Sheet.MEMBERS,
        [{}, {}],
        [(3, "since", "Another row of this member begins on the same day.")],
    ),
    (
        Sheet.MEMBERS,
        [{"since": "2025-12-01"}],
        [(2, "since", "There is no such council on this day.")],
    ),
    (Sheet.MEMBERS, [{"role": "secretary"}], [(2, "role", _BEGUN)]),
    (
        Sheet.MEMBERS,
        [{"last_day": "2026-06-30"}, {"since": "2026-06-01"}],
        [(3, "since", "This member sits in the council on these days already.")],
    ),
    (
        Sheet.MEMBERS,
        [{"since": "2026-04-01", "role": "chair"}],
        [(2, "role", "The council has a chair on these days already: aman")],
    ),
    (Sheet.MEETINGS, [{"held_on": "2026-03-04"}], [(2, "held_on", "This day is still to come.")]),
    (
        Sheet.MEETINGS,
        [{"held_on": "2025-03-04"}],
        [(2, "held_on", "There is no such council on this day.")],
    ),
    (Sheet.MEETINGS, [{}, {}], [(3, "held_on", "This meeting stands in the table twice.")]),
    (
        Sheet.ATTENDANCE,
        [{"held_on": "2026-02-03"}],
        [(2, "held_on", "The council did not meet on this day.")],
    ),
    (
        Sheet.ATTENDANCE,
        [{"official": "elestetov"}],
        [(2, "official", "Nobody of this code sat in the council on this day.")],
    ),
    (
        Sheet.ATTENDANCE,
        [{"presence": "late"}],
        [
            (
                2,
                "presence",
                "I need one of these here: present/қатысты, absent/қатыспады, excused/себепті",
            )
        ],
    ),
    (Sheet.ATTENDANCE, [{}, {}], [(3, "official", "This member stands at the meeting twice.")]),
]


def rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything in the database."""
    return {
        name: sorted((tuple(row) for row in connection.execute(sa.select(each))), key=repr)
        for name, each in metadata.tables.items()
    }


def told(connection: Connection, wanted: Any) -> list[tuple[Any, ...]]:
    """Return (row, column, reason) of everything that is wrong with a table."""
    with pytest.raises(BadTable) as bad:
        put_table(connection, wanted, NOW)
    return [
        (fault.row, fault.column, fault.refusal.message.format(**fault.refusal.parameters))
        for fault in bad.value.faults
    ]


def test_every_broken_row_is_answered_by_row_and_reason(connection: Connection) -> None:
    """Forty kinds of broken rows: each is told by its row, its column and why; nothing is in."""
    before = rows(connection)
    for sheet, changed, expected in BROKEN:
        lines = [{**_SOUND[sheet], **each}.values() for each in changed]
        assert told(connection, table(**{sheet: lines})) == expected, (sheet, changed)
    assert before == rows(connection)


def test_a_fault_in_the_last_row_leaves_everything(connection: Connection) -> None:
    """New fields, councils and members go in together with the last row, or not at all."""
    before = rows(connection)
    wanted = book(
        {
            **example("ru"),
            Sheet.ATTENDANCE: (("health-61", "2026-02-04", "uyrenshi-1", "проспал"),),
        }
    )
    faults = told(connection, wanted)
    assert [(2, "presence")] == [(row, column) for row, column, _reason in faults]
    assert before == rows(connection)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_same_table_twice_changes_nothing(connection: Connection, language: str) -> None:
    """The template of either language is sound, and brings nothing the second time."""
    first = import_table(connection, EDITOR, book(example(language), language), NOW)
    after = rows(connection)
    again = import_table(connection, EDITOR, book(example(language), language), NOW)
    assert (15, 0) == (first.rows, again.changes)
    assert after == rows(connection)


def test_csv_and_titles_of_three_languages(connection: Connection) -> None:
    """A sheet is known by its titles: keys, Kazakh and Russian ones, in a CSV file too."""
    form = FORMS[Sheet.MEETINGS]
    line = [("water-61", TODAY, "Көктем", "Весна")]
    keys = b"council;held_on;title_kk;title_ru\r\nwater-61;03.03.2026;A;B\r\n"
    changes = [
        put_table(connection, read_table(data, "a.csv", FORMS), NOW).changes
        for data in (to_csv(form, line, "kk"), to_csv(form, line, "ru"), keys)
    ]
    assert [1, 0, 1] == changes


def test_a_later_row_ends_what_was(connection: Connection) -> None:
    """A new term or seat begins on its day; the one without an end is over by it, and stays."""
    moved = {**_COUNCIL, "since": "2026-04-01", "district": "615200"}
    promoted = {**_MEMBER, "since": "2026-04-01", "role": "secretary"}
    put_table(connection, table(councils=[moved.values()], members=[promoted.values()]), NOW)
    april = TODAY.replace(month=4)
    seats = [
        [one.seat for one in members_on(connection, "water-61", day) if one.official == "dana"]
        for day in (TODAY, april)
    ]
    places = [
        [one.code for one in composition_of(connection, "61", district, day).councils]
        for district, day in ((None, TODAY), (None, april), ("615200", april))
    ]
    assert [[Seat.MEMBER], [Seat.SECRETARY]] == seats
    former = former_on(connection, "water-61", april)
    assert [("dana", Seat.MEMBER, april.replace(day=1))] == [
        (one.official, one.seat, one.until) for one in former
    ]
    assert () == former_on(connection, "water-61", TODAY)
    assert [["water-61", "roads-61"], ["roads-61"], ["water-61"]] == places


def test_what_is_given_out_comes_back_unchanged(connection: Connection) -> None:
    """The present councils as a table, brought again, change nothing."""
    put_table(connection, table(attendance=[_CAME.values()]), NOW)
    given = lines_of(load_register(connection, {"water-61"}))
    assert 0 == put_table(connection, book(given), NOW).changes


def test_only_administrators_and_editors_bring_one(connection: Connection) -> None:
    """A chair brings no table; who may is written down once for what has changed."""
    wanted = book(example("ru"))
    with pytest.raises(Refusal):
        import_table(connection, CHAIR, wanted, NOW)
    import_table(connection, ADMINISTRATOR, wanted, NOW)
    import_table(connection, ADMINISTRATOR, wanted, NOW)
    audit = metadata.tables["audit"]
    found = connection.execute(sa.select(audit.c.what).where(audit.c.on == "councils"))
    assert ["council.import"] == list(found.scalars())


def test_the_usual_fields(connection: Connection) -> None:
    """Nine fields at the republic, eight in a region, five in a district."""
    fields = shipped_fields()
    counts = (
        len(fields),
        sum(one["regions"] for one in fields),
        sum(one["districts"] for one in fields),
    )
    assert (9, 8, 5) == counts
    assert check_table(connection, book(example("kk"), "kk"), NOW)
