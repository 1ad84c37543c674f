"""Each digest is queued exactly once, on working days from 08:30 on, and never for the past."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.digests.queueing import due_digests, queue_digests
from services.people.person import became_reachable, became_unreachable, join
from storage.database import Database
from storage.people import grant_role
from storage.schema.delivery import outbox
from storage.schema.organisation import calendar_overrides
from tests.digests.conftest import DEPUTY, UTILITIES, WATER, settle, settled

# Thursday 12 March 2026, 08:30 in Asia/Almaty; Monday 9 March was a day off.
MORNING = datetime(2026, 3, 12, 3, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def keys(connection: Connection) -> list[str]:
    """Return the keys of what is queued."""
    return list(connection.execute(sa.select(outbox.c.key).order_by(outbox.c.id)).scalars())


def test_not_before_half_past_eight(connection: Connection) -> None:
    """A minute early nothing is due."""
    assert 0 == queue_digests(connection, MORNING - MINUTE)
    assert 2 == queue_digests(connection, MORNING)
    assert [
        f"digest:mysalbaev:daily:2026-03-12:{WATER}",
        f"digest:nobaeva:daily:2026-03-12:{UTILITIES}",
    ] == keys(connection)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 14, 4, tzinfo=UTC),  # Saturday
        datetime(2026, 3, 9, 4, tzinfo=UTC),  # a day off for Sunday 8 March
        datetime(2026, 3, 23, 4, tzinfo=UTC),  # Nauryz
        datetime(2026, 3, 12, 16, tzinfo=UTC),  # 21:00: night
    ],
)
def test_not_on_days_off_and_not_at_night(connection: Connection, moment: datetime) -> None:
    """Nobody is disturbed when they are not at work."""
    assert 0 == queue_digests(connection, moment)


def test_a_working_saturday_of_the_override_table(connection: Connection) -> None:
    """A transfer of the ministry makes a Saturday a day of digests."""
    connection.execute(
        sa.insert(calendar_overrides).values(
            day=datetime(2026, 3, 14, tzinfo=UTC).date(),
            working=True,
            reason_kk="Ауыстыру",
            reason_ru="Перенос",
        )
    )

    assert 2 == queue_digests(connection, datetime(2026, 3, 14, 4, tzinfo=UTC))


def test_missed_while_down_is_sent_once_on_return(connection: Connection) -> None:
    """The same day at noon it is still worth reading."""
    assert 2 == queue_digests(connection, MORNING + timedelta(hours=4))
    assert 0 == queue_digests(connection, MORNING + timedelta(hours=5))


def test_a_past_day_is_never_made_up_for(connection: Connection) -> None:
    """A jump of a week brings one digest, that of the day."""
    queue_digests(connection, MORNING)
    queue_digests(connection, MORNING + timedelta(days=7))

    assert ["2026-03-12", "2026-03-12", "2026-03-19", "2026-03-19"] == [
        key.split(":")[3] for key in keys(connection)
    ]


def test_what_was_not_sent_on_its_day_is_given_up(connection: Connection) -> None:
    """A sender that was down over night does not bring yesterday's digest."""
    queue_digests(connection, MORNING)
    queue_digests(connection, MORNING + timedelta(hours=18))

    statuses = connection.execute(sa.select(outbox.c.status)).scalars().all()
    assert ["given_up", "given_up"] == statuses


def test_each_holder_of_an_account_reads_it(connection: Connection) -> None:
    """Two people who act for one official each get their own."""
    join(connection, DEPUTY, "Орынбасар", MORNING - timedelta(days=3))
    grant_role(connection, DEPUTY, "official", "mysalbaev", MORNING - timedelta(days=3))

    assert {WATER, UTILITIES, DEPUTY} == {
        due.person_id for due in due_digests(connection, MORNING)
    }


def test_who_became_an_official_today_begins_tomorrow(connection: Connection) -> None:
    """An invitation accepted at noon brings no digest of this morning."""
    grant_role(connection, 101, "official", "ulgibaev", MORNING + timedelta(hours=4))

    assert 101 not in {
        due.person_id for due in due_digests(connection, MORNING + timedelta(hours=5))
    }
    assert 101 in {due.person_id for due in due_digests(connection, MORNING + timedelta(days=1))}


def test_who_is_another_official_since_noon_begins_tomorrow(connection: Connection) -> None:
    """An account that moves brings no second digest on its day."""
    noon, later = MORNING + timedelta(hours=4), MORNING + timedelta(hours=5)
    assert 2 == queue_digests(connection, MORNING)
    for moment in (noon, later):
        grant_role(connection, WATER, "official", "ulgibaev", moment)

    assert () == tuple(due_digests(connection, later))
    tomorrow = due_digests(connection, MORNING + timedelta(days=1))
    assert ["ulgibaev"] == [due.official for due in tomorrow if due.person_id == WATER]


def test_who_blocked_the_bot_gets_it_on_return(connection: Connection) -> None:
    """Nothing is written to somebody who cannot be reached; the same day it is made up for."""
    became_unreachable(connection, WATER, MORNING - MINUTE)
    assert 1 == queue_digests(connection, MORNING)
    became_reachable(connection, WATER)

    assert 1 == queue_digests(connection, MORNING + timedelta(hours=1))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 60 * 24 * 12), min_size=1, max_size=40))
def test_whatever_the_restarts_each_day_has_one(minutes: list[int]) -> None:
    """Ticks at any minutes of twelve days, repeated and out of order, queue one a day at most."""
    moments = [MORNING + minute * MINUTE for minute in minutes]
    with settled() as connection:
        for moment in moments:
            queue_digests(connection, moment)
        found = keys(connection)
    working = {
        (moment + timedelta(hours=5)).strftime("%Y-%m-%d")
        for moment in moments
        if _is_office_time(moment)
    }

    assert len(set(found)) == len(found)
    assert {key.split(":")[3] for key in found} == working


def _is_office_time(moment: datetime) -> bool:
    """Recount by hand: 12 to 24 March 2026 without the weekends and Nauryz (21 to 25 March)."""
    here = moment + timedelta(hours=5)
    off = {14, 15, 21, 22, 23, 24, 25}
    return here.day not in off and (8, 30) <= (here.hour, here.minute) < (21, 0)


async def test_once_on_both_databases(database: Database) -> None:
    """Two processes that tick at once queue it once, on SQLite and on PostgreSQL."""
    await database.write(settle)

    assert [2, 0, 0] == [await database.write(queue_digests, MORNING) for _ in range(3)]
