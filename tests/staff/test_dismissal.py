"""Leaving the staff: nothing opens any more, and what was open goes to somebody else."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from handlers.notices import renderers
from services.appeals.queue import begin
from services.appeals.rights import appeal_to_handle
from services.delivery.letters import claim_letters
from services.people import dismissal, invitations, sessions
from services.people.deeds import Deed
from services.people.duty import set_duty
from services.people.letters_of_work import LETTERS_OF_WORK
from services.people.model import Role
from services.people.rights import Grant, authorise, grants_of
from services.people.staff import appoint_known_administrators, find_member, list_staff
from services.refusal import Refusal
from storage.database import Database
from storage.errands import add_errand, find_by_key
from storage.outbox import tell
from storage.people import grant_role
from storage.schema.appeals import appeal_events, appeals
from storage.schema.audit import audit
from storage.schema.delivery import approvals, outbox
from storage.sessions import find_session
from tests.appeals_desk.conftest import AIDA, BERIK, NOW, file
from tests.staff.conftest import CHIEF, NEWCOMER, REGIONAL, SECOND, STRANGER

LATER = NOW + timedelta(hours=1)
OPERATOR = Grant(Role.OPERATOR)


def begun(connection: Connection, name: str, region: str = "19") -> int:
    """Let Aida work on an appeal, and return it."""
    appeal = file(connection, name, region=region)
    begin(connection, appeal, 1, AIDA, NOW)
    return appeal


def assignee(connection: Connection, appeal: int) -> int | None:
    """Return who works on an appeal."""
    return connection.scalar(sa.select(appeals.c.assignee).where(appeals.c.id == appeal))


def told(connection: Connection, kind: str) -> set[int]:
    """Return who is told this."""
    return set(connection.scalars(sa.select(outbox.c.person_id).where(outbox.c.kind == kind)))


def dismissed(connection: Connection) -> int:
    """Let Aida work on an appeal and dismiss her; return the appeal."""
    appeal = begun(connection, "one")
    left = dismissal.dismiss(connection, CHIEF, AIDA, LATER)
    assert ((OPERATOR,), 1, True) == (left.ended, left.appeals, left.gone)
    return appeal


async def test_access_ends_and_the_work_goes_on(town: Database) -> None:
    """At once no use case lets them in, and their appeal waits in the queue with a history."""
    appeal = await town.write(dismissed)
    assert () == await town.read(grants_of, AIDA)
    for deed in (Deed.READ_QUEUE, Deed.READ_APPEAL, Deed.ANSWER, Deed.LAUNCH_POLL):
        with pytest.raises(Refusal, match="staff only"):
            await town.read(authorise, AIDA, deed)
    assert None is await town.read(assignee, appeal)

    def last(connection: Connection) -> str | None:
        found = sa.select(appeal_events.c.kind).where(appeal_events.c.appeal_id == appeal)
        return connection.scalar(found.order_by(appeal_events.c.version.desc()))

    assert "handed_over" == await town.read(last)
    again = await town.write(dismissal.dismiss, CHIEF, AIDA, LATER)
    assert () == again.ended


def test_the_person_and_the_administrators_are_told(connection: Connection) -> None:
    """The others hear of it, who did it sees it; the colleagues hear of the appeals."""
    dismissed(connection)
    assert {AIDA} == told(connection, "staff_ended")
    assert {SECOND, REGIONAL} == told(connection, "staff_left")
    assert told(connection, "handed_over")
    found = connection.execute(sa.select(audit.c.who, audit.c.on, audit.c.what)).all()
    assert (CHIEF, f"person:{AIDA}", "staff.dismiss") in found


def test_what_they_had_in_hand_is_let_go(connection: Connection) -> None:
    """Errands go back, requests are withdrawn, duty and session end, their links are dead."""
    grant_role(connection, AIDA, "administrator", None, NOW)
    set_duty(connection, AIDA, NOW, on=True)
    sessions.keep_pin(connection, AIDA, 1, "digest", NOW)
    invitations.invite(connection, AIDA, OPERATOR, "round", "token", NOW)
    errand = {
        "key": "one",
        "kind": "delegated",
        "by": BERIK,
        "official": "ulgi",
        "person_id": AIDA,
        "text": "Тексеріңіз.",
        "due_on": date(2026, 3, 20),
        "created_at": NOW,
    }
    add_errand(connection, errand)
    request = {
        "subject": "news:1",
        "version": 1,
        "fingerprint": "0" * 64,
        "content": {},
        "people": 5,
        "status": "pending",
        "asked_by": AIDA,
        "asked_at": NOW,
    }
    connection.execute(sa.insert(approvals).values(**request))
    left = dismissal.dismiss(connection, CHIEF, AIDA, LATER)
    assert 1 == left.errands
    given = find_by_key(connection, "one")
    assert given is not None
    assert LATER == given["called_off_at"]
    assert {BERIK} == told(connection, "errand_returned")
    assert "withdrawn" == connection.scalar(sa.select(approvals.c.status))
    assert 0 == connection.scalar(sa.text("SELECT count(*) FROM duties"))
    assert None is find_session(connection, AIDA)
    with pytest.raises(Refusal, match="revoked"):
        invitations.accept_invitation(connection, NEWCOMER, "token", LATER)


def test_letters_of_work_that_wait_are_taken_back(connection: Connection) -> None:
    """What the night holds back for them is not sent in the morning; a citizen's letters are."""
    for kind in ("reminder", "receipt"):
        tell(connection, AIDA, kind, f"{kind}:1", {}, NOW, not_before=LATER)
    dismissal.dismiss(connection, CHIEF, AIDA, NOW)
    assert (set(), {AIDA}) == (told(connection, "reminder"), told(connection, "receipt"))


