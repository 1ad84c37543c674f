"""Who is told about an appeal: those who handle it, who stands in for them, or the desk."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, RowMapping

from services.people.model import Role
from services.roadmap.responsibility import acting
from storage import staff
from storage.duties import people_on_duty
from storage.people import current_roles, people_with_role

_DESK = (Role.OPERATOR, Role.ADMINISTRATOR)


def handlers_of(connection: Connection, appeal: RowMapping, day: date) -> list[int]:
    """Return who must act on this appeal: the assignee, else the official, else the desk."""
    return working_on(connection, appeal, day) or desk(connection)


def working_on(connection: Connection, appeal: RowMapping, day: date) -> list[int]:
    """Return the assignee, else who reads for the official; nobody where neither is there.

    With the deputy of one who is away. Whoever the citizen did not accept, has left or cannot be
    reached is left out.
    """
    barred = {appeal["barred"]}
    if appeal["assignee"] is not None and appeal["leased_until"] is None:
        found = _present(connection, with_deputies(connection, appeal["assignee"], day), barred)
        if found:
            return found
    return answering(connection, appeal["official"], day, barred)


def answering(
    connection: Connection,
    official: str | None,
    day: date,
    barred: Collection[int | None] = frozenset(),
) -> list[int]:
    """Return who reads for the official on this day: the accounts of whoever acts for them."""
    if official is None:
        return []
    return _present(connection, accounts(connection, acting(connection, official, day)), barred)


def with_deputies(connection: Connection, person_id: int, day: date) -> list[int]:
    """Return a member of staff and, while their official is away, who acts for that official."""
    people = [person_id]
    for held in current_roles(connection, person_id):
        if held["official"] is not None:
            present = acting(connection, held["official"], day)
            if present != held["official"]:
                people += accounts(connection, present)
    return list(dict.fromkeys(people))


def desk(connection: Connection) -> list[int]:
    """Return the operators on duty; where nobody is, all operators and administrators."""
    return _present(connection, people_on_duty(connection)) or _with(connection, *_DESK)


def administrators(connection: Connection) -> list[int]:
    """Return the administrators: who hears of it where no level is above."""
    return _with(connection, Role.ADMINISTRATOR)


def accounts(connection: Connection, official: str) -> list[int]:
    """Return the people who hold the official's account now."""
    return list(people_with_role(connection, Role.OFFICIAL.value, official))


def _with(connection: Connection, *roles: Role) -> list[int]:
    found = {person for role in roles for person in people_with_role(connection, role.value)}
    return _present(connection, sorted(found))


def _present(
    connection: Connection,
    people: Collection[int],
    barred: Collection[int | None] = frozenset(),
) -> list[int]:
    present = staff.reachable(connection, people)
    return [person for person in people if person in present and person not in barred]
