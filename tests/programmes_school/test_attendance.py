"""Marking who came, in the chat."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from services.programmes.attendance import (
    Roll,
    mark,
    mark_rest,
    meetings_of,
    read_meetings,
    read_roll,
)
from services.programmes.schools import read_schools
from services.refusal import Refusal
from storage.audit_reading import Wanted, newest
from storage.signups import change_signup
from tests.programmes_school.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    EDITOR,
    ELSEWHERE,
    NOW,
    PEOPLE,
    School,
    arrive,
)
from tests.programmes_school.school import FIRST_SESSION, enrol, found_school


def roll_of(connection: Connection, school: School, after: int = 0) -> Roll:
    """Return a page of the list of the first session."""
    return read_roll(connection, EDITOR, school.id, 1, after, NOW)


def test_absolute_values(connection: Connection, school: School) -> None:
    """A mark says present or absent, may be changed, and twice is once."""
    aigul, marat = school.signups[601], school.signups[602]
    assert mark(connection, EDITOR, school.id, 1, aigul, NOW, present=True)
    assert not mark(connection, EDITOR, school.id, 1, aigul, NOW, present=True)
    assert mark(connection, EDITOR, school.id, 1, marat, NOW, present=True)
    assert mark(connection, EDITOR, school.id, 1, marat, NOW, present=False)
    marks = {each.name: each.present for each in roll_of(connection, school).entries}
    assert [True, False, None, None, None] == [marks[name] for name in PEOPLE.values()]
    assert (1, 1) == (
        meetings_of(connection, school.id)[0].present,
        meetings_of(connection, school.id)[0].absent,
    )


def test_all_others(connection: Connection, school: School) -> None:
    """One press marks everybody as present who is not marked; who is absent stays so."""
    mark(connection, EDITOR, school.id, 1, school.signups[603], NOW, present=False)
    assert 4 == mark_rest(connection, EDITOR, school.id, 1, NOW)
    assert 0 == mark_rest(connection, EDITOR, school.id, 1, NOW)
    meeting = roll_of(connection, school).meeting
    assert (4, 1) == (meeting.present, meeting.absent)


def test_only_who_has_a_place(connection: Connection, school: School) -> None:
    """Who waits, has left or takes part elsewhere is on no list and cannot be marked."""
    waits = enrol(connection, school.id, CITIZEN, "Бөтен", status="waiting")
    left = school.signups[605]
    change_signup(connection, left, 1, {"status": "left"})
    other = enrol(connection, found_school(connection, draft_id="other"), 601, "Айгүл")
    assert 4 == len(roll_of(connection, school).entries)
    for stranger in (waits, left, other, 999):
        with pytest.raises(Refusal):
            mark(connection, EDITOR, school.id, 1, stranger, NOW, present=True)


def test_not_before_it_begins(connection: Connection, school: School) -> None:
    """Nobody is marked before the session begins."""
    early = FIRST_SESSION - timedelta(minutes=1)
    someone = school.signups[601]
    with pytest.raises(Refusal, match="has not begun"):
        mark(connection, EDITOR, school.id, 1, someone, early, present=True)
    with pytest.raises(Refusal, match="has not begun"):
        mark_rest(connection, EDITOR, school.id, 1, early)
    assert mark(connection, EDITOR, school.id, 1, someone, FIRST_SESSION, present=True)


def test_pages(connection: Connection, school: School) -> None:
    """A long list is read page by page, there and back."""
    for person in range(7000, 7014):
        arrive(connection, person, "Қатысушы")
        enrol(connection, school.id, person, f"Қатысушы {person}")
    first = roll_of(connection, school)
    second = roll_of(connection, school, first.later or 0)
    third = roll_of(connection, school, second.later or 0)
    assert (8, 8, 3) == tuple(len(page.entries) for page in (first, second, third))
    assert (None, 0, first.later) == (first.earlier, second.earlier, third.earlier)
    assert third.later is None
    assert 19 == first.participants


def test_within_reach(connection: Connection, school: School) -> None:
    """An editor marks in their own region, an administrator everywhere, a citizen nowhere."""
    someone = school.signups[601]
    for actor in (ELSEWHERE, CITIZEN):
        for attempt in (
            lambda who: mark(connection, who, school.id, 1, someone, NOW, present=True),
            lambda who: mark_rest(connection, who, school.id, 1, NOW),
            lambda who: read_roll(connection, who, school.id, 1, 0, NOW),
            lambda who: read_meetings(connection, who, school.id),
        ):
            with pytest.raises(Refusal):
                attempt(actor)
    assert [school.id] == [
        each.id for each in read_schools(connection, ADMINISTRATOR, None).programmes
    ]
    assert () == read_schools(connection, ELSEWHERE, None).programmes


def test_a_draft_is_not_there(connection: Connection) -> None:
    """Nobody marks anything in a programme that was never opened."""
    draft = found_school(connection, status="draft")
    with pytest.raises(Refusal):
        read_meetings(connection, ADMINISTRATOR, draft)
    assert () == read_schools(connection, ADMINISTRATOR, None).programmes


def test_written_down(connection: Connection, school: School) -> None:
    """Who read the list and who marked whom is in the audit, without any name."""
    roll_of(connection, school)
    mark(connection, EDITOR, school.id, 1, school.signups[601], NOW, present=True)
    found = newest(connection, Wanted(), before=None, limit=10)
    what = {(row["what"], row["on"]) for row in found}
    assert {("attendance.read", "programme:1"), ("attendance.mark", "programme:1")} <= what
    assert not any("Айгүл" in str(row["details"]) for row in found)
