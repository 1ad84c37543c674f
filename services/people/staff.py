"""Who works here: one-time invitations, roles, and the check that every use case repeats."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.people.model import Person, Role
from services.people.person import find_person
from services.refusal import N_, Refusal
from storage import people as rows

INVITATION_LIFETIME = timedelta(hours=24)
# Telegram allows 64 characters of A-Z, a-z, 0-9, _ and - in a start parameter; 24 bytes make 32.
_TOKEN_BYTES = 24


def invite(
    connection: Connection, role: Role, official: str | None, now: datetime, token: str
) -> None:
    """Keep an invitation to a role for 24 hours; only the hash of the token is stored.

    Key: hash of the token.
    """
    rows.add_invitation(
        connection,
        {
            "token_hash": _hash(token),
            "role": role.value,
            "official": official,
            "created_at": now,
            "expires_at": now + INVITATION_LIFETIME,
        },
    )


def new_token() -> str:
    """Return a fresh invitation token of 32 URL-safe characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def accept_invitation(connection: Connection, person_id: int, token: str, now: datetime) -> Person:
    """Give the invited role to this person and return them.

    A repetition by the same person changes nothing. Raises Refusal where the link is unknown,
    too old, or was used by somebody else.

    Key: hash of the token.
    """
    invitation = rows.find_invitation(connection, _hash(token))
    if invitation is None:
        raise Refusal(N_("This invitation link is not valid. Please ask for a new one."))
    if invitation["used_by"] is None and invitation["expires_at"] < now:
        raise Refusal(N_("This invitation link has expired. Please ask for a new one."))
    if not rows.use_invitation(connection, _hash(token), person_id, now):
        raise Refusal(N_("This invitation link has already been used by somebody else."))
    if invitation["used_by"] is None:
        rows.grant_role(connection, person_id, invitation["role"], invitation["official"], now)
    person = find_person(connection, person_id)
    if person is None:
        raise LookupError(person_id)
    return person


def appoint_administrators(
    connection: Connection, person_id: int, administrators: frozenset[int], now: datetime
) -> None:
    """Give the administrator's role to a person whom the settings name. Key: (person, role)."""
    if person_id in administrators:
        rows.grant_role(connection, person_id, Role.ADMINISTRATOR.value, None, now)


def appoint_known_administrators(
    connection: Connection, administrators: frozenset[int], now: datetime
) -> None:
    """Give the administrator's role to those whom the settings name and the bot knows already.

    Key: (person, role).
    """
    for person_id in sorted(administrators):
        if find_person(connection, person_id) is not None:
            appoint_administrators(connection, person_id, administrators, now)


def require(connection: Connection, person_id: int, *allowed: Role) -> None:
    """Raise Refusal unless the person holds one of these roles now.

    Screens hide what a person may not do; this is the check that counts, because callback data
    can be forged.
    """
    held = {role["role"] for role in rows.current_roles(connection, person_id)}
    if not held & {role.value for role in allowed}:
        raise Refusal(N_("This is for staff only."))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
