"""Invitations: to a role for a place and a section, once, for a day, until they are revoked."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.people import invitations
from services.people.invitations import InvitationState, accept_invitation, invite
from services.people.model import Role
from services.people.rights import Grant, grants_of
from services.refusal import Refusal
from storage.database import Database
from storage.schema.audit import audit
from storage.schema.delivery import outbox
from tests.appeals_desk.conftest import AIDA, NOW
from tests.staff.conftest import CHIEF, NEWCOMER, REGIONAL, SECOND, STRANGER

GRANT = Grant(Role.OPERATOR, "19", "water")
TOKEN = "t" * 32


def made(connection: Connection, grant: Grant = GRANT, token: str = TOKEN) -> str:
    """Let the chief invite, and return the invitation's code."""
    invite(connection, CHIEF, grant, f"round-{token}"[:8], token, NOW)
    return invitations.code_of(token)


def state(connection: Connection, code: str, hours: int = 0) -> InvitationState:
    """Return what became of an invitation so many hours later."""
    later = NOW + timedelta(hours=hours)
    found = invitations.find_invitation(connection, CHIEF, code, later)
    assert found is not None
    return found.state


def test_the_role_comes_with_its_place_and_section(connection: Connection) -> None:
    """Whoever opens the link first has just what the link is for."""
    code = made(connection)
    person = accept_invitation(connection, NEWCOMER, TOKEN, NOW)
    assert {Role.OPERATOR} == person.roles
    assert (GRANT,) == grants_of(connection, NEWCOMER)
    assert InvitationState.USED == state(connection, code)


def test_a_second_link_adds_to_what_is_held(connection: Connection) -> None:
    """Somebody may hold one role for several places, and several roles."""
    grants = {GRANT, Grant(Role.OPERATOR, "61"), Grant(Role.EDITOR)}
    for number, grant in enumerate(grants):
        made(connection, grant, f"{number}" * 32)
        accept_invitation(connection, NEWCOMER, f"{number}" * 32, NOW)
    assert grants == set(grants_of(connection, NEWCOMER))


@pytest.mark.parametrize("actor", [AIDA, REGIONAL, STRANGER])
def test_only_administrators_of_everything_invite(connection: Connection, actor: int) -> None:
    """An administrator of a region cannot give what lies beyond it, so gives nothing."""
    with pytest.raises(Refusal):
        invite(connection, actor, GRANT, "round", TOKEN, NOW)


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.OPERATOR, "99"),
        Grant(Role.OPERATOR, "19'; DROP"),
        Grant(Role.OPERATOR, "", "no-such-section"),
        Grant(Role.ADMINISTRATOR, "19"),
        Grant(Role.AUDITOR, "", "water"),
        Grant(Role.OFFICIAL),
        Grant(Role.OFFICIAL, official="nobody"),
        Grant(Role.OFFICIAL, "19", official="ulgi"),
        Grant(Role.EDITOR, official="ulgi"),
    ],
)
def test_what_no_role_can_have_is_refused(connection: Connection, grant: Grant) -> None:
    """Forged buttons make no role for a place that does not exist, or for one it cannot have."""
    with pytest.raises(Refusal):
        made(connection, grant)


def test_a_day_later_the_link_is_dead(connection: Connection) -> None:
    """After 24 hours nobody joins by it; a moment before somebody does."""
    code = made(connection)
    with pytest.raises(Refusal, match="expired"):
        accept_invitation(connection, NEWCOMER, TOKEN, NOW + timedelta(hours=24, seconds=1))
    assert InvitationState.EXPIRED == state(connection, code, hours=25)
    accept_invitation(connection, NEWCOMER, TOKEN, NOW + timedelta(hours=24))


def test_a_revoked_link_is_dead(connection: Connection) -> None:
    """Revoking counts at once; a used one is not revoked but told so."""
    code = made(connection)
    invitations.revoke_invitation(connection, SECOND, code, NOW)
    with pytest.raises(Refusal, match="revoked"):
        accept_invitation(connection, NEWCOMER, TOKEN, NOW)
    assert InvitationState.REVOKED == state(connection, code)
    used = made(connection, token="u" * 32)
    accept_invitation(connection, NEWCOMER, "u" * 32, NOW)
    with pytest.raises(Refusal, match="used already"):
        invitations.revoke_invitation(connection, SECOND, used, NOW)


@pytest.mark.parametrize("token", ["", "invented", TOKEN[:-1], TOKEN + "t", "%_", "і" * 20])
def test_a_forged_link_leads_nowhere(connection: Connection, token: str) -> None:
    """What is not exactly the token gives nothing, and the invitation stays open."""
    code = made(connection)
    with pytest.raises(Refusal, match="not valid"):
        accept_invitation(connection, STRANGER, token, NOW)
    assert InvitationState.OPEN == state(connection, code)


async def test_one_person_alone_joins_by_a_link(town: Database) -> None:
    """The second is told that somebody has it; the first may open it again and gains nothing."""
    await town.write(made)
    await town.write(accept_invitation, NEWCOMER, TOKEN, NOW)
    with pytest.raises(Refusal, match="somebody else"):
        await town.write(accept_invitation, STRANGER, TOKEN, NOW)
    await town.write(accept_invitation, NEWCOMER, TOKEN, NOW + timedelta(days=3))
    assert () == await town.read(grants_of, STRANGER)
    assert (GRANT,) == await town.read(grants_of, NEWCOMER)


async def test_one_round_of_choosing_makes_one_link(town: Database) -> None:
    """A press that comes twice makes no second way into the staff."""
    first = await town.write(invite, CHIEF, GRANT, "round", TOKEN, NOW)
    second = await town.write(invite, CHIEF, GRANT, "round", "other", NOW)
    assert (True, False) == (first, second)
    page = await town.read(invitations.list_invitations, CHIEF, NOW)
    assert 1 == len(page.invitations)


def test_the_list_goes_on_where_a_page_ends(connection: Connection) -> None:
    """Every invitation stands on one page or the other, the newest first."""
    codes = [made(connection, token=f"{number}" * 32) for number in range(5)]
    first = invitations.list_invitations(connection, CHIEF, NOW, limit=3)
    last = first.invitations[-1].code
    second = invitations.list_invitations(connection, CHIEF, NOW, after=last, limit=3)
    assert (True, False) == (first.more, second.more)
    shown = [one.code for one in (*first.invitations, *second.invitations)]
    assert sorted(codes) == sorted(shown)


def test_the_token_is_kept_nowhere(connection: Connection) -> None:
    """No column of any row holds the link: who reads the database joins nothing."""
    made(connection)
    accept_invitation(connection, NEWCOMER, TOKEN, NOW)
    dumped = "".join(
        repr(tuple(row))
        for name in ("invitations", "audit", "outbox")
        for row in connection.exec_driver_sql(f"SELECT * FROM {name}")
    )
    assert TOKEN not in dumped


def test_it_is_told_and_written_down(connection: Connection) -> None:
    """All administrators hear who joined; the audit says who invited whom to what."""
    made(connection)
    accept_invitation(connection, NEWCOMER, TOKEN, NOW)
    told = connection.scalars(sa.select(outbox.c.person_id).where(outbox.c.kind == "staff_joined"))
    assert {CHIEF, SECOND, REGIONAL} == set(told)
    rows = connection.execute(sa.select(audit.c.who, audit.c.what, audit.c.details)).all()
    place = {"role": "operator", "area": "19", "section": "water", "official": None}
    assert (CHIEF, "staff.invite", place) in rows
    assert (NEWCOMER, "staff.join", place | {"invited_by": CHIEF}) in rows
