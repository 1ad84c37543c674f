"""Taking a mailing back: what arrived is deleted, where Telegram still allows that.

A bot may delete its messages of the last 48 hours (https://core.telegram.org/bots/api#deletemessage).
Who has read the message has read it; a message that Telegram refuses to delete stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.delivery.mailing import Mailing, find_mailing, mailing_of
from services.delivery.progress import progress_anew
from services.delivery.report import tell_author
from services.delivery.territory import require_mailing
from services.news.channel import recall_copy
from services.news.model import PostStatus
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import delivery as rows
from storage import recall as messages
from storage.delivery import DeliveryStatus, MailingStatus
from storage.news import change_post

DELETABLE = timedelta(hours=48)

_BEFORE = (
    MailingStatus.RUNNING,
    MailingStatus.PAUSED,
    MailingStatus.FINISHED,
    MailingStatus.CANCELLED,
)
_ENDED = frozenset({MailingStatus.FINISHED, MailingStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class Arrived:
    """The messages of one delivery; an album is several."""

    person_id: int
    message_id: int
    other_ids: tuple[int, ...] = ()


def found(connection: Connection, mailing_id: int) -> Mailing:
    """Return the mailing as it is now; raises Refusal where there is none."""
    mailing = find_mailing(connection, mailing_id)
    if mailing is None:
        raise Refusal(N_("There is no such mailing."))
    return mailing


def recall_mailing(
    connection: Connection, person_id: int, mailing_id: int, version: int, now: datetime
) -> Mailing:
    """Send no more of the mailing, let what arrived be deleted, hide its post; return it.

    The natural key is (mailing, version): a repeated or late press changes nothing. Raises
    Refusal for anybody but operators and administrators, where there is no such mailing, and
    where nothing can be deleted: the last message is older than 48 hours, or nobody knows any
    more whom it went to.

    Key: (mailing, version).
    """
    row = _within_reach(connection, person_id, mailing_id)
    mailing = mailing_of(row)
    if mailing.version != version or mailing.status not in _BEFORE:
        return mailing
    _check(mailing, now)
    changed = rows.change_mailing(
        connection,
        mailing_id,
        {
            "status": MailingStatus.RECALLING.value,
            "pause_reason": None,
            "finished_at": mailing.finished_at or now,
            "version": version + 1,
        }
        | progress_anew(row),
        status=mailing.status.value,
        version=version,
    )
    if changed:
        what, case, key = Deed.RECALL_MAILING, f"mailing:{mailing_id}", f"v{version + 1}"
        record(connection, who=person_id, what=what, on=case, now=now, key=key)
    if changed and (post := mailing.payload.get("post")) is not None:
        out = (PostStatus.PUBLISHED.value, PostStatus.PLANNED.value)
        change_post(connection, post, {"status": PostStatus.RECALLED.value}, *out)
        recall_copy(connection, post)
    return found(connection, mailing_id)


def ask_recall(connection: Connection, person_id: int, mailing_id: int, now: datetime) -> Mailing:
    """Return the mailing that somebody thinks of taking back; raises as `recall_mailing` does."""
    mailing = mailing_of(_within_reach(connection, person_id, mailing_id))
    if mailing.status in _BEFORE:
        _check(mailing, now)
    return mailing


def may_recall(mailing: Mailing, now: datetime) -> bool:
    """Tell whether it is of use to ask for any message of the mailing to be deleted."""
    return mailing.status in _BEFORE and mailing.delivered > 0 and not too_late(mailing, now)


def too_late(mailing: Mailing, now: datetime) -> bool:
    """Tell whether even the last message is older than Telegram lets messages be deleted."""
    return mailing.finished_at is not None and now - mailing.finished_at > DELETABLE


def partly_late(mailing: Mailing, now: datetime) -> bool:
    """Tell whether the first messages may be too old by now."""
    return now - mailing.started_at > DELETABLE


def recalling(connection: Connection) -> list[Mailing]:
    """Return the mailings that are being taken back (a query)."""
    return [
        mailing_of(row) for row in rows.mailings_with_status(connection, MailingStatus.RECALLING)
    ]


def leave_waiting(connection: Connection, mailing_id: int) -> int:
    """Send no message again that waits for it, for it may have arrived; return how many.

    Key: (mailing, person), by the status again.
    """
    return messages.leave_waiting(connection, mailing_id)


def still_arrived(
    connection: Connection, mailing_id: int, after: int, limit: int
) -> list[Arrived]:
    """Return what is to be deleted next, of the people beyond this id (a query)."""
    return [_arrived(row) for row in messages.arrived(connection, mailing_id, after, limit)]


def record_recall(
    connection: Connection, mailing_id: int, ends: Mapping[int, DeliveryStatus]
) -> None:
    """Keep by person whose message was deleted and whose stays.

    Only messages that had arrived change, so a repetition does nothing.

    Key: (mailing, person), by the status delivered.
    """
    messages.take_back(connection, mailing_id, ends)


def end_recall(connection: Connection, mailing_id: int, now: datetime) -> None:
    """End the recall once nothing is left to delete, and tell the author; what is too old stays.

    Key: mailing, by its status recalling.
    """
    row = rows.find_mailing(connection, mailing_id)
    if row is None or row["status"] != MailingStatus.RECALLING:
        return
    if too_late(mailing_of(row), now):
        rows.change_status(connection, mailing_id, DeliveryStatus.DELIVERED, DeliveryStatus.STAYED)
    if messages.arrived(connection, mailing_id, 0, 1):
        return
    rows.change_mailing(
        connection,
        mailing_id,
        {"status": MailingStatus.RECALLED.value},
        status=MailingStatus.RECALLING.value,
    )
    tell_author(connection, found(connection, mailing_id), now)
    if row["forget_recipients"]:
        rows.forget_recipients(connection, mailing_id)


def _within_reach(connection: Connection, person_id: int, mailing_id: int) -> RowMapping:
    reached = authorise(connection, person_id, Deed.RECALL_MAILING)
    row = rows.find_mailing(connection, mailing_id)
    if row is None:
        raise Refusal(N_("There is no such mailing."))
    require_mailing(reached, row, person_id)
    return row


def _check(mailing: Mailing, now: datetime) -> None:
    if mailing.forgets and mailing.status in _ENDED:
        raise Refusal(
            N_(
                "This mailing cannot be taken back: for the sake of secrecy, "
                "the list of whom it went to was erased at its end."
            )
        )
    if too_late(mailing, now):
        raise Refusal(
            N_(
                "This mailing cannot be taken back: Telegram lets a bot delete "
                "messages of the last 48 hours only."
            )
        )


def _arrived(row: RowMapping) -> Arrived:
    return Arrived(row["person_id"], row["message_id"], tuple(row["other_ids"] or ()))