def test_no_letter_of_work_comes_later(connection: Connection) -> None:
    """A mailing of theirs may end after they left: its report goes to nobody."""
    dismissal.dismiss(connection, CHIEF, AIDA, NOW)
    connection.execute(sa.delete(outbox))
    for person in (AIDA, BERIK):
        tell(connection, person, "mailing_report", f"report:{person}", {}, LATER)
    sent = claim_letters(connection, LATER, 99)
    assert [BERIK] == [letter.person_id for letter in sent]
    assert {BERIK} == told(connection, "mailing_report")


def test_kinds_of_work_are_kinds() -> None:
    """Every kind that is taken back is one that the bot sends."""
    assert set(renderers()) >= LETTERS_OF_WORK


def test_one_of_several_roles_ends(connection: Connection) -> None:
    """Who still looks after a region keeps what lies there; the rest goes back to the queue."""
    grant_role(connection, AIDA, "operator", None, NOW, area="19")
    near, far = begun(connection, "near"), begun(connection, "far", region="61")
    sessions.keep_pin(connection, AIDA, 1, "digest", NOW)
    left = dismissal.end_role(connection, CHIEF, AIDA, OPERATOR, LATER)
    assert (1, False) == (left.appeals, left.gone)
    assert (AIDA, None) == (assignee(connection, near), assignee(connection, far))
    assert (Grant(Role.OPERATOR, "19"),) == grants_of(connection, AIDA)
    assert find_session(connection, AIDA) is not None
    assert appeal_to_handle(connection, Deed.ANSWER, near, AIDA, LATER) is not None
    with pytest.raises(Refusal, match="does not reach"):
        appeal_to_handle(connection, Deed.ANSWER, far, AIDA, LATER)


def test_a_role_that_ended_can_be_given_again(connection: Connection) -> None:
    """Somebody may come back; the second end is told and written down like the first."""
    dismissal.dismiss(connection, CHIEF, AIDA, NOW)
    grant_role(connection, AIDA, "operator", None, LATER)
    assert (OPERATOR,) == grants_of(connection, AIDA)
    left = dismissal.dismiss(connection, CHIEF, AIDA, LATER + timedelta(hours=1))
    assert (OPERATOR,) == left.ended
    letters = sa.select(sa.func.count()).where(outbox.c.kind == "staff_ended")
    assert 2 == connection.scalar(letters)


async def test_the_last_administrator_stays(town: Database) -> None:
    """One of two may go, even by their own hand; then the other cannot, nor on the server."""
    await town.write(dismissal.dismiss, SECOND, SECOND, NOW)
    refused = "last administrator"
    with pytest.raises(Refusal, match=refused):
        await town.write(dismissal.dismiss, CHIEF, CHIEF, NOW)
    with pytest.raises(Refusal, match=refused):
        await town.write(dismissal.end_role, CHIEF, CHIEF, Grant(Role.ADMINISTRATOR), NOW)
    with pytest.raises(Refusal, match=refused):
        await town.write(dismissal.dismiss_by_shell, CHIEF, NOW)
    left = await town.write(dismissal.dismiss, CHIEF, REGIONAL, NOW)
    assert (Grant(Role.ADMINISTRATOR, "19"),) == left.ended


@pytest.mark.parametrize("actor", [BERIK, REGIONAL, STRANGER])
def test_only_administrators_of_everything_dismiss(connection: Connection, actor: int) -> None:
    """An operator, an administrator of a region or a citizen ends nobody's role."""
    with pytest.raises(Refusal):
        dismissal.dismiss(connection, actor, AIDA, NOW)
    with pytest.raises(Refusal):
        list_staff(connection, actor)
    assert (OPERATOR,) == grants_of(connection, AIDA)


def test_the_settings_appoint_nobody_twice(connection: Connection) -> None:
    """Who was dismissed as an administrator stays so when the bot is started again."""
    settings = frozenset({NEWCOMER, SECOND})
    appoint_known_administrators(connection, settings, NOW)
    assert (Grant(Role.ADMINISTRATOR),) == grants_of(connection, NEWCOMER)
    dismissal.dismiss(connection, CHIEF, SECOND, NOW)
    appoint_known_administrators(connection, settings, LATER)
    assert () == grants_of(connection, SECOND)


def test_the_card_shows_what_is_held_and_since_when(connection: Connection) -> None:
    """Every grant stands on the card; who is none of the staff has none."""
    grant_role(connection, AIDA, "editor", None, LATER, section="water")
    member = find_member(connection, CHIEF, AIDA)
    assert member is not None
    assert {(Grant(Role.EDITOR, "", "water"), LATER)} < {
        (held.grant, held.since) for held in member.held
    }
    assert None is find_member(connection, CHIEF, STRANGER)
    listed = {person: roles for person, _name, roles in list_staff(connection, CHIEF).people}
    assert (Role.OPERATOR, Role.EDITOR) == listed[AIDA]
