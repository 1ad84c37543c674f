"""Passing an appeal on to the level above."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change
from services.appeals.model import AppealEvent
from services.roadmap.responsibility import Routed


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
