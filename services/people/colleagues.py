"""The staff by name."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import authorise
from storage import staff as rows


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Some of the staff, (person, name) by name; `more` where others follow the last one."""

    people: tuple[tuple[int, str], ...]
    more: bool


def list_colleagues(connection: Connection, actor: int, *, after: int, limit: int) -> Colleagues:
    """Return a page of the staff from behind this person on, 0 for the beginning.

    Raises Refusal for who is none of them.
    """
    authorise(connection, actor, Deed.READ_COLLEAGUES)
    held = [role.value for role in Role]
    found = rows.colleagues(connection, held, after, limit + 1)
    shown = tuple((row["id"], row["name"]) for row in found[:limit])
    return Colleagues(shown, more=len(found) > limit)
