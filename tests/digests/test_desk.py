"""What an official may look into: lists by key, one case, nothing of others."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.dossier import read_dossier
from services.appeals.evidence import read_evidence
from services.appeals.files import files_to_read
from services.people.deeds import Deed
from services.people.person import join
from services.refusal import Refusal
from services.roadmap.desk import (
    CaseList,
    first_overdue,
    list_cases,
    my_digest,
    official_of,
)
from storage.people import grant_role
from storage.schema.appeals import appeals
from storage.schema.organisation import section_assignments
from tests.digests.conftest import (
    CITIZEN,
    OPERATOR,
    UTILITIES,
    WATER,
    file_appeal,
    give_indicator,
)

NOW = datetime(2026, 3, 12, 5, tzinfo=UTC)
TODAY = date(2026, 3, 12)
REGION, DISTRICT, ALL, COUNCIL = 401, 402, 403, 404


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


def listed(connection: Connection, actor: int, kind: CaseList) -> list[int]:
    """Return the ids of a list."""
    page = list_cases(connection, actor, kind, TODAY, after=None, limit=50)
    return [case.id for case in page.cases]


def test_heads_of_offices_look_into_their_territory(connection: Connection) -> None:
    """The head of a region sees all sections of it, of a district only that, the secretary all."""
    places = ("61", "615200", "615500", "10")
    filed = [
        file_appeal(connection, number, topic, place, NOW - timedelta(days=number))
        for number, (topic, place) in enumerate(
            (topic, place) for topic in ("heating", "water-supply") for place in places
        )
    ]
    for person, official in ((REGION, "synamaev"), (DISTRICT, "ulgilenova"), (ALL, "elestetov")):
        join(connection, person, "Басшы", NOW - timedelta(days=9))
        grant_role(connection, person, "official", official, NOW - timedelta(days=9))
    region = [filed[number] for number in (6, 5, 4, 2, 1, 0)]
    district = [filed[number] for number in (5, 1)]

    for person, own in ((REGION, region), (DISTRICT, district), (ALL, filed[::-1])):
        facts = my_digest(connection, person, NOW)
        assert sorted(own) == sorted(listed(connection, person, CaseList.OPEN))
        assert len(own) == facts.open
        assert facts.fresh == len(listed(connection, person, CaseList.NEW))
        assert facts.named == len(listed(connection, person, CaseList.NAMED))


def test_who_has_a_case_in_scope_reads_it_without_its_citizen(connection: Connection) -> None:
    """They see what it is about; the name, the phone and the files are for those who handle it."""
    join(connection, ALL, "Хатшы", NOW)
    grant_role(connection, ALL, "official", "elestetov", NOW)
    appeal = file_appeal(connection, 1, "water-supply", "10", NOW)

    case = read_dossier(connection, appeal, ALL, TODAY)

    assert (True, "", None, ()) == (case.by_scope, case.author, case.phone, case.card.attachments)
    assert not read_dossier(connection, appeal, WATER, TODAY).by_scope
    for forbidden in (
        lambda: answer_appeal(connection, appeal, 1, ALL, "Жөндеу бүгін аяқталды.", NOW),
        lambda: files_to_read(connection, appeal, ALL, TODAY),
        lambda: read_evidence(connection, appeal, ALL, NOW),
    ):
        with pytest.raises(Refusal, match="Somebody else"):
            forbidden()


def test_the_head_of_its_own_office_answers(connection: Connection) -> None:
    """An appeal in the hands of a district's office is not answered by the head of the region."""
    for person, official in ((REGION, "synamaev"), (DISTRICT, "ulgilenova")):
        join(connection, person, "Басшы", NOW)
        grant_role(connection, person, "official", official, NOW)
    appeal = file_appeal(connection, 1, "water-supply", "615200", NOW)
    change = sa.update(appeals).where(appeals.c.id == appeal)
    connection.execute(change.values(office="district-615200", official="mysalbaev"))

    assert read_dossier(connection, appeal, REGION, TODAY).by_scope
    with pytest.raises(Refusal, match="Somebody else"):
        answer_appeal(connection, appeal, 1, REGION, "Жөндеу бүгін аяқталды.", NOW)
    answer_appeal(connection, appeal, 1, DISTRICT, "Жөндеу бүгін аяқталды.", NOW)

    assert DISTRICT == read_dossier(connection, appeal, DISTRICT, TODAY).answered_by


def test_a_member_of_a_council_looks_into_the_place_of_an_indicator(
    connection: Connection,
) -> None:
    """Its section in its district while it is assigned; what is theirs by name stands apart."""
    join(connection, COUNCIL, "Кеңес мүшесі", NOW)
    grant_role(connection, COUNCIL, "official", "ulgibaev", NOW)
    inside = file_appeal(connection, 1, "water-supply", "615200", NOW)
    outside = [
        file_appeal(connection, number, topic, place, NOW)
        for number, (topic, place) in enumerate(
            (("heating", "615200"), ("water-supply", "61"), ("water-supply", "615500")), start=2
        )
    ]
    connection.execute(
        sa.delete(section_assignments).where(section_assignments.c.official == "ulgibaev")
    )
    give_indicator(connection, "wells", "water", "61", "615200", "ulgibaev")
    by_name = sa.update(appeals).where(appeals.c.id == outside[1])
    connection.execute(by_name.values(official="ulgibaev"))

    facts = my_digest(connection, COUNCIL, NOW)

    assert [inside] == listed(connection, COUNCIL, CaseList.OPEN)
    assert [outside[1]] == listed(connection, COUNCIL, CaseList.NAMED)
    assert (1, 1) == (facts.open, facts.named)
    assert read_dossier(connection, inside, COUNCIL, TODAY).by_scope
    assert not read_dossier(connection, outside[1], COUNCIL, TODAY).by_scope
    with pytest.raises(Refusal):
        read_dossier(connection, outside[2], COUNCIL, TODAY)


def test_an_account_without_an_official_is_told_so(connection: Connection) -> None:
    """A role that names nobody leads to a clear sentence."""
    grant_role(connection, OPERATOR, "official", None, NOW)

    with pytest.raises(Refusal, match="not tied to an official"):
        official_of(connection, Deed.READ_DIGEST, OPERATOR)
