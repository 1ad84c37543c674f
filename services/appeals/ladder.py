"""The ladder above an appeal that is late: who hears of it, and to whom it is passed on."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change
from services.appeals.model import AppealEvent
from services.roadmap.responsibility import Routed, next_level

_LEVELS = 5


def level_above(
    connection: Connection,
    office: str | None,
    section: str,
    below: Collection[str | None],
    day: date,
) -> Routed:
    """Return the next level whose official is none of those below.

    The official is None where nobody is above.
    """
    for _ in range(_LEVELS):
        routed = next_level(connection, office, section, day)
        if routed.official is not None and routed.official not in below:
            return routed
        if routed.office == office:
            break
        office = routed.office
    return Routed(office, None)


def escalate(
    connection: Connection, appeal: RowMapping, above: Routed, stage: int, now: datetime
) -> int:
    """Pass the appeal on to the level above and return its version; nobody works on it then.

    The citizen is not told: the name on the card changes. Raises Refusal where it has changed
    meanwhile.

    Key: (appeal, version).
    """
    named = {"office": above.office, "official": above.official}
    wanted = Change(
        AppealEvent.ESCALATED,
        {**named, "level": appeal["level"] + 1, "assignee": None},
        {**named, "from": appeal["official"], "assignee": None, "stage": stage},
    )
    return change(connection, appeal, appeal["version"], None, wanted, now)
