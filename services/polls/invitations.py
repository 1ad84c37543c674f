"""Inviting people to answer a poll."""

from datetime import datetime

from sqlalchemy import Connection

from services.delivery.mailing import launch as start_mailing
from services.polls.payload import poll_payload
from services.polls.reading import find_poll

KIND = "poll"


def mailing_key(poll_id: int) -> str:
    """Return the natural key of the mailing that asks a poll's question."""
    return f"{KIND}:{poll_id}"


def begin_invitations(connection: Connection, poll_id: int, now: datetime) -> None:
    """Start inviting those whom the poll is for, in the transaction of its launch.

    Raises LookupError where there is no such poll.

    Key: poll.
    """
    found = find_poll(connection, poll_id)
    if found is None:
        raise LookupError(poll_id)
    start_mailing(
        connection,
        key=mailing_key(poll_id),
        kind=KIND,
        payload=poll_payload(found.poll),
        created_by=found.created_by,
        now=now,
        target=found.poll.target,
    )
