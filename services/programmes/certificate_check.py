"""Whether a certificate is genuine: anybody may ask, and learns no more than its initials."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from services.programmes.certificate import Certificate, certificate_of
from services.programmes.certificate_number import read_number
from services.refusal import N_, Refusal
from storage import certificates as rows


class Verdict(StrEnum):
    """What a number is."""

    GENUINE = "genuine"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    # Its check digits do not fit: no certificate can have this number.
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of a number; there is a certificate where it is genuine or revoked."""

    verdict: Verdict
    certificate: Certificate | None = None


def check_certificate(connection: Connection, text: str) -> Checked:
    """Return what a number is that somebody typed (a query)."""
    number = read_number(text)
    if number is None:
        return Checked(Verdict.MISTYPED)
    row = rows.find(connection, number)
    if row is None:
        return Checked(Verdict.UNKNOWN)
    found = certificate_of(row)
    return Checked(Verdict.GENUINE if found.revoked_at is None else Verdict.REVOKED, found)


def own_certificates(connection: Connection, person_id: int) -> Sequence[Certificate]:
    """Return the certificates of a person that are good, the newest first (a query)."""
    found = map(certificate_of, rows.of_person(connection, person_id))
    return [one for one in found if one.revoked_at is None]


def own_certificate(connection: Connection, person_id: int, number: str) -> Certificate:
    """Return one's own certificate (a query); raises Refusal for one that is not, or no more."""
    for found in own_certificates(connection, person_id):
        if found.number == number:
            return found
    raise Refusal(N_("This certificate is not yours, or it is good no more."))
