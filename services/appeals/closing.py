"""What becomes of an answered appeal by the clock: a reminder, the closing, a promise checked.

- Seven days after an answer (or a refusal to deal with it) the appeal is closed: as confirmed
  where the citizen said so, as unconfirmed where nobody said anything.
- Two days before, the citizen is asked once more.
- An answer that promised something is checked 28 days after it, or on the promised day where that
  is later: the citizen is asked whether it was done.

All of that only by day, from 09:00 to 21:00, and each exactly once.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change
from services.appeals.model import AppealEvent, AppealStatus, Outcome
from services.clock import local_date
from services.delivery.quiet_hours import is_quiet
from services.refusal import Refusal
from storage import appeal_closing as rows
from storage.outbox import tell

SILENCE = timedelta(days=7)
REMINDED_BEFORE = timedelta(days=2)
RECHECK = timedelta(days=28)
BATCH = 200
REMINDER = "silence_reminder"

_OUTCOMES = {
    AppealStatus.ANSWERED: Outcome.UNCONFIRMED,
    AppealStatus.CONFIRMED: Outcome.CONFIRMED,
    AppealStatus.DECLINED: Outcome.DECLINED,
}
_ENDED = (AppealStatus.CONFIRMED.value, AppealStatus.CLOSED.value)


def closing_day(answered: date) -> date:
    """Return the day on which silence closes what was answered or declined on that day."""
    return answered + SILENCE


def recheck_day(answered: date, promised: date) -> date:
    """Return the day on which the citizen is asked whether the promise was kept."""
    return max(answered + RECHECK, promised)


def close_silent(connection: Connection, now: datetime, limit: int = BATCH) -> int:
    """Close what has been silent long enough; return how many, at most `limit`.

    Key: (appeal, expected version).
    """
    if is_quiet(now):
        return 0
    today, closed = local_date(now), 0
    for appeal in rows.due_to_close(connection, [*_OUTCOMES], today, limit):
        outcome = _OUTCOMES[AppealStatus(appeal["status"])]
        with suppress(Refusal):  # somebody was faster
            _close(connection, appeal, outcome, now)
            closed += 1
    return closed


def remind_of_silence(connection: Connection, now: datetime, limit: int = BATCH) -> int:
    """Ask once more where an answer stands without a word; return how many, at most `limit`.

    Key: (appeal, closing day).
    """
    if is_quiet(now):
        return 0
    today = local_date(now)
    first, last = today + timedelta(days=1), today + REMINDED_BEFORE
    found = rows.silent(connection, AppealStatus.ANSWERED.value, first, last, limit)
    for appeal in found:
        closes_on: date = appeal["closes_on"]
        rows.note_silence(connection, appeal["id"], closes_on, now)
        if appeal["person_id"] is not None:
            payload = {
                "appeal": appeal["id"],
                "number": appeal["number"],
                "topic": appeal["topic"],
                "version": rows.decision(connection, appeal["id"]),
                "closes_on": closes_on.isoformat(),
            }
            key = f"silence:{appeal['id']}:{closes_on.isoformat()}"
            tell(connection, appeal["person_id"], REMINDER, key, payload, now)
    return len(found)


def ask_about_promises(connection: Connection, now: datetime, limit: int = BATCH) -> int:
    """Ask citizens whether what an answer promised was done; return how many, at most `limit`.

    Key: (appeal, expected version).
    """
    if is_quiet(now):
        return 0
    asked = 0
    for appeal in rows.promises_due(connection, _ENDED, local_date(now), limit):
        decision = rows.decision(connection, appeal["id"])
        wanted = Change(
            AppealEvent.RECHECKED,
            {"recheck_on": None},
            {"asked": True},
            {"decision": decision, "answer": appeal["answer"]},
        )
        with suppress(Refusal):
            change(connection, appeal, appeal["version"], None, wanted, now)
            asked += 1
    return asked


def _close(connection: Connection, appeal: RowMapping, outcome: Outcome, now: datetime) -> None:
    wanted = Change(
        AppealEvent.CLOSED,
        {"outcome": outcome.value, "ended_at": now, "closes_on": None},
        {"outcome": outcome.value},
        {
            "outcome": outcome.value,
            "decision": rows.decision(connection, appeal["id"]),
            "rating": appeal["rating"],
        },
    )
    change(connection, appeal, appeal["version"], None, wanted, now)
