"""What an official may look into: lists by key, one case, nothing of others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.dossier import read_dossier
from services.refusal import Refusal
from services.roadmap.desk import (
    CaseList,
    first_overdue,
    list_cases,
    my_digest,
    official_of,
)
from storage.people import grant_role
from tests.digests.conftest import CITIZEN, OPERATOR, UTILITIES, WATER, file_appeal

NOW = datetime(2026, 3, 12, 5, tzinfo=UTC)
TODAY = date(2026, 3, 12)


def test_pages_by_key_hold_everything_once(connection: Connection) -> None:
    """Walking through a list shows each open case once, the earliest due first."""
    filed = [
        file_appeal(connection, number, "water-supply", "10", NOW - timedelta(days=number % 7))
        for number in range(20)
    ]
    seen, after, more = [], None, True
    while more:
        page = list_cases(connection, WATER, CaseList.OPEN, TODAY, after=after, limit=6)
        seen += page.cases
        after, more = (page.cases[-1].due_on, page.cases[-1].id), page.more

    assert sorted(filed) == sorted(case.id for case in seen)
    assert seen == sorted(seen, key=lambda case: (case.due_on, case.id))


def test_each_list_holds_its_own(connection: Connection) -> None:
    """Overdue is due before today; due soon is due today and in three days."""
    late = file_appeal(connection, 1, "water-supply", "10", NOW - timedelta(days=40))
    soon = file_appeal(connection, 2, "water-supply", "10", NOW - timedelta(days=21))
    fresh = file_appeal(connection, 3, "water-supply", "10", NOW)

    listed = {
        kind: [
            case.id
            for case in list_cases(connection, WATER, kind, TODAY, after=None, limit=9).cases
        ]
        for kind in CaseList
    }
    assert {
        CaseList.OVERDUE: [late],
        CaseList.DUE_SOON: [soon],
        CaseList.OPEN: [late, soon, fresh],
        CaseList.NEW: [late, soon, fresh],
        CaseList.RETURNED: [],
        CaseList.NAMED: [],
    } == listed


def test_a_case_shows_the_first_name_and_the_days_left(connection: Connection) -> None:
    """No more of a citizen than the case needs."""
    late = file_appeal(connection, 1, "water-supply", "10", NOW - timedelta(days=30))
    case = read_dossier(connection, late, WATER, TODAY)

    assert ("Сынақ", None) == (case.author, case.answered_by)
    assert case.days_left is not None
    assert case.days_left < 0


def test_after_an_answer_the_next_overdue_is_at_hand(connection: Connection) -> None:
    """The answered case is out of every list and names who answered it."""
    first = file_appeal(connection, 1, "water-supply", "10", NOW - timedelta(days=41))
    second = file_appeal(connection, 2, "water-supply", "10", NOW - timedelta(days=40))
    assert first == first_overdue(connection, WATER, NOW)

    answer_appeal(connection, first, 1, WATER, "Жөндеу бүгін аяқталды.", NOW)

    assert second == first_overdue(connection, WATER, NOW)
    assert WATER == read_dossier(connection, first, WATER, TODAY).answered_by
    assert read_dossier(connection, first, WATER, TODAY).days_left is None


def test_others_see_nothing(connection: Connection) -> None:
    """A citizen and the official of another section are refused; operators have no sections."""
    appeal = file_appeal(connection, 1, "water-supply", "10", NOW)

    for stranger in (CITIZEN, UTILITIES):
        with pytest.raises(Refusal):
            read_dossier(connection, appeal, stranger, TODAY)
    for stranger in (CITIZEN, OPERATOR):
        with pytest.raises(Refusal):
            my_digest(connection, stranger, NOW)
        with pytest.raises(Refusal):
            list_cases(connection, stranger, CaseList.OPEN, TODAY, after=None, limit=9)
    found = list_cases(connection, UTILITIES, CaseList.OPEN, TODAY, after=None, limit=9)
    assert () == found.cases


def test_an_account_without_an_official_is_told_so(connection: Connection) -> None:
    """A role that names nobody leads to a clear sentence."""
    grant_role(connection, OPERATOR, "official", None, NOW)

    with pytest.raises(Refusal, match="not tied to an official"):
        official_of(connection, OPERATOR)
