"""Words that cannot wait: the appeal is marked urgent, and who is on duty learns of it at once."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.stops import triggered
from services.organisation.directory import stop_messages
from services.people.model import Role
from storage.appeal_additions import mark_urgent
from storage.duties import people_on_duty
from storage.outbox import tell
from storage.people import people_with_role

NOTICE = "urgent_appeal"


def raise_alarm(connection: Connection, appeal: RowMapping, words: str, now: datetime) -> None:
    """Mark the appeal urgent where the words trigger an urgent stop message, and tell the staff.

    That is everybody on duty; where nobody is, all operators and administrators. An appeal is
    marked once, and each of them is told of it once.

    Key: appeal.
    """
    stops = triggered(stop_messages(connection), None, words)
    codes = [stop.code for stop in stops if stop.urgent]
    if not codes or not mark_urgent(connection, appeal["id"]):
        return
    payload = {
        "appeal": appeal["id"],
        "number": appeal["number"],
        "topic": appeal["topic"],
        "region": appeal["region"],
        "district": appeal["district"],
        "stops": codes,
    }
    for person_id in people_on_duty(connection) or _whole_desk(connection):
        tell(connection, person_id, NOTICE, f"urgent:{appeal['id']}:{person_id}", payload, now)


def _whole_desk(connection: Connection) -> list[int]:
    roles = (Role.OPERATOR, Role.ADMINISTRATOR)
    return sorted({id_ for role in roles for id_ in people_with_role(connection, role.value)})
