"""One-time invitations to the staff: to a role, for a place and a section, for a day.

Only the hash of a link's token is stored: who reads the database cannot join the staff.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, RowMapping

from services.audit.acts import Act
from services.audit.recording import record
from services.organisation.directory import load_organisation
from services.people.deeds import Deed
from services.people.model import Person, Role
from services.people.person import find_person
from services.people.rights import Grant, authorise
from services.people.told import administrators, grant_payload
from services.places.atlas import atlas
from services.refusal import N_, Refusal
from storage import invitations as rows
from storage.outbox import tell
from storage.people import grant_role
from storage.staff import staff_names

LIFETIME = timedelta(hours=24)
JOINED = "staff_joined"
# They look after the whole organisation: a place or a section would take most of it from them.
UNBOUNDED = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
# Telegram allows 64 characters of A-Z, a-z, 0-9, _ and - in a start parameter; 24 bytes make 32.
_TOKEN_BYTES = 24


class InvitationState(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as the list shows it; maker is None where it was made on the server."""

    code: str
    grant: Grant
    maker: str | None
    created_at: datetime
    expires_at: datetime
    state: InvitationState
    # Who used it.
    user: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some invitations, the newest first; `more` where older ones follow."""

    invitations: tuple[Invitation, ...]
    more: bool


def new_token() -> str:
    """Return a fresh invitation token of 32 URL-safe characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def keep_invitation(connection: Connection, grant: Grant, now: datetime, token: str) -> None:
    """Keep an invitation that was made on the server, where all rights are; raises Refusal.

    Key: hash of the token.
    """
    check_grant(connection, grant)
    if _add(connection, grant, now, token):
        on, details = f"invitation:{code_of(token)}", grant_payload(grant)
        what = Act.INVITE_BY_SHELL
        record(connection, who=None, what=what, on=on, now=now, key="", **details)


def invite(  # who, to what, in which round, by which token, when
    connection: Connection, actor: int, grant: Grant, asked_in: str, token: str, now: datetime
) -> bool:
    """Keep an invitation of an administrator; False where this round of choosing made one before.

    Raises Refusal for who does not administer the whole organisation.

    Key: (actor, round of choosing).
    """
    authorise(connection, actor, Deed.INVITE)
    check_grant(connection, grant)
    added = _add(connection, grant, now, token, by=actor, asked_in=asked_in)
    if added:
        on, details = f"invitation:{code_of(token)}", grant_payload(grant)
        record(connection, who=actor, what=Deed.INVITE, on=on, now=now, key="", **details)
    return added


def made_before(connection: Connection, actor: int, asked_in: str) -> str | None:
    """Return the code of what this round of choosing has led to, None: nothing (a query)."""
    found = rows.made_in(connection, actor, asked_in)
    return found[: rows.CODE] if found is not None else None


def accept_invitation(connection: Connection, person_id: int, token: str, now: datetime) -> Person:
    """Give the invited role to this person, tell the administrators, and return the person.

    A repetition by the same person changes nothing. Raises Refusal where the link is unknown,
    too old, revoked, or was used by somebody else.

    Key: hash of the token.
    """
    row = rows.find_invitation(connection, _hash(token))
    if row is None:
        raise Refusal(N_("This invitation link is not valid. Please ask for a new one."))
    state = _state(row, now)
    if state is InvitationState.REVOKED:
        raise Refusal(N_("This invitation link has been revoked. Please ask for a new one."))
    if state is InvitationState.EXPIRED:
        raise Refusal(N_("This invitation link has expired. Please ask for a new one."))
    if row["used_by"] not in {None, person_id}:
        raise _taken()
    if row["used_by"] is None:
        if not rows.use_invitation(connection, row["token_hash"], person_id, now):
            raise _taken()
        _join(connection, person_id, row, now)
    person = find_person(connection, person_id)
    if person is None:
        raise LookupError(person_id)
    return person


def revoke_invitation(connection: Connection, actor: int, code: str, now: datetime) -> None:
    """Let a link lead nowhere any more; raises Refusal for one that is unknown or used.

    Key: invitation; the first end stands.
    """
    authorise(connection, actor, Deed.REVOKE_INVITATION)
    row = rows.find_by_code(connection, code)
    if row is None:
        raise Refusal(N_("There is no such invitation."))
    if row["used_by"] is not None:
        raise Refusal(N_("This invitation has been used already. End the person’s role instead."))
    if rows.revoke(connection, row["token_hash"], actor, now):
        on = f"invitation:{code}"
        what = Deed.REVOKE_INVITATION
        record(connection, who=actor, what=what, on=on, now=now, key="")


