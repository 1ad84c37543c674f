"""What is kept of a person about programmes: handed to them, and erased in time."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Connection

from services.clock import local_date
from services.language import choose
from services.programmes.model import SignUp, field_of, signup_of
from services.rights.certificates import of_signup
from storage import attendance, programmes, signups
from storage.rights_due import Due


def own_signups(connection: Connection, person_id: int, language: str) -> list[dict[str, Any]]:
    """Return what the person signed up for and what they said, as JSON values (a query)."""
    return [
        {
            "programme": choose(language, row["title_kk"], row["title_ru"]),
            **_told(connection, signup_of(row), language),
        }
        for row in signups.programmes_of(connection, person_id)
    ]


def _told(connection: Connection, own: SignUp, language: str) -> dict[str, Any]:
    fields = map(field_of, programmes.fields_of(connection, own.programme_id, retired=True))
    until = own.offered_until
    return {
        "status": own.status.value,
        "signed_up_at": own.queued_at.isoformat(),
        "changed_at": own.at.isoformat(),
        "kept_until": until.isoformat() if until else None,
        "language": own.language.value,
        "consent_version": own.consent,
        "name": own.name,
        "answers": [
            {"question": each.label(language), "answer": each.said(answer, language)}
            for each in fields
            if (answer := own.answers.get(each.code))
        ],
        **of_signup(connection, own.id),
    }


def find_due(connection: Connection, before: datetime, limit: int) -> Sequence[int]:
    """Return some sign-ups to programmes that were over before then (a query)."""
    return signups.outlived(connection, local_date(before), limit)


def count_due(connection: Connection, before: datetime) -> Due:
    """Return how many these are, and since when the first of the programmes is over (a query)."""
    count, oldest = signups.count_outlived(connection, local_date(before))
    return Due(count, datetime.combine(oldest, time(), UTC) if oldest else None)


def forget_due(connection: Connection, before: datetime, now: datetime, limit: int) -> int:
    """Erase what was said and marked, and whose it was where no certificate stands; how many.

    Key: sign-up, by the age of its programme.
    """
    due = find_due(connection, before, limit)
    attendance.forget_marks(connection, due)
    return signups.forget_outlived(connection, due, now)
