"""Keeping one certificate under a number of its own, and telling its holder."""

from datetime import datetime

from sqlalchemy import Connection

from services.clock import local_date
from services.programmes.certificate import Certificate, certificate_of, payload_of
from services.programmes.certificate_number import make_number
from services.programmes.model import Programme
from services.programmes.waking import awake
from storage import certificates as rows
from storage.outbox import tell

GIVEN, REVOKED = "certificate", "certificate_revoked"  # kinds of notices


def give(
    connection: Connection,
    programme: Programme,
    signup_id: int,
    serial: int,
    name: str,
    counted: tuple[int, int],
    actor: int,
    bot: str,
    now: datetime,
) -> str:
    """Keep a certificate, tell its holder, and return its number; one that is there, stays.

    Key: (sign-up, serial).
    """
    for known in rows.of_signup(connection, signup_id):
        if known["serial"] == serial:
            return str(known["number"])
    sessions, attended = counted
    values = {
        "signup_id": signup_id,
        "serial": serial,
        "name": name,
        "sessions": sessions,
        "attended": attended,
        "signed_by": rows.head_of_place(connection, programme.region, programme.district),
        "issued_at": now,
        "issued_by": actor,
    }
    attempt, year = 0, local_date(now).year
    number = make_number(year, signup_id, serial)
    while not rows.add(connection, {"number": number, **values}):
        attempt += 1
        number = make_number(year, signup_id, serial, attempt)
    tell_holder(connection, GIVEN, certificate_now(connection, number), {"bot": bot}, now)
    return number


def tell_holder(
    connection: Connection,
    kind: str,
    certificate: Certificate,
    more: dict[str, str],
    now: datetime,
) -> None:
    """Tell whoever a certificate was issued to, not at night; more is added to what is told.

    Key: (kind, number of the certificate).
    """
    if certificate.person_id is None:
        return
    tell(
        connection,
        certificate.person_id,
        kind,
        f"{kind}:{certificate.number}",
        payload_of(certificate) | more,
        now,
        not_before=awake(now),
    )


def certificate_now(connection: Connection, number: str) -> Certificate:
    """Return a certificate that is there."""
    row = rows.find(connection, number)
    if row is None:
        raise LookupError(number)
    return certificate_of(row)
