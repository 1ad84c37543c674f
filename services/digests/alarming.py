"""Alarming the administrators where a digest has not arrived: once for each digest."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.appeals.recipients import administrators
from services.delivery.quiet_hours import is_quiet
from services.digests.channel import Trouble
from storage import digest_delivery as rows
from storage.outbox import tell

KIND = "digest_stuck"
PATIENCE = timedelta(minutes=30)
NAMED = 10  # digests in one alarm; of more it says how many
_LOOKING_BACK = timedelta(days=3)


def stuck_digests(connection: Connection, now: datetime) -> frozenset[int]:
    """Return the ids of the digests that have not arrived after 30 minutes; none at night."""
    if is_quiet(now):
        return frozenset()
    return frozenset(row["id"] for row in _stuck(connection, now))


def alarm_administrators(connection: Connection, ids: Collection[int], now: datetime) -> int:
    """Tell the administrators together of those of these digests that are stuck; how many.

    Somebody who blocked the bot is told of once a day, however many digests that day has.

    Key: digest, by the moment of its alarm.
    """
    stuck = [row for row in _stuck(connection, now) if row["id"] in ids]
    told: list[RowMapping] = []
    for row in stuck:
        known = any(
            (row["person_id"], row["day"]) == (each["person_id"], each["day"]) for each in told
        ) or rows.was_alarmed(connection, row["person_id"], row["day"])
        if not (known and row["trouble"] == Trouble.BLOCKED):
            told.append(row)
    rows.note_alarmed(connection, [row["id"] for row in stuck], now)
    if told:
        payload = {
            "digests": [_said(row) for row in told[:NAMED]],
            "more": max(len(told) - NAMED, 0),
        }
        for person in administrators(connection):
            tell(connection, person, KIND, f"{KIND}:{told[0]['id']}:{person}", payload, now)
    return len(told)


def _stuck(connection: Connection, now: datetime) -> list[RowMapping]:
    return list(rows.stuck(connection, now - _LOOKING_BACK, now - PATIENCE))


def _said(row: RowMapping) -> dict[str, str]:
    """Return which official, what, since when and why: codes, never a person."""
    return {
        "official": row["official"],
        "period": row["period"],
        "day": row["day"].isoformat(),
        "since": row["composed_at"].isoformat(),
        "channel": row["channel"],
        "why": row["trouble"] or Trouble.WAITING.value,
    }
