"""What is printed on a certificate, in one language: every word comes with the sheet."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """A certificate: A4 across.

    facts are pairs of a label and a value, such as the days; signer is position and name, empty
    where nobody is named; check says where the number can be checked.
    """

    language: str
    over: str
    title: str
    before_name: str
    name: str
    after_name: str
    programme: str
    facts: tuple[tuple[str, str], ...]
    place_and_day: str
    signer: tuple[str, str] | None
    number: str
    check: tuple[str, ...]
    made_at: datetime
