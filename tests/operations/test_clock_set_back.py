"""Letters that were queued while the clock was ahead, after it was set back."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.letters import any_due, claim_letters, follow_clock, record_letter
from services.delivery.outcome import Outcome, Result
from services.delivery.persistence import LETTER_DELAYS
from storage.database import Database
from storage.outbox import tell
from storage.schema.delivery import outbox

AHEAD = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
NOW = AHEAD - timedelta(days=1)
NIGHT = timedelta(hours=11)
REPORT = {"mailing": 1, "status": "finished", "delivered": 0, "blocked": 0, "failed": 0}


def queue(connection: Connection, moment: datetime, wait: timedelta = timedelta()) -> None:
    """Queue a letter to be sent after a wait."""
    key = f"report:{moment.isoformat()}"
    tell(connection, 7, "mailing_report", key, REPORT, moment, not_before=moment + wait)


def not_before(connection: Connection) -> list[datetime]:
    """Return when each letter may go."""
    return list(connection.scalars(sa.select(outbox.c.not_before).order_by(outbox.c.id)))


async def test_a_letter_does_not_wait_for_the_old_time(database: Database) -> None:
    """What was to go at once goes at once, though its moment lies a day ahead."""
    await database.write(queue, AHEAD)
    assert not await database.read(any_due, NOW)
    assert 1 == await database.write(follow_clock, NOW)
    assert await database.read(any_due, NOW)


async def test_a_letter_for_the_morning_still_waits_so_long(database: Database) -> None:
    """A letter that was to rest for a night rests for a night, and not for a day more."""
    await database.write(queue, AHEAD, NIGHT)
    await database.write(follow_clock, NOW)
    assert [NOW + NIGHT] == await database.read(not_before)


@pytest.mark.parametrize("tries", [1, 5, len(LETTER_DELAYS)])
async def test_the_next_try_is_no_further_away(database: Database, tries: int) -> None:
    """A letter in trouble is tried again after its usual pause."""
    await database.write(queue, AHEAD)
    moment = AHEAD
    for _ in range(tries):
        letter = (await database.write(claim_letters, moment, 1))[0]
        await database.write(record_letter, letter.id, Outcome(Result.UNSENT), moment)
        moment = (await database.read(not_before))[0]
    now = moment - LETTER_DELAYS[tries - 1] - timedelta(days=1)
    await database.write(follow_clock, now)
    assert [now + LETTER_DELAYS[tries - 1]] == await database.read(not_before)


async def test_a_clock_that_is_right_changes_nothing(database: Database) -> None:
    """Neither a letter for later nor one of a process whose clock is a little ahead is touched."""
    await database.write(queue, AHEAD, NIGHT)
    await database.write(queue, AHEAD + timedelta(seconds=30))
    before = await database.read(not_before)
    assert 0 == await database.write(follow_clock, AHEAD)
    assert before == await database.read(not_before)
