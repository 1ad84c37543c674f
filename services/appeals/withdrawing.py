"""Withdrawing an own appeal."""

from datetime import datetime

from sqlalchemy import Connection

from services.appeals.changing import Change, change
from services.appeals.model import OPEN, AppealEvent, AppealStatus
from services.refusal import N_, Refusal
from storage import appeal_changes
from storage import appeals as rows
from storage.quotes import withdraw_quote


def withdraw_appeal(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    person_id: int,
    now: datetime,
) -> int:
    """Withdraw an own open appeal and return its version; the same again changes nothing.

    Those who joined are told, so that they can go on with an appeal of their own; nobody reads a
    quote from it any more. Raises Refusal
    for anybody else's appeal, and where it has changed since the person saw it.

    Key: (appeal, expected version).
    """
    appeal = rows.find_appeal(connection, appeal_id)
    if appeal is None or appeal["person_id"] != person_id:
        raise Refusal(N_("There is no such appeal."))
    done = appeal_changes.event_at(connection, appeal_id, expected_version + 1)
    if done is not None and (done["kind"], done["actor"]) != (
        AppealEvent.WITHDRAWN.value,
        person_id,
    ):
        # Who of the staff was first is nobody's business here.
        raise Refusal(N_("This appeal has changed meanwhile. Please open it again."))
    if done is None and AppealStatus(appeal["status"]) not in OPEN:
        raise Refusal(N_("This appeal is not open any more."))
    wanted = Change(AppealEvent.WITHDRAWN, {"ended_at": now}, notice={})
    version = change(connection, appeal, expected_version, person_id, wanted, now)
    withdraw_quote(connection, appeal_id, now)
    return version
