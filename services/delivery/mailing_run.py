"""Carrying a mailing out: what became of each message, and when it has ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from services.campaigns.silence import silence_of
from services.delivery.mailing import END, Mailing, find_mailing, mailing_of
from services.delivery.mailing_control import stop_for_refusals
from services.delivery.outcome import TROUBLE, Outcome, Result
from services.delivery.persistence import MAILING_TRIES, must_stop
from services.delivery.quiet_hours import is_quiet
from services.delivery.report import tell_author
from services.people.person import became_unreachable
from storage import audience as readers
from storage import delivery as rows
from storage.delivery import DeliveryStatus, MailingStatus

_UNREACHABLE = frozenset({DeliveryStatus.BLOCKED, DeliveryStatus.GONE})
_FAILED = frozenset({DeliveryStatus.REFUSED, DeliveryStatus.UNCERTAIN, DeliveryStatus.GIVEN_UP})


def running(connection: Connection, now: datetime) -> list[Mailing]:
    """Return the mailings that may send now: not paused, not at night, not in the silence.

    The silence is that before a vote, see services.campaigns.silence (a query).
    """
    mailings = map(mailing_of, rows.mailings_with_status(connection, MailingStatus.RUNNING))
    awake = [mailing for mailing in mailings if mailing.at_night or not is_quiet(now)]
    return [mailing for mailing in awake if silence_of(connection, mailing, now) is None]


def waiting_again(connection: Connection, mailing_id: int) -> bool:
    """Tell whether a mailing has messages to send again (a query)."""
    return _any(connection, mailing_id, DeliveryStatus.AGAIN)


def record(
    connection: Connection, mailing_id: int, outcomes: Mapping[int, Outcome], now: datetime
) -> None:
    """Keep what became of messages, by person, and count it.

    Only messages that are being sent change, so a repetition does nothing. More than 1 %
    refusals in the first 200 messages stop the mailing and tell its author.

    Key: (mailing, person), by the status sending.
    """
    manner = rows.manner(connection, mailing_id)
    if manner is None:
        return
    repeat, trusted = manner
    attempts = rows.attempts_in_flight(connection, mailing_id, outcomes.keys())
    ends = {
        person: (_status(outcomes[person], tries, repeat=repeat), outcomes[person])
        for person, tries in attempts.items()
    }
    _end(connection, mailing_id, ends)
    for person, (status, _) in ends.items():
        if status in _UNREACHABLE:
            became_unreachable(connection, person, now)
    if _FAILED.intersection(status for status, _ in ends.values()):
        mailing = find_mailing(connection, mailing_id)
        if mailing and not trusted and must_stop(mailing.ended, mailing.failed):
            stop_for_refusals(connection, mailing, now)


def recover(connection: Connection, mailing_id: int) -> int:
    """Settle messages whose end is not known, for nothing of this mailing is in flight.

    They are sent again, or only counted where the mailing says so; returns how many.

    Key: (mailing, person), by the status sending.
    """
    row = rows.find_mailing(connection, mailing_id)
    lost = rows.deliveries_with_status(connection, mailing_id, DeliveryStatus.SENDING)
    if row is None or not lost:
        return 0
    if row["repeat_uncertain"] and row["status"] in {MailingStatus.RUNNING, MailingStatus.PAUSED}:
        rows.change_status(connection, mailing_id, DeliveryStatus.SENDING, DeliveryStatus.AGAIN)
    else:
        _end(connection, mailing_id, dict.fromkeys(lost, (DeliveryStatus.UNCERTAIN, None)))
    return len(lost)


def finish(connection: Connection, mailing_id: int, now: datetime) -> None:
    """End a mailing that went through its audience, tell its author once, forget recipients.

    Does nothing while messages of it are under way, or where it does not run.

    Key: mailing, by its status running.
    """
    if _any(connection, mailing_id, DeliveryStatus.SENDING):
        return
    if _any(connection, mailing_id, DeliveryStatus.AGAIN):
        return
    ended = rows.change_mailing(
        connection,
        mailing_id,
        {"status": MailingStatus.FINISHED.value, "finished_at": now, "cursor": END},
        status=MailingStatus.RUNNING.value,
    )
    row = rows.find_mailing(connection, mailing_id)
    if not ended or row is None:
        return
    tell_author(connection, mailing_of(row), now)
    if row["forget_recipients"]:
        rows.forget_recipients(connection, mailing_id)


def uncertain(connection: Connection, mailing_id: int, after: int, limit: int) -> Sequence[int]:
    """Return the next people beyond this id who may or may not have the message (a query)."""
    return rows.deliveries_with_status(
        connection, mailing_id, DeliveryStatus.UNCERTAIN, after=after, limit=limit
    )


def count_reachable(connection: Connection, mailing: Mailing) -> int:
    """Return how many people a mailing is for (a query)."""
    return readers.count(connection, mailing.audience)


def keep_reachable(connection: Connection, mailing_id: int, people: int) -> None:
    """Note how many people a mailing is for; the first count stays.

    Key: mailing, while it is not counted.
    """
    rows.change_mailing(connection, mailing_id, {"reachable": people}, reachable=None)


def _any(connection: Connection, mailing_id: int, status: DeliveryStatus) -> bool:
    return bool(rows.deliveries_with_status(connection, mailing_id, status, limit=1))


def _status(outcome: Outcome, attempts: int, *, repeat: bool) -> DeliveryStatus:
    if outcome.result not in TROUBLE:
        return DeliveryStatus(outcome.result.value)
    if outcome.result is Result.UNCERTAIN and not repeat:
        return DeliveryStatus.UNCERTAIN
    return DeliveryStatus.AGAIN if attempts < MAILING_TRIES else DeliveryStatus.GIVEN_UP


def _end(
    connection: Connection,
    mailing_id: int,
    ends: Mapping[int, tuple[DeliveryStatus, Outcome | None]],
) -> None:
    rows.end_deliveries(
        connection,
        mailing_id,
        [
            {
                "person": person,
                "result": status.value,
                "message": outcome.message_id if outcome else None,
                "others": list(outcome.other_ids) or None if outcome else None,
                "reason": outcome.reason if outcome else None,
            }
            for person, (status, outcome) in ends.items()
        ],
    )
