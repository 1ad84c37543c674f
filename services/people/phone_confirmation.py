"""Confirming that a telephone number is one's own: by sharing one's own contact, if one wants to.

Only a keyed hash of the number is kept, and one account for each number. Nothing but polls that
ask for it looks at it, and no ballot says who has done it.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from services.audit.acts import Act
from services.audit.own import record_own
from services.people.phone import e164
from services.refusal import N_, Refusal
from storage import confirmed_phones as rows
from storage.vault import blinds


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as it came: its number, and whose it is in Telegram; None where that is unsaid."""

    phone: str = field(repr=False)
    of: int | None


class PhoneNeeded(Refusal):
    """The poll is only for people who have confirmed a number."""

    def __init__(self, poll: int) -> None:
        super().__init__(
            N_(
                "Only people who have confirmed their phone number answer this poll. It takes one "
                "press; the number itself is not kept."
            )
        )
        self.poll = poll


def confirm_phone(
    connection: Connection, person_id: int, contact: Contact, now: datetime
) -> datetime:
    """Keep that this number is this person's, in the place of an earlier one; return since when.

    Raises Refusal for a contact of somebody else or of nobody, and where another account has
    confirmed the number: it keeps it until it is withdrawn there.

    Key: (person, number).
    """
    number = e164(contact.phone)
    if contact.of != person_id or number is None:
        raise Refusal(
            N_(
                "This is not your own contact. Please press the button “📱 Share my number”: "
                "contacts that are forwarded or of other people confirm nothing."
            )
        )
    known = blinds(number)
    owner = rows.person_of(connection, known)
    if owner is None:
        rows.delete_phone(connection, person_id)
        if rows.put_phone(connection, person_id, known[0], now):
            _record(connection, Act.CONFIRM_PHONE, person_id, now, now)
            return now
        owner = rows.person_of(connection, known)
    if owner != person_id:
        raise Refusal(
            N_(
                "This number is confirmed by another account already, and one number confirms "
                "one account. If that account is yours too, withdraw the number there: "
                "/settings → “📱 Confirm my number”. Then confirm it here."
            )
        )
    rows.blind_anew(connection, person_id, known[0])
    return confirmed_since(connection, person_id) or now


def withdraw_phone(connection: Connection, person_id: int, now: datetime) -> bool:
    """Forget that this person confirmed a number; False where they have not.

    Key: person, by the moment of the confirmation.
    """
    since = confirmed_since(connection, person_id)
    if since is None or not rows.delete_phone(connection, person_id):
        return False
    _record(connection, Act.FORGET_PHONE, person_id, now, since)
    return True


def confirmed_since(connection: Connection, person_id: int) -> datetime | None:
    """Return since when a number of this person is confirmed; None where none is (a query)."""
    row = rows.phone_of(connection, person_id)
    return None if row is None else row["confirmed_at"]


def _record(
    connection: Connection, act: Act, person_id: int, now: datetime, since: datetime
) -> None:
    record_own(connection, person_id, act, now, key=since.isoformat())
