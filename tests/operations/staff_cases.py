"""Commands about the staff themselves, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.digests import errands
from services.people import dismissal, invitations, sessions, staff
from services.people.model import Role
from services.people.rights import Grant
from storage.errands import add_errand
from storage.sessions import find_session
from tests.operations.seeded import (
    ADMINISTRATOR,
    CITIZEN,
    EARLIER,
    OFFICIAL,
    OFFICIALS_CODE,
    OPERATOR,
    TOKEN,
    Seeded,
)

_GRANT = Grant(Role.OPERATOR)
_HOURS = 12
_DIGEST = "a digest"


def _invited(connection: Connection, now: datetime) -> str:
    """Return the code of an invitation that the administrator made."""
    invitations.invite(connection, ADMINISTRATOR, _GRANT, "round", "token", now)
    return invitations.code_of("token")


def _with_pin(connection: Connection) -> None:
    """Let sessions end, and give the operator a PIN once."""
    sessions.keep_hours(connection, _HOURS, EARLIER)
    if find_session(connection, OPERATOR) is None:
        sessions.keep_pin(connection, OPERATOR, 5, _DIGEST, EARLIER)


def _revoke(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    code = _invited(connection, now)
    invitations.revoke_invitation(connection, ADMINISTRATOR, code, now)


def _revoke_all(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    _invited(connection, now)
    invitations.revoke_all_of(connection, ADMINISTRATOR, ADMINISTRATOR, now)


def _count(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    _with_pin(connection)
    sessions.count_try(connection, OPERATOR, 6, now)


def _settle(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    _with_pin(connection)
    counted = sessions.count_try(connection, OPERATOR, 6, now)
    sessions.settle_try(connection, OPERATOR, 6, counted, now, right=True)


def _note(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    sessions.keep_hours(connection, _HOURS, EARLIER)
    sessions.keep_pin(connection, OPERATOR, 5, _DIGEST, now - timedelta(minutes=11))
    sessions.note_use(connection, OPERATOR, now)


def _end(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    _with_pin(connection)
    sessions.end_sessions(connection, now)


def _return(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    values = {
        "key": "given-before",
        "kind": "delegated",
        "by": ADMINISTRATOR,
        "official": OFFICIALS_CODE,
        "person_id": OFFICIAL,
        "text": "Тексеріңіз.",
        "due_on": now.date(),
        "created_at": EARLIER,
    }
    add_errand(connection, values)
    errands.return_errands(connection, OFFICIAL, now)


def _reset(connection: Connection, now: datetime, *, by: int | None) -> None:
    if now.minute == 0:  # the second time there is none
        sessions.keep_pin(connection, OPERATOR, 5, _DIGEST, EARLIER)
    if by is None:
        sessions.reset_pin_by_shell(connection, OPERATOR, now)
    else:
        sessions.reset_pin(connection, by, OPERATOR, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.digests.errands.return_errands": _return,
    "services.people.dismissal.dismiss": lambda c, _, now: dismissal.dismiss(
        c, ADMINISTRATOR, OFFICIAL, now
    ),
    "services.people.dismissal.dismiss_by_shell": lambda c, _, now: dismissal.dismiss_by_shell(
        c, OPERATOR, now
    ),
    "services.people.dismissal.end_role": lambda c, _, now: dismissal.end_role(
        c, ADMINISTRATOR, OPERATOR, _GRANT, now
    ),
    "services.people.invitations.accept_invitation": lambda c, _, now: (
        invitations.accept_invitation(c, CITIZEN, TOKEN, now)
    ),
    "services.people.invitations.invite": lambda c, _, now: invitations.invite(
        c, ADMINISTRATOR, Grant(Role.OPERATOR, "10", "water"), "round", "third-token", now
    ),
    "services.people.invitations.keep_invitation": lambda c, _, now: invitations.keep_invitation(
        c, Grant(Role.OFFICIAL, official=OFFICIALS_CODE), now, "another-token"
    ),
    "services.people.invitations.revoke_all_of": _revoke_all,
    "services.people.invitations.revoke_invitation": _revoke,
    "services.people.sessions.count_try": _count,
    "services.people.sessions.end_sessions": _end,
    "services.people.sessions.keep_hours": lambda c, _, now: sessions.keep_hours(c, 12, now),
    "services.people.sessions.keep_pin": lambda c, _, now: sessions.keep_pin(
        c, OPERATOR, 5, _DIGEST, now
    ),
    "services.people.sessions.note_use": _note,
    "services.people.sessions.reset_pin": lambda c, _, now: _reset(c, now, by=ADMINISTRATOR),
    "services.people.sessions.reset_pin_by_shell": lambda c, _, now: _reset(c, now, by=None),
    "services.people.sessions.settle_try": _settle,
    "services.people.staff.appoint_administrators": lambda c, _, now: staff.appoint_administrators(
        c, CITIZEN, frozenset({CITIZEN}), now
    ),
    "services.people.staff.appoint_known_administrators": lambda c, _, now: (
        staff.appoint_known_administrators(c, frozenset({CITIZEN, 5}), now)
    ),
}
