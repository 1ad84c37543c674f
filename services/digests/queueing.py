"""Queueing each daily digest exactly once, and dropping what was not sent on its own day."""

from datetime import datetime, time
from functools import cache

from sqlalchemy import Connection

from services.digests.composing import compose_if_any
from services.digests.due import NIGHT, USUAL, Due, due, midnight
from services.digests.facts import DigestFacts, to_payload
from services.digests.model import Period
from services.digests.morning import read_morning
from services.digests.outgoing import send_out
from storage import digests as rows

__all__ = ["KIND", "MORNING", "NIGHT", "Due", "due_digests", "queue_digests"]

KIND = "digest"
MORNING = time(*divmod(USUAL, 60))
# Composed in one transaction; others wait for its end.
BATCH = 20


def due_digests(connection: Connection, now: datetime) -> tuple[Due, ...]:
    """Return the daily digests to queue at this moment, by official and reader."""
    return due(connection, now, Period.DAILY)


def queue_digests(connection: Connection, now: datetime, limit: int | None = None) -> int:
    """Queue what is due, at most `limit`, and drop what was not sent on its own day.

    Returns how many are new. Who answers for nothing gets none until they do.

    Key: (official, period, day, reader).
    """
    rows.drop_stale(connection, KIND, midnight(now), now)

    waiting = due_digests(connection, now)
    if not waiting:
        return 0
    morning = read_morning(connection, now)

    @cache
    def composed(official: str, every_day: bool) -> DigestFacts | None:  # noqa: FBT001
        return compose_if_any(connection, official, morning, every_day=every_day)

    queued = 0
    for each in waiting:
        if queued == limit:
            break
        facts = composed(each.official, each.every_day)
        if facts is not None:
            queued += send_out(connection, each, KIND, to_payload(facts), now)
    return queued
