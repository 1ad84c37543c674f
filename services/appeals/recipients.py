"""Who is told about an appeal: those who handle it, who stands in for them, or the desk."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, RowMapping

from services.appeals.rights import DESK, where_of
from services.people.model import Role
from services.people.rights import OF_ALL, Where
from services.roadmap.responsibility import acting
from storage import staff
from storage.duties import people_on_duty
from storage.people import current_roles, people_with_role
from storage.reach import who_holds


def handlers_of(connection: Connection, appeal: RowMapping, day: date) -> list[int]:
    """Return who must act on this appeal: the assignee, else the official, else the desk."""
    return working_on(connection, appeal, day) or desk(connection, where_of(appeal))


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


def desk(connection: Connection, where: Where | None = None) -> list[int]:
    """Return the operators on duty; where nobody is, all operators and administrators.

    Those whose role reaches the place, where one is told.
    """
    held = who_holds(connection, [role.value for role in DESK], where)
    on_duty = [person for person in people_on_duty(connection) if person in held]
    return _present(connection, on_duty) or _present(connection, sorted(held))


def operators(connection: Connection, where: Where) -> list[int]:
    """Return the operators whose role reaches the place, on duty or not."""
    return sorted(who_holds(connection, [Role.OPERATOR.value], where))


def moderators(connection: Connection) -> list[int]:
    """Return who reads words before others do, of the whole country and every section."""
    return _present(connection, sorted(who_holds(connection, [Role.MODERATOR.value], OF_ALL)))


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
