"""Who is given a certificate, what becomes of it, and what others learn of it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.organisation.directory import load_organisation
from services.people.retention import Kind
from services.programmes.attendance import mark, mark_rest
from services.programmes.certificate import Certificate, Reason, certificate_from
from services.programmes.certificate_changing import (
    correct_name,
    read_certificate,
    revoke_certificate,
)
from services.programmes.certificate_check import (
    Verdict,
    check_certificate,
    own_certificate,
    own_certificates,
)
from services.programmes.certificates import came_enough, issue_certificates, read_book
from services.refusal import Refusal
from services.rights.erasing import Wish, before_forgetting, forget_person
from services.rights.retaining import is_due, take
from storage.schema.delivery import outbox
from tests.programmes_school.conftest import (
    CITIZEN,
    EDITOR,
    ELSEWHERE,
    NOW,
    School,
)
from tests.programmes_school.school import FIRST_SESSION, WEEK, found_school, hold_sessions

BOT = "unqosu_bot"


def attend(connection: Connection, school: School, missed: dict[int, Iterable[int]]) -> None:
    """Mark all sessions: everybody came, but for the sessions that these people missed."""
    for person, numbers in missed.items():
        for number in numbers:
            signup = school.signups[person]
            mark(connection, EDITOR, school.id, number, signup, NOW, present=False)
    for number in range(1, 5):
        mark_rest(connection, EDITOR, school.id, number, NOW)


def issue(connection: Connection, school: School) -> int:
    """Issue certificates."""
    return issue_certificates(connection, EDITOR, school.id, BOT, NOW)


def told(connection: Connection) -> list[tuple[str, int, dict[str, Any]]]:
    """Return kind, person and payload of what people are told."""
    found = connection.execute(sa.select(outbox).order_by(outbox.c.id)).mappings()
    return [(row["kind"], row["person_id"], row["payload"]) for row in found]


def only(connection: Connection, person: int) -> Certificate:
    """Return somebody's one good certificate."""
    (found,) = own_certificates(connection, person)
    return found


@pytest.mark.parametrize(
    ("attended", "sessions", "share", "enough"),
    [
        (3, 4, 75, True),
        (2, 4, 75, False),
        (0, 0, 0, False),
        (0, 4, 0, True),
        (2, 3, 66, True),
        (2, 3, 67, False),
        (4, 4, 100, True),
        (3, 4, 100, False),
    ],
)
def test_often_enough(attended: int, sessions: int, share: int, *, enough: bool) -> None:
    """The share is compared exactly, without rounding."""
    assert enough is came_enough(attended, sessions, share)


def test_one_press_issues_all(connection: Connection, school: School) -> None:
    """Who came to the share of sessions gets one, once, and is told with the paper's words."""
    attend(connection, school, {602: [1], 603: [1, 2], 604: [1, 2, 3, 4]})
    assert 3 == read_book(connection, EDITOR, school.id, 0, NOW).due
    assert 3 == issue(connection, school)
    assert 0 == issue(connection, school)
    assert [("certificate", person) for person in (601, 602, 605)] == [
        (kind, person) for kind, person, _payload in told(connection)
    ]
    payload = told(connection)[1][2]
    assert (BOT, "Марат Үлгілі", 3) == (payload["bot"], payload["name"], payload["attended"])
    assert only(connection, 602) == certificate_from(payload)
    head = load_organisation(connection).officials["synamaev"]
    assert (head.position("kk"), head.name("kk")) == only(connection, 602).signer("kk")
    assert [] == own_certificates(connection, 603)


def test_who_has_and_who_lacks(connection: Connection, school: School) -> None:
    """The list tells of everybody whether they have one, may have one, or came too seldom."""
    attend(connection, school, {603: [1, 2]})
    issue(connection, school)
    attend(connection, school, {})
    book = read_book(connection, EDITOR, school.id, 0, NOW)
    assert (4, 0, None) == (book.issued, book.due, book.waits_for)
    assert [True, True, False, True, True] == [each.holds for each in book.entries]
    assert [True, True, False, True, True] == [each.enough for each in book.entries]
    assert [4, 4, 2, 4, 4] == [each.attended for each in book.entries]


