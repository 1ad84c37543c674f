"""A sealed name is nobody's to see, until somebody says why and somebody else lets it out."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.dossier import read_dossier
from services.appeals.evidence import read_evidence
from services.appeals.history import read_history
from services.appeals.model import AppealEvent
from services.appeals.opening import SealedName, ask_opening, open_name, require_sealed
from services.appeals.search import find_appeals, parse_query
from services.clock import local_date
from services.delivery.approval import Approval, ApprovalStatus, take_back_request
from services.delivery.letting_out import approve, decline
from services.delivery.requests import find_request, pending_requests
from services.refusal import Refusal
from storage.schema.appeals import appeal_openings, appeals
from storage.schema.delivery import outbox
from storage.schema.people import people, roles
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN, OFFICIAL
from tests.appeals_desk.conftest import AIDA, BERIK, NOW, file
from tests.appeals_desk.conftest import connection as desk  # noqa: F401
from tests.second_person.staff import AUDITOR, ELSEWHERE, SECOND, hire, told, written_down

NAME, PHONE = "Зейнеп Құпиябаева", "+77011234567"
REASON = "Тұрғынның мекенжайын бригадаға нақтылау керек."
TODAY = local_date(NOW)


@pytest.fixture
def connection(desk: Connection) -> Connection:  # noqa: F811
    """Open the desk's database with more staff."""
    hire(desk, NOW)
    return desk


@pytest.fixture
def sealed(connection: Connection) -> int:
    """Return a confidential appeal of somebody with a name and a phone."""
    connection.execute(sa.update(people).where(people.c.id == CITIZEN).values(name=NAME))
    return file(connection, "sealed", confidential=True, contact_phone=PHONE)


def ask(connection: Connection, appeal: int, message: int = 7, reason: str = REASON) -> Approval:
    """Ask as the administrator."""
    return ask_opening(connection, appeal, ADMINISTRATOR, message, reason, NOW)


def let(connection: Connection, appeal: int, by: int = AUDITOR, message: int = 7) -> int:
    """Ask, let it out, and return the number of the request."""
    asked = ask(connection, appeal, message)
    approve(connection, asked.id, asked.seen, by, NOW)
    return asked.id


def test_sealed_from_everyone(connection: Connection, sealed: int) -> None:
    """Neither card, history nor document hold the name or the phone, whoever reads."""
    read = [
        (
            read_dossier(connection, sealed, reader, TODAY),
            read_history(connection, sealed, reader, TODAY),
            read_evidence(connection, sealed, reader, NOW),
        )
        for reader in (AIDA, OFFICIAL, ADMINISTRATOR)
    ]
    assert "Зейнеп" not in str(read)
    assert "Құпиябаева" not in str(read)
    assert PHONE not in str(read)


def test_not_found_by_phone(connection: Connection, sealed: int) -> None:
    """A search by the phone does not find a confidential appeal."""
    assert [] == list(find_appeals(connection, parse_query(PHONE)))
    assert sealed


def test_nothing_of_it_in_messages(connection: Connection, sealed: int) -> None:
    """No message and no request holds the name, the phone or the citizen's words."""
    approval = let(connection, sealed)
    open_name(connection, approval, ADMINISTRATOR, NOW)
    request = find_request(connection, approval, AUDITOR)
    everything = str(connection.execute(sa.select(outbox.c.payload)).all()) + str(request)
    for secret in ("Зейнеп", PHONE, "Су жоқ"):
        assert secret not in everything


