"""Personal messages out of the outbox: which to send now, and what became of each.

At least once: a message whose end is not known, because the bot was killed or Telegram did not
answer, is sent again. So a person may get one twice, and at most as many as were in flight.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.delivery.outcome import TROUBLE, UNREACHABLE, Outcome, Result
from services.delivery.persistence import ORDERED_TRIES, letter_delay
from services.language import Language
from services.people.letters_of_work import LETTERS_OF_WORK
from services.people.person import became_unreachable
from storage import outbox as rows
from storage.outbox import OutboxStatus
from storage.staff import has_left

CLOCKS_DIFFER = timedelta(minutes=1)  # between processes; beyond that a clock was set back

_ENDS = {
    Result.DELIVERED: OutboxStatus.DELIVERED,
    Result.BLOCKED: OutboxStatus.BLOCKED,
    Result.GONE: OutboxStatus.GONE,
    Result.REFUSED: OutboxStatus.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message for one person; kind names its renderer, payload is what it tells."""

    id: int
    person_id: int
    kind: str
    payload: Mapping[str, Any]
    language: Language


def any_due(connection: Connection, now: datetime) -> bool:
    """Tell whether anybody must be told something now (a query)."""
    return bool(rows.due(connection, now, ORDERED_TRIES, 1))


def claim_letters(connection: Connection, now: datetime, limit: int) -> list[Letter]:
    """Mark up to `limit` messages as being sent and return them, at most one for a person.

    What is about work goes to nobody who has left the staff: it is taken back.

    Key: message, by its status waiting.
    """
    return [
        Letter(
            row["id"],
            row["person_id"],
            row["kind"],
            row["payload"],
            Language(row["language"] or Language.KAZAKH),
        )
        for row in rows.due(connection, now, ORDERED_TRIES, limit)
        if _still_meant(connection, row) and rows.take(connection, row["id"])
    ]


def _still_meant(connection: Connection, row: RowMapping) -> bool:
    """Tell whether its reader is still to read it; else take back all of that kind."""
    kind, reader = row["kind"], row["person_id"]
    if kind not in LETTERS_OF_WORK or not has_left(connection, reader):
        return True
    rows.drop_waiting(connection, reader, {kind})
    return False


def record_letter(connection: Connection, letter_id: int, outcome: Outcome, now: datetime) -> None:
    """Keep what became of a message; one in trouble waits for its next try or is given up.

    Only a message that is being sent changes, so a repetition does nothing.

    Key: message, by its status sending.
    """
    letter = rows.find(connection, letter_id)
    if letter is None or letter["status"] != OutboxStatus.SENDING:
        return
    values: dict[str, Any] = {"error": outcome.reason}
    delay = letter_delay(letter["attempts"]) if outcome.result in TROUBLE else None
    if delay is not None:
        values |= {"status": OutboxStatus.WAITING.value, "not_before": now + delay}
    else:
        status = _ENDS.get(outcome.result, OutboxStatus.GIVEN_UP)
        values |= {
            "status": status.value,
            "message_id": outcome.message_id,
            "ended_at": now,
        }
    rows.change(connection, letter_id, values)
    if outcome.result in UNREACHABLE:
        became_unreachable(connection, letter["person_id"], now)


def follow_clock(connection: Connection, now: datetime) -> int:
    """Let no message wait longer because the clock was set back; return how many would have.

    One that was queued later than now begins its wait now, however long that was meant to be; the
    next try of one in trouble is no further away than it was when the last one failed.

    Key: message, by its moments later than now.
    """
    moved = 0
    for row in rows.ahead(connection, now):
        values = _moments(row, now)
        moved += bool(values) and rows.reschedule(connection, row["id"], values)
    return moved


def _moments(row: RowMapping, now: datetime) -> dict[str, datetime]:
    """Return when a message is to be sent where its moments are those of a clock set back."""
    if row["attempts"]:
        latest = now + (letter_delay(row["attempts"]) or timedelta())
        return {"not_before": latest} if row["not_before"] > latest + CLOCKS_DIFFER else {}
    if row["queued_at"] <= now + CLOCKS_DIFFER:
        return {}
    return {"queued_at": now, "not_before": now + (row["not_before"] - row["queued_at"])}


def recover_letters(connection: Connection, in_flight: Collection[int] = ()) -> int:
    """Let messages of unknown end, save those in flight, be sent again; return how many.

    Key: message, by its status sending.
    """
    return rows.put_back(connection, in_flight)