def revoke_all_of(connection: Connection, maker: int, by: int | None, now: datetime) -> int:
    """Revoke the open invitations that somebody made; return how many. Key: maker."""
    return sum(
        rows.revoke(connection, each, by, now) for each in rows.open_of(connection, maker, now)
    )


def list_invitations(
    connection: Connection, actor: int, now: datetime, *, after: str = "", limit: int = 10
) -> Page:
    """Return invitations, the newest first, older than the one of this code; raises Refusal."""
    authorise(connection, actor, Deed.READ_STAFF)
    last = rows.find_by_code(connection, after) if after else None
    before = (last["created_at"], last["token_hash"]) if last is not None else None
    found = rows.newest(connection, before, limit + 1)
    names = _names(connection, found)
    shown = tuple(_invitation(row, names, now) for row in found[:limit])
    return Page(shown, more=len(found) > limit)


def find_invitation(
    connection: Connection, actor: int, code: str, now: datetime
) -> Invitation | None:
    """Return one invitation, None where it is unknown; raises Refusal (a query)."""
    authorise(connection, actor, Deed.READ_STAFF)
    row = rows.find_by_code(connection, code)
    return _invitation(row, _names(connection, [row]), now) if row is not None else None


def code_of(token: str) -> str:
    """Return what names an invitation in lists and buttons: the beginning of its hash."""
    return _hash(token)[: rows.CODE]


def check_grant(connection: Connection, grant: Grant) -> None:
    """Raise Refusal for a place, section or official that is unknown, or that no role can have."""
    organisation = load_organisation(connection)
    if (grant.role is Role.OFFICIAL) != (grant.official is not None):
        raise Refusal(N_("An official’s role goes with a person of the organisation’s data."))
    if grant.official is not None and grant.official not in organisation.officials:
        raise Refusal(N_("There is no such official in the organisation’s data."))
    if not grant.unbounded and (grant.role in UNBOUNDED or grant.official is not None):
        raise Refusal(N_("This role holds everywhere: no place or section can be named."))
    if grant.area and atlas().place(grant.area) is None:
        raise Refusal(N_("There is no such region or district."))
    if grant.section and grant.section not in organisation.sections:
        raise Refusal(N_("There is no such section."))


def _add(  # what, when, by which token
    connection: Connection,
    grant: Grant,
    now: datetime,
    token: str,
    *,
    by: int | None = None,
    asked_in: str | None = None,
) -> bool:
    values = {
        "token_hash": _hash(token),
        "role": grant.role.value,
        "area": grant.area,
        "section": grant.section,
        "official": grant.official,
        "created_by": by,
        "asked_in": asked_in,
        "created_at": now,
        "expires_at": now + LIFETIME,
    }
    return rows.add_invitation(connection, values)


def _join(connection: Connection, person_id: int, row: RowMapping, now: datetime) -> None:
    grant = _grant(row)
    grant_role(
        connection,
        person_id,
        grant.role.value,
        grant.official,
        now,
        area=grant.area,
        section=grant.section,
    )
    code = row["token_hash"][: rows.CODE]
    details = grant_payload(grant) | {"invited_by": row["created_by"]}
    on = f"person:{person_id}"
    record(connection, who=person_id, what=Act.JOIN_STAFF, on=on, now=now, key=code, **details)
    name = staff_names(connection, [person_id]).get(person_id, "")
    payload = {"person": person_id, "name": name, "grants": [grant_payload(grant)]}
    for each in administrators(connection, but=person_id):
        tell(connection, each, JOINED, f"{JOINED}:{code}:{each}", payload, now)


def _names(connection: Connection, found: Sequence[RowMapping]) -> dict[int, str]:
    people = {row[column] for row in found for column in ("created_by", "used_by")} - {None}
    return staff_names(connection, people)


def _invitation(row: RowMapping, names: dict[int, str], now: datetime) -> Invitation:
    return Invitation(
        code=row["token_hash"][: rows.CODE],
        grant=_grant(row),
        maker=names.get(row["created_by"], "") if row["created_by"] is not None else None,
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        state=_state(row, now),
        user=names.get(row["used_by"]) if row["used_by"] is not None else None,
    )


def _grant(row: RowMapping) -> Grant:
    return Grant(Role(row["role"]), row["area"], row["section"], row["official"])


def _state(row: RowMapping, now: datetime) -> InvitationState:
    if row["used_by"] is not None:
        return InvitationState.USED
    if row["revoked_at"] is not None:
        return InvitationState.REVOKED
    return InvitationState.EXPIRED if row["expires_at"] < now else InvitationState.OPEN


def _taken() -> Refusal:
    return Refusal(N_("This invitation link has already been used by somebody else."))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
