"""Being on duty: urgent appeals come to these people within a minute."""

from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record
from services.people.deeds import Deed
from services.people.rights import authorise
from storage import duties as rows


def set_duty(connection: Connection, actor: int, now: datetime, *, on: bool) -> None:
    """Put the actor on duty, or take them off; raises Refusal.

    Key: person; the last word stands.
    """
    authorise(connection, actor, Deed.SET_DUTY)
    if rows.on_duty(connection, actor) == on:
        return
    if on:
        rows.go_on_duty(connection, actor, now)
    else:
        rows.go_off_duty(connection, actor)
    what, key = Deed.SET_DUTY, now.isoformat()
    record(connection, who=actor, what=what, on="duty", now=now, key=key, duty=on)
