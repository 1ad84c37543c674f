"""How far mailings have come: which message shows it to an author, and when it will be over."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.campaigns.silence import with_silence
from services.clock import local
from services.delivery.mailing import Mailing, mailing_of
from services.delivery.quiet_hours import EVENING, is_quiet, next_morning
from storage import delivery as rows
from storage.delivery import MailingStatus

_SHORT = timedelta(minutes=1)


def to_show(connection: Connection, now: datetime) -> list[Mailing]:
    """Return mailings whose author does not yet see their end (a query)."""
    mailings = [mailing_of(row) for row in rows.mailings_to_show(connection)]
    return with_silence(connection, mailings, now)


def keep_progress_message(connection: Connection, mailing_id: int, message_id: int) -> None:
    """Remember the message in which progress is shown. Key: mailing; the last message stands."""
    rows.change_mailing(connection, mailing_id, {"progress_message_id": message_id})


def end_progress(connection: Connection, mailing_id: int) -> None:
    """Note that the author sees the end. Key: mailing."""
    rows.change_mailing(connection, mailing_id, {"progress_done": True})


def progress_anew(row: RowMapping) -> dict[str, Any]:
    """Return what shows an author in a new message how a mailing goes whose end they saw."""
    return {"progress_done": False, "progress_message_id": None} if row["progress_done"] else {}


def left(mailing: Mailing) -> int | None:
    """Return how many messages are still to be sent or taken back; None where nobody knows."""
    if mailing.status is MailingStatus.RECALLING:
        return max(0, mailing.delivered - mailing.recalled)
    if mailing.status is not MailingStatus.RUNNING or mailing.reachable is None:
        return None
    return max(0, mailing.reachable - mailing.ended)


def ends_at(mailing: Mailing, per_second: float, now: datetime) -> datetime | None:
    """Return about when the work is over at this pace, with the silent nights in between.

    None where less than a minute of work is left, or nobody knows how much, and in the silence
    before a vote.
    """
    work = timedelta(seconds=(left(mailing) or 0) / per_second)
    if work < _SHORT or mailing.silent_until is not None:
        return None
    if mailing.at_night or mailing.status is MailingStatus.RECALLING:
        return now + work
    moment = next_morning(now) if is_quiet(now) else now
    while work > (day := _evening(moment) - moment):
        work -= day
        moment = next_morning(_evening(moment))
    return moment + work


def _evening(moment: datetime) -> datetime:
    here = local(moment)
    return datetime.combine(here.date(), EVENING, here.tzinfo)
