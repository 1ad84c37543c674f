"""The check that every use case makes which keeps personal data: screens only ask beforehand."""

from sqlalchemy import Connection

from services.people.consent import ConsentKind, holds
from services.refusal import ConsentNeeded
from storage import consents as rows


def agrees(connection: Connection, person_id: int, kind: ConsentKind) -> bool:
    """Tell whether the person agreed to what the text in force asks for (a query)."""
    return any(holds(kind, one) for one in rows.held_versions(connection, person_id, kind.value))


def require_consent(connection: Connection, person_id: int, kind: ConsentKind) -> None:
    """Raise ConsentNeeded where the person did not agree, took it back, or must be asked anew."""
    if not agrees(connection, person_id, kind):
        raise ConsentNeeded(kind)
