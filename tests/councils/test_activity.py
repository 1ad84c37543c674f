"""When a member of a council counts as inactive."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.councils.activity import Record, is_inactive, window_of
from services.councils.importing import put_table
from services.councils.members import activity_of, inactive_seen
from services.councils.model import Presence
from services.refusal import Refusal
from storage.appeal_counters import count_official
from tests.councils.conftest import ADMINISTRATOR, CHAIR, HEAD, NOW, SECRETARY, TODAY, table

_P = Presence
_DAYS = st.integers(0, 300).map(lambda back: TODAY - timedelta(days=back))
_MEETINGS = st.lists(st.tuples(_DAYS, st.sampled_from(Presence)), max_size=6)
_RECORDS = st.builds(
    Record,
    since=_DAYS,
    answered=st.integers(0, 2),
    in_time=st.just(0),
    meetings=_MEETINGS.map(tuple),
)


def record(since: int, *meetings: tuple[int, Presence], answered: int = 0) -> Record:
    """Return the record of who sits for so many days, with meetings so many days ago."""
    held = tuple((TODAY - timedelta(days=back), presence) for back, presence in meetings)
    return Record(TODAY - timedelta(days=since), answered, 0, held)


@pytest.mark.parametrize(
    ("given_record", "expected"),
    [
        (record(30), False),
        (record(89), False),
        (record(90), True),
        (record(200, (10, _P.PRESENT)), False),
        (record(200, (89, _P.EXCUSED)), False),
        (record(200, (90, _P.PRESENT)), True),
        (record(200, (10, _P.ABSENT)), True),
        (record(200, (10, _P.ABSENT), answered=1), False),
        (record(60, (10, _P.ABSENT), (20, _P.ABSENT)), False),
        (record(60, (10, _P.ABSENT), (20, _P.ABSENT), (30, _P.ABSENT)), True),
        (record(60, (10, _P.ABSENT), (20, _P.PRESENT), (30, _P.ABSENT)), False),
        (record(60, (5, _P.EXCUSED), (10, _P.ABSENT), (20, _P.ABSENT), (30, _P.ABSENT)), True),
        (record(200, (5, _P.PRESENT), *((back, _P.ABSENT) for back in (10, 20, 30))), False),
    ],
)
def test_cases(given_record: Record, expected: bool) -> None:  # noqa: FBT001  # a case of the table
    """Ninety days without a sign of life, or three missed meetings, and nothing answered."""
    assert expected == is_inactive(given_record, TODAY)


@settings(max_examples=150, deadline=None)
@given(_RECORDS)
def test_a_sign_of_life_never_makes_inactive(found: Record) -> None:
    """Who answers, comes to the newest meeting or told that they could not, is no worse for it."""
    was = is_inactive(found, TODAY)
    came = replace(found, meetings=(*found.meetings, (TODAY, _P.PRESENT)))
    told = replace(found, meetings=(*found.meetings, (TODAY, _P.EXCUSED)))
    assert not is_inactive(replace(found, answered=1), TODAY)
    assert not is_inactive(came, TODAY)
    assert was or not is_inactive(told, TODAY)


@settings(max_examples=150, deadline=None)
@given(_RECORDS)
def test_the_order_of_notes_does_not_matter(found: Record) -> None:
    """Whoever is inactive either missed three in a row or was silent for ninety days."""
    if not is_inactive(found, TODAY):
        return
    counted = [one for one in sorted(found.meetings, reverse=True) if one[1] is not _P.EXCUSED]
    missed = [presence for _day, presence in counted[:3]] == [_P.ABSENT] * 3
    first = window_of(TODAY)
    silent = found.since < first and all(
        day < first for day, presence in found.meetings if presence is not _P.ABSENT
    )
    assert found.answered == 0
    assert missed or silent
    assert is_inactive(replace(found, meetings=tuple(reversed(found.meetings))), TODAY)


def test_members_with_what_they_have_done(connection: Connection) -> None:
    """Answers of 90 days, meetings of which somebody noted who came, and who does nothing."""
    count_official(connection, "aman", TODAY, answered=2, in_time=1)
    count_official(connection, "aman", TODAY - timedelta(days=90), answered=5, in_time=5)
    meetings = [("water-61", date(2026, 1, day), "А", "А") for day in (12, 19, 26)]
    came = [("water-61", date(2026, 1, day), "bota", "present") for day in (12, 19, 26)]
    put_table(connection, table(meetings=meetings, attendance=came), NOW)
    _council, lines = activity_of(connection, HEAD, "water-61", TODAY)
    assert [
        ("aman", 2, 1, 0, 3, False),
        ("bota", 0, 0, 3, 3, False),
        ("dana", 0, 0, 0, 3, True),
    ] == [
        (
            line.member.official,
            line.record.answered,
            line.record.in_time,
            line.record.came,
            line.record.held,
            line.inactive,
        )
        for line in lines
    ]


def test_who_sees_whom(connection: Connection) -> None:
    """Administrators and the secretary see all, a head the territory, a chair the own council."""
    later = TODAY + timedelta(days=100)
    found = {
        person: [one.council.code for one in inactive_seen(connection, person, later)]
        for person in (ADMINISTRATOR, SECRETARY, HEAD, CHAIR)
    }
    assert all(codes == ["water-61"] for codes in found.values())
    with pytest.raises(Refusal, match="look after this council"):
        activity_of(connection, CHAIR, "roads-61", TODAY)
    assert activity_of(connection, HEAD, "roads-61", TODAY)
