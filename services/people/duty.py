"""Being on duty: urgent appeals come to these people within a minute."""

from datetime import datetime

from sqlalchemy import Connection

from services.people.model import Role
from services.people.staff import require
from storage import duties as rows

_DESK = (Role.OPERATOR, Role.ADMINISTRATOR)


def set_duty(connection: Connection, actor: int, now: datetime, *, on: bool) -> None:
    """Put the actor on duty, or take them off; raises Refusal.

    Key: person; the last word stands.
    """
    require(connection, actor, *_DESK)
    if on:
        rows.go_on_duty(connection, actor, now)
    else:
        rows.go_off_duty(connection, actor)
