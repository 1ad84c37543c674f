"""What the staff are told of who joins and who leaves: to whom, and in which codes."""

from collections.abc import Sequence

from sqlalchemy import Connection

from services.people.model import Role
from services.people.rights import Grant
from storage.people import people_with_role


def administrators(connection: Connection, *, but: int | None = None) -> Sequence[int]:
    """Return who administers the bot now, apart from one person."""
    found = people_with_role(connection, Role.ADMINISTRATOR.value)
    return [person for person in dict.fromkeys(found) if person != but]


def grant_payload(grant: Grant) -> dict[str, str | None]:
    """Return a grant as notices and the audit keep it: codes only."""
    return {
        "role": grant.role.value,
        "area": grant.area,
        "section": grant.section,
        "official": grant.official,
    }
