"""What a certificate says, and what everybody may learn of it by its number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping

from services.clock import local_date
from services.language import choose
from services.refusal import N_


class Reason(StrEnum):
    """Why a certificate is good no more."""

    MISTAKE = "mistake"
    ATTENDANCE = "attendance"
    # Another one was given in its place.
    REPLACED = "replaced"


# Message ids.
REASONS: Mapping[Reason, str] = {
    Reason.MISTAKE: N_("it was issued by mistake"),
    Reason.ATTENDANCE: N_("attendance was corrected"),
    Reason.REPLACED: N_("another one was issued in its place"),
}
# What staff choose from.
CHOICES = (Reason.MISTAKE, Reason.ATTENDANCE)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it was given; name is None once everything personal is erased.

    signer is empty where nobody led the office of the place on that day.
    """

    number: str
    signup_id: int
    serial: int
    programme_id: int
    person_id: int | None
    name: str | None = field(repr=False)
    title_kk: str
    title_ru: str
    place_kk: str
    place_ru: str
    region: str | None
    district: str | None
    begins_on: date
    ends_on: date
    sessions: int
    attended: int
    signer_kk: str | None
    signer_ru: str | None
    position_kk: str | None
    position_ru: str | None
    issued_at: datetime
    revoked_at: datetime | None
    reason: Reason | None

    @property
    def issued_on(self) -> date:
        """Return the day in Asia/Almaty."""
        return local_date(self.issued_at)

    @property
    def revoked_on(self) -> date | None:
        """Return the day since which it is good no more."""
        return None if self.revoked_at is None else local_date(self.revoked_at)

    @property
    def initials(self) -> str:
        """Return «А. Қ.»: the first letters of the name, "" where it is erased."""
        return " ".join(f"{part[0].upper()}." for part in (self.name or "").split())

    def title(self, language: str) -> str:
        """Return what the programme is called."""
        return choose(language, self.title_kk, self.title_ru)

    def place(self, language: str) -> str:
        """Return where the programme was."""
        return choose(language, self.place_kk, self.place_ru)

    def signer(self, language: str) -> tuple[str, str] | None:
        """Return position and name of who signed."""
        position = choose(language, self.position_kk or "", self.position_ru or "")
        name = choose(language, self.signer_kk or "", self.signer_ru or "")
        return (position, name) if name else None


def certificate_of(row: RowMapping | Mapping[str, Any]) -> Certificate:
    """Return the certificate in a row of storage.certificates."""
    named = {name: row[name] for name in Certificate.__dataclass_fields__}
    return Certificate(**named | {"reason": Reason(row["reason"]) if row["reason"] else None})


_DAYS = ("begins_on", "ends_on")
_MOMENTS = ("issued_at", "revoked_at")


def payload_of(certificate: Certificate) -> dict[str, Any]:
    """Return what the renderers of "certificate" and "certificate_revoked" need, as JSON."""
    parts = {name: getattr(certificate, name) for name in Certificate.__dataclass_fields__}
    for name in (*_DAYS, *_MOMENTS):
        parts[name] = parts[name].isoformat() if parts[name] else None
    return parts


def certificate_from(payload: Mapping[str, Any]) -> Certificate:
    """Return what `payload_of` wrote."""
    parts = {name: payload[name] for name in Certificate.__dataclass_fields__}
    parts |= {name: date.fromisoformat(parts[name]) for name in _DAYS}
    for name in _MOMENTS:
        parts[name] = datetime.fromisoformat(parts[name]) if parts[name] else None
    return certificate_of(parts)
