"""Revoking a certificate, and giving another instead of one."""

from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record, record_reading
from services.people.deeds import Deed
from services.people.rights import authorise
from services.programmes.attendance import meetings_of
from services.programmes.certificate import CHOICES, Certificate, Reason, certificate_of
from services.programmes.certificate_giving import REVOKED, certificate_now, give, tell_holder
from services.programmes.certificates import LONGEST_NAME, came_enough
from services.programmes.model import Programme
from services.programmes.place import launched, place_of
from services.refusal import N_, Refusal
from storage import attendance
from storage import certificates as rows


def read_certificate(
    connection: Connection, actor: int, number: str, now: datetime
) -> Certificate:
    """Return a certificate with its holder's name; it is written down who read it.

    Key: (actor, number, ten minutes).
    """
    found = _found(connection, actor, number, Deed.READ_CERTIFICATES)
    on = f"certificate:{number}"
    record_reading(connection, who=actor, what=Deed.READ_CERTIFICATES, on=on, now=now)
    return found


def revoke_certificate(
    connection: Connection, actor: int, number: str, reason: Reason, now: datetime
) -> Certificate:
    """Let a certificate be good no more and tell its holder why; return it.

    Raises Refusal where it was revoked for another reason before.

    Key: number.
    """
    found = _found(connection, actor, number, Deed.REVOKE_CERTIFICATE)
    if reason not in CHOICES:
        raise Refusal(N_("Please choose a reason."))
    if found.revoked_at is not None and found.reason is not reason:
        raise Refusal(N_("This certificate was revoked before."))
    if not _revoke(connection, actor, number, reason, now):
        return found
    _record(connection, actor, Deed.REVOKE_CERTIFICATE, number, now, reason=reason.value)
    revoked = certificate_now(connection, number)
    tell_holder(connection, REVOKED, revoked, {}, now)
    return revoked


def correct_name(
    connection: Connection, actor: int, number: str, name: str, bot: str, now: datetime
) -> Certificate:
    """Give another certificate with a corrected name instead of this one; return the new one.

    Who was given one in its place already keeps that. Also gives another to who had theirs
    revoked, when they came often enough after all.

    Key: number.
    """
    found = _found(connection, actor, number, Deed.CORRECT_CERTIFICATE)
    latest = certificate_of(rows.of_signup(connection, found.signup_id)[-1])
    if latest.number != number:
        return latest
    if found.person_id is None or found.name is None:
        raise Refusal(N_("The name of the holder is no longer kept."))
    programme = launched(connection, found.programme_id)
    counted = (found.sessions, found.attended)
    if found.revoked_at is not None:
        counted = _counted_now(connection, programme, found.signup_id)
    spelt = fitting_name(name)
    _revoke(connection, actor, number, Reason.REPLACED, now)
    _record(connection, actor, Deed.CORRECT_CERTIFICATE, number, now)
    serial = found.serial + 1
    new = give(connection, programme, found.signup_id, serial, spelt, counted, actor, bot, now)
    return certificate_now(connection, new)


def fitting_name(text: str) -> str:
    """Return a name as it shall stand on the paper; raises Refusal for one that does not fit."""
    name = " ".join(text.split())
    if not any(map(str.isalpha, name)):
        raise Refusal(N_("Please write the name in letters."))
    if len(name) > LONGEST_NAME:
        message = N_("This text is too long: {length} of at most {limit} characters.")
        raise Refusal(message, length=len(name), limit=LONGEST_NAME)
    return name


def _counted_now(connection: Connection, programme: Programme, signup_id: int) -> tuple[int, int]:
    sessions = len(meetings_of(connection, programme.id))
    (row,) = attendance.tallies(connection, programme.id, signup_id - 1, 1) or (None,)
    attended = row["attended"] if row is not None and row["id"] == signup_id else 0
    if not came_enough(attended, sessions, programme.certificate_from):
        raise Refusal(N_("This person did not come often enough for a certificate."))
    return sessions, attended


def _found(connection: Connection, actor: int, number: str, deed: Deed) -> Certificate:
    row = rows.find(connection, number)
    if row is None:
        authorise(connection, actor, deed)
        raise Refusal(N_("There is no certificate of this number."))
    found = certificate_of(row)
    authorise(connection, actor, deed, place_of(launched(connection, found.programme_id)))
    return found


def _revoke(
    connection: Connection, actor: int, number: str, reason: Reason, now: datetime
) -> bool:
    values = {"revoked_at": now, "revoked_by": actor, "reason": reason.value}
    return rows.revoke(connection, number, values)


def _record(
    connection: Connection, actor: int, deed: Deed, number: str, now: datetime, **details: str
) -> None:
    on = f"certificate:{number}"
    record(connection, who=actor, what=deed, on=on, now=now, key=number, **details)
