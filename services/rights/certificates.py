"""What is kept of a person about attendance and certificates: handed to them, erased in time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage import attendance
from storage import certificates as rows
from storage.rights_due import Due


def of_signup(connection: Connection, signup_id: int) -> dict[str, Any]:
    """Return who came when and what they were given, as JSON values (a query)."""
    return {
        "sessions": [
            {"starts_at": row["starts_at"].isoformat(), "present": row["present"]}
            for row in attendance.marks_of(connection, [signup_id])
        ],
        "certificates": [
            {
                "number": row["number"],
                "name": row["name"],
                "issued_at": row["issued_at"].isoformat(),
                "revoked_at": row["revoked_at"].isoformat() if row["revoked_at"] else None,
                "reason": row["reason"],
            }
            for row in rows.of_signup(connection, signup_id)
        ],
    }


def find_due(connection: Connection, before: datetime, limit: int) -> Sequence[int]:
    """Return participants named on certificates issued before then (a query)."""
    return rows.outlived(connection, before, limit)


def count_due(connection: Connection, before: datetime) -> Due:
    """Return how many such certificates there are, and when the first was issued (a query)."""
    return Due(*rows.count_outlived(connection, before))


def forget_due(connection: Connection, before: datetime, limit: int) -> int:
    """Erase the names on certificates; the numbers stay, so that papers can be checked.

    Key: certificate, by its age.
    """
    due = find_due(connection, before, limit)
    done = rows.forget_names(connection, due)
    rows.forget_holders(connection, due)
    return done