@pytest.mark.parametrize("eyes", [SECOND, AUDITOR])
def test_opened(connection: Connection, sealed: int, eyes: int) -> None:
    """Let out by somebody else, the name is seen; history, citizen and audit know of it."""
    approval = let(connection, sealed, eyes)

    assert [] == told(connection, "name_opened")
    opened = open_name(connection, approval, ADMINISTRATOR, NOW)
    assert SealedName(sealed, NAME, PHONE) == opened
    moment = read_history(connection, sealed, AIDA, TODAY)[-1]
    assert (AppealEvent.NAME_OPENED, REASON) == (moment.event, moment.said[0].text)
    [(person, payload)] = told(connection, "name_opened")
    assert (CITIZEN, REASON) == (person, payload["reason"])
    case = f"appeal:{sealed}"
    assert [
        (ADMINISTRATOR, "approval.ask_name", case),
        (eyes, "approval.let_name", f"opening:{sealed}:{ADMINISTRATOR}"),
        (ADMINISTRATOR, "appeal.open_name", case),
    ] == written_down(connection)[-3:]


def test_the_others_are_asked(connection: Connection, sealed: int) -> None:
    """The other administrator and the auditor read which appeal and why; who asks hears more."""
    asked = ask(connection, sealed)
    assert asked == ask(connection, sealed)

    eyes = told(connection, "approval_asked")
    assert [SECOND, AUDITOR] == [person for person, _ in eyes]
    assert {REASON} == {payload["reason"] for _, payload in eyes}
    for reader in (SECOND, AUDITOR):
        found, _more = pending_requests(connection, reader, 0, 8)
        assert [asked.id] == [request.approval.id for request in found]
    approve(connection, asked.id, asked.seen, SECOND, NOW)
    [(person, payload)] = told(connection, "approval_decided")
    assert (ADMINISTRATOR, True) == (person, payload["approved"])


def test_not_by_oneself_nor_by_others(connection: Connection, sealed: int) -> None:
    """Nobody lets out their own request, and nobody but administrators everywhere and auditors."""
    asked = ask(connection, sealed)
    for by in (ADMINISTRATOR, ELSEWHERE, AIDA, OFFICIAL, CITIZEN):
        with pytest.raises(Refusal):
            approve(connection, asked.id, asked.seen, by, NOW)
    with pytest.raises(Refusal):
        open_name(connection, asked.id, ADMINISTRATOR, NOW)


def test_requests_are_not_for_all(connection: Connection, sealed: int) -> None:
    """An operator's list of requests holds no sealed names, and a forged button opens none."""
    asked = ask(connection, sealed)
    for reader in (ELSEWHERE, AIDA, OFFICIAL):
        with pytest.raises(Refusal):
            find_request(connection, asked.id, reader)
    assert ((), False) == pending_requests(connection, AIDA, 0, 8)


def test_declined(connection: Connection, sealed: int) -> None:
    """Declined with words, the asker reads why and opens nothing."""
    asked = ask(connection, sealed)
    declined = decline(connection, asked.id, asked.seen, AUDITOR, "Себебі жеткіліксіз", NOW)

    assert ApprovalStatus.DECLINED is declined.status
    [(_person, payload)] = told(connection, "approval_decided")
    assert "Себебі жеткіліксіз" == payload["reason"]
    with pytest.raises(Refusal):
        open_name(connection, asked.id, ADMINISTRATOR, NOW)


def test_taken_back(connection: Connection, sealed: int) -> None:
    """Who asked takes the request back, and nobody lets it out then."""
    asked = ask(connection, sealed)
    take_back_request(connection, asked.id, ADMINISTRATOR, NOW)
    found = approve(connection, asked.id, asked.seen, SECOND, NOW)
    assert ApprovalStatus.WITHDRAWN is found.status
    with pytest.raises(Refusal):
        open_name(connection, asked.id, ADMINISTRATOR, NOW)


def test_newer_words(connection: Connection, sealed: int) -> None:
    """Asked anew in other words, the former request is void."""
    former = ask(connection, sealed)
    newer = ask(connection, sealed, 9, "Мекенжайы жөндеуге керек.")
    assert ApprovalStatus.WITHDRAWN is find_request(connection, former.id, SECOND).approval.status
    assert ApprovalStatus.PENDING is find_request(connection, newer.id, SECOND).approval.status


