"""Words that cannot wait: the appeal is marked urgent, and who is on duty learns of it at once."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.appeals.recipients import desk
from services.appeals.rights import where_of
from services.appeals.stops import triggered
from services.organisation.directory import stop_messages
from storage.appeal_additions import mark_urgent
from storage.outbox import tell

NOTICE = "urgent_appeal"
# Sent before everything else that waits, such as an answer with thousands of readers.
_AHEAD = timedelta(days=365)


def raise_alarm(connection: Connection, appeal: RowMapping, words: str, now: datetime) -> None:
    """Mark the appeal urgent where the words trigger an urgent stop message, and tell the staff.

    That is everybody on duty whose role reaches it and who can be written to; where nobody is,
    all such operators and administrators. An appeal is marked once, and each of them is told of
    it once.

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
    for person_id in desk(connection, where_of(appeal)):
        key = f"urgent:{appeal['id']}:{person_id}"
        tell(connection, person_id, NOTICE, key, payload, now, not_before=now - _AHEAD)