def test_when_none_is_issued(connection: Connection, school: School) -> None:
    """Not before the last session, not while one is unmarked, not where none is given."""
    early = FIRST_SESSION + 3 * WEEK - timedelta(hours=1)
    with pytest.raises(Refusal, match="once the last session"):
        issue_certificates(connection, EDITOR, school.id, BOT, early)
    for number in (1, 2, 4):
        mark_rest(connection, EDITOR, school.id, number, NOW)
    with pytest.raises(Refusal, match="Nobody is marked") as refused:
        issue(connection, school)
    assert {"number": 3} == refused.value.parameters
    waits = read_book(connection, EDITOR, school.id, 0, NOW).waits_for
    assert waits is not None
    assert waits.message.startswith("Nobody is marked")
    project = found_school(connection, draft_id="project", certificate=False)
    with pytest.raises(Refusal, match="gives no certificates"):
        issue_certificates(connection, EDITOR, project, BOT, NOW)
    bare = found_school(connection, draft_id="bare")
    with pytest.raises(Refusal, match="no sessions"):
        issue_certificates(connection, EDITOR, bare, BOT, NOW)
    hold_sessions(connection, bare)
    assert [] == told(connection)


def test_anybody_checks(connection: Connection, school: School) -> None:
    """A number is genuine, revoked, unknown or mistyped, and nobody learns more than initials."""
    attend(connection, school, {})
    issue(connection, school)
    found = only(connection, 601)
    checked = check_certificate(connection, f"№ {found.number.replace('-', ' ')}")
    assert Verdict.GENUINE is checked.verdict
    assert checked.certificate is not None
    assert "А. С." == checked.certificate.initials
    mistyped = found.number[:-1] + str((int(found.number[-1]) + 1) % 10)
    for text in (mistyped, "26-4071-8835", "сертификат", ""):
        assert Verdict.MISTYPED is check_certificate(connection, text).verdict
    assert Verdict.UNKNOWN is check_certificate(connection, "26-4071-8835-45").verdict
    revoke_certificate(connection, EDITOR, found.number, Reason.MISTAKE, NOW)
    assert Verdict.REVOKED is check_certificate(connection, found.number).verdict


def test_revoking(connection: Connection, school: School) -> None:
    """It is good no more, its holder is told why, and issuing to all does not give it again."""
    attend(connection, school, {})
    issue(connection, school)
    number = only(connection, 601).number
    for _ in range(2):
        revoke_certificate(connection, EDITOR, number, Reason.ATTENDANCE, NOW)
    kind, person, payload = told(connection)[-1]
    assert ("certificate_revoked", 601, "attendance") == (kind, person, payload["reason"])
    assert 6 == len(told(connection))
    assert [] == own_certificates(connection, 601)
    with pytest.raises(Refusal):
        own_certificate(connection, 601, number)
    assert 0 == issue(connection, school)
    with pytest.raises(Refusal, match="revoked before"):
        revoke_certificate(connection, EDITOR, number, Reason.MISTAKE, NOW)
    with pytest.raises(Refusal):
        revoke_certificate(connection, EDITOR, number, Reason.REPLACED, NOW)


def test_a_corrected_name(connection: Connection, school: School) -> None:
    """Another one with a number of its own goes out; the one before names why it is no good."""
    attend(connection, school, {})
    issue(connection, school)
    old = only(connection, 601)
    new = correct_name(connection, EDITOR, old.number, "  Айгүл   Сынамалықызы ", BOT, NOW)
    again = correct_name(connection, EDITOR, old.number, "Басқа Есім", BOT, NOW)
    assert new == again == only(connection, 601)
    assert ("Айгүл Сынамалықызы", 2) == (new.name, new.serial)
    assert Reason.REPLACED is read_certificate(connection, EDITOR, old.number, NOW).reason
    assert Verdict.REVOKED is check_certificate(connection, old.number).verdict
    assert ["certificate"] * 6 == [kind for kind, _person, _payload in told(connection)]
    for name in ("", "12345", "я" * 121):
        with pytest.raises(Refusal):
            correct_name(connection, EDITOR, new.number, name, BOT, NOW)


