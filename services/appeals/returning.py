"""Where an appeal goes whose answer the citizen did not accept: one level higher, to others."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.recipients import operators
from services.appeals.rights import where_of
from services.people.model import Role
from services.roadmap.responsibility import Routed, acting, next_level
from storage.outbox import tell
from storage.people import people_with_role

# The party's own rule: working days for what comes back.
TERM = 5
NOTICE = "appeal_returned"
_LEVELS = 5


def next_handler(
    connection: Connection, appeal: RowMapping, answered: Collection[int], day: date
) -> Routed:
    """Return the office and the official of the next level who have not answered it yet.

    The official is None where there is nobody else: the operators find one.
    """
    office = appeal["office"]
    for _ in range(_LEVELS):
        routed = next_level(connection, office, appeal["section"], day)
        if routed.official is not None and _is_new(connection, routed.official, answered, day):
            return routed
        if routed.office == office:
            break
        office = routed.office
    return Routed(office, None)


def tell_staff(
    connection: Connection,
    appeal: RowMapping,
    version: int,
    routed: Routed,
    barred: int | None,
    due_on: date,
    now: datetime,
    day: date,
) -> None:
    """Tell the official of the next level and the operators; never who answered before.

    Key: (appeal, version, person).
    """
    people = operators(connection, where_of(appeal))
    if routed.official is not None:
        people = [*_accounts(connection, routed.official, day), *people]
    payload = {
        "appeal": appeal["id"],
        "number": appeal["number"],
        "topic": appeal["topic"],
        "level": appeal["level"] + 1,
        "due_on": due_on.isoformat(),
    }
    for person_id in dict.fromkeys(people):
        if person_id != barred:
            key = f"returned:{appeal['id']}:{version}:{person_id}"
            tell(connection, person_id, NOTICE, key, payload, now)


def _is_new(connection: Connection, official: str, answered: Collection[int], day: date) -> bool:
    """Tell whether somebody else than those who answered holds the official's account.

    An official without an account is new: they are named, and the operators act for them.
    """
    accounts = _accounts(connection, official, day)
    return not accounts or not set(accounts) <= set(answered)


def _accounts(connection: Connection, official: str, day: date) -> list[int]:
    present = acting(connection, official, day)
    return list(people_with_role(connection, Role.OFFICIAL.value, present))
