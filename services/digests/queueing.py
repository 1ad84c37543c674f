"""Queueing each daily digest exactly once, and dropping what was not sent on its own day."""

from datetime import datetime, time
from functools import cache

from sqlalchemy import Connection

from services.clock import ALMATY, local
from services.digests.composing import answers_for_anything, compose_digest
from services.digests.due import NIGHT, USUAL, Due, due
from services.digests.facts import DigestFacts, to_payload
from services.digests.model import Period
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
    midnight = datetime.combine(local(now).date(), time(), ALMATY)
    rows.drop_stale(connection, KIND, midnight, now)

    @cache
    def answers(official: str) -> bool:
        return answers_for_anything(connection, official, now)

    @cache
    def composed(official: str, every_day: bool) -> DigestFacts:  # noqa: FBT001
        return compose_digest(connection, official, now, every_day=every_day)

    queued = 0
    for each in due_digests(connection, now):
        if queued == limit:
            break
        if answers(each.official):
            facts = to_payload(composed(each.official, each.every_day))
            queued += send_out(connection, each, KIND, facts, now)
    return queued