def test_once(connection: Connection, sealed: int) -> None:
    """The same press shows the same; a minute later nothing more, and nobody is told again."""
    approval = let(connection, sealed)
    for seconds in (0, 59):
        open_name(connection, approval, ADMINISTRATOR, NOW + timedelta(seconds=seconds))
    with pytest.raises(Refusal):
        open_name(connection, approval, ADMINISTRATOR, NOW + timedelta(seconds=61))

    openings = sa.select(sa.func.count()).select_from(appeal_openings)
    assert 1 == connection.scalar(openings)
    assert 1 == len(told(connection, "name_opened"))


def test_within_a_day(connection: Connection, sealed: int) -> None:
    """After 24 hours it has to be asked for anew."""
    approval = let(connection, sealed)
    with pytest.raises(Refusal):
        open_name(connection, approval, ADMINISTRATOR, NOW + timedelta(hours=24, seconds=1))
    assert [] == told(connection, "name_opened")
    again = let(connection, sealed, message=8)
    open_name(connection, again, ADMINISTRATOR, NOW + timedelta(hours=24))


def test_only_who_asked(connection: Connection, sealed: int) -> None:
    """Neither who let it out nor anybody else takes the name."""
    approval = let(connection, sealed, SECOND)
    for other in (SECOND, AUDITOR, AIDA):
        with pytest.raises(Refusal):
            open_name(connection, approval, other, NOW)


def test_who_left(connection: Connection, sealed: int) -> None:
    """Whoever is no administrator any more opens nothing that was let out before."""
    approval = let(connection, sealed)
    held = sa.update(roles).where(roles.c.person_id == ADMINISTRATOR)
    connection.execute(held.values(until=NOW))
    with pytest.raises(Refusal):
        open_name(connection, approval, ADMINISTRATOR, NOW)


def test_sealed_again(connection: Connection, sealed: int) -> None:
    """The card stays sealed after an opening."""
    open_name(connection, let(connection, sealed), ADMINISTRATOR, NOW)
    dossier = read_dossier(connection, sealed, ADMINISTRATOR, TODAY)
    assert ("", None) == (dossier.author, dossier.phone)


def test_administrators_only(connection: Connection, sealed: int) -> None:
    """Nobody but an administrator asks for a name, forged buttons or not."""
    for actor in (AIDA, BERIK, OFFICIAL, AUDITOR, CITIZEN):
        with pytest.raises(Refusal):
            require_sealed(connection, sealed, actor)
        with pytest.raises(Refusal):
            ask_opening(connection, sealed, actor, 7, REASON, NOW)
    assert [] == told(connection, "approval_asked")


def test_within_the_area(connection: Connection, sealed: int) -> None:
    """An administrator of one region asks for names of that region only."""
    with pytest.raises(Refusal):
        ask_opening(connection, sealed, ELSEWHERE, 7, REASON, NOW)
    there = sa.update(appeals).where(appeals.c.id == sealed).values(region="63", district=None)
    connection.execute(there)
    assert ask_opening(connection, sealed, ELSEWHERE, 7, REASON, NOW).id


def test_reason(connection: Connection, sealed: int) -> None:
    """A reason is said in words."""
    for reason in ("", "...", "12", "я" * 1001):
        with pytest.raises(Refusal):
            ask(connection, sealed, reason=reason)


def test_nothing_sealed(connection: Connection) -> None:
    """Where the name is not sealed there is nothing to open."""
    with pytest.raises(Refusal):
        ask(connection, file(connection, "open"))


def test_nobody_else(connection: Connection, sealed: int) -> None:
    """With nobody else there it is said so, and nothing is kept."""
    others: Any = roles.c.person_id.in_([SECOND, AUDITOR])
    connection.execute(sa.update(roles).where(others).values(until=NOW))
    with pytest.raises(Refusal, match="second person"):
        ask(connection, sealed)
    assert [] == told(connection, "approval_asked")