def test_another_after_all(connection: Connection, school: School) -> None:
    """Who had theirs revoked gets another one only when they came often enough after all."""
    attend(connection, school, {})
    issue(connection, school)
    number = only(connection, 601).number
    signup = school.signups[601]
    for session in (1, 2):
        mark(connection, EDITOR, school.id, session, signup, NOW, present=False)
    revoke_certificate(connection, EDITOR, number, Reason.ATTENDANCE, NOW)
    with pytest.raises(Refusal, match="did not come often enough"):
        correct_name(connection, EDITOR, number, "Айгүл Сынамалы", BOT, NOW)
    mark(connection, EDITOR, school.id, 1, signup, NOW, present=True)
    new = correct_name(connection, EDITOR, number, "Айгүл Сынамалы", BOT, NOW)
    assert (3, 4, 2) == (new.attended, new.sessions, new.serial)


def test_within_reach(connection: Connection, school: School) -> None:
    """Editors of other regions and citizens issue, read, revoke and correct nothing."""
    attend(connection, school, {})
    issue(connection, school)
    number = only(connection, 601).number
    for actor in (ELSEWHERE, CITIZEN):
        for attempt in (
            lambda who: issue_certificates(connection, who, school.id, BOT, NOW),
            lambda who: read_book(connection, who, school.id, 0, NOW),
            lambda who: read_certificate(connection, who, number, NOW),
            lambda who: revoke_certificate(connection, who, number, Reason.MISTAKE, NOW),
            lambda who: correct_name(connection, who, number, "Айгүл", BOT, NOW),
        ):
            with pytest.raises(Refusal):
                attempt(actor)
    with pytest.raises(Refusal):
        own_certificate(connection, CITIZEN, number)


def test_not_at_night(connection: Connection, school: School) -> None:
    """What is issued in the evening is sent in the morning."""
    attend(connection, school, {})
    night = NOW.replace(hour=18)  # 23:00 in Asia/Almaty
    issue_certificates(connection, EDITOR, school.id, BOT, night)
    moments = connection.execute(sa.select(outbox.c.not_before).distinct()).scalars().all()
    assert [NOW.replace(day=4, hour=4)] == moments


def test_who_is_forgotten(connection: Connection, school: School) -> None:
    """The number stays genuine, without initials; marks and the name are gone."""
    attend(connection, school, {})
    issue(connection, school)
    number = only(connection, 601).number
    assert before_forgetting(connection, 601, NOW).certified
    assert forget_person(connection, 601, Wish(), NOW)
    checked = check_certificate(connection, number)
    assert (Verdict.GENUINE, "") == (
        checked.verdict,
        checked.certificate and checked.certificate.initials,
    )
    assert [] == own_certificates(connection, 601)
    assert 4 == len(read_book(connection, EDITOR, school.id, 0, NOW).entries)
    with pytest.raises(Refusal, match="no longer kept"):
        correct_name(connection, EDITOR, number, "Айгүл Сынамалы", BOT, NOW)


def test_after_five_years(connection: Connection, school: School) -> None:
    """The name on a certificate is erased in time, and not a day earlier."""
    attend(connection, school, {})
    issue(connection, school)
    number = only(connection, 601).number
    early, late = NOW.replace(year=2031, day=3), NOW.replace(year=2031, day=4)
    assert not is_due(connection, Kind.CERTIFICATES, early)
    assert is_due(connection, Kind.CERTIFICATES, late)
    assert 5 == take(connection, Kind.CERTIFICATES, (), late)
    assert 0 == take(connection, Kind.CERTIFICATES, (), late)
    found = check_certificate(connection, number)
    assert Verdict.GENUINE is found.verdict
    assert found.certificate is not None
    assert found.certificate.name is None
