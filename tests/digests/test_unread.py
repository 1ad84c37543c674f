"""An unread digest comes up once more after a working day, and before the secretary after two."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.digests.facts import UnreadDigest
from services.digests.model import Channel, Period
from services.digests.reading_proof import mark_read
from services.digests.unread import KIND, remind_of_unread, reminders_due, unread_for_secretary
from services.people.person import join
from storage import digest_delivery
from storage.people import grant_role
from storage.schema.organisation import absences
from storage.schema.people import roles
from tests.digests.conftest import DEPUTY, JOINED, WATER
from tests.digests.sent import at, letters, read, row, sent

SECRETARY, SECRETARYS_CODE = 204, "elestetov"


def secretary(connection: Connection, day: int) -> tuple[UnreadDigest, ...]:
    """Return what the secretary's digest says on a day of November."""
    return unread_for_secretary(connection, date(2026, 11, day))


@pytest.mark.parametrize(
    ("moment", "reminded"),
    [
        (at(21), 0),  # Saturday, 24 hours later
        (at(22), 0),
        (at(23, 8, 29), 0),
        (at(23), 1),  # Monday, the same hour
        (at(23, 20, 59), 1),
        (at(23, 21), 0),  # night
        (at(24, 5), 0),
        (at(24), 1),
    ],
)
def test_reminded_on_the_next_working_day(
    connection: Connection, moment: datetime, reminded: int
) -> None:
    """What came on Friday is brought up on Monday at the same hour, or later by daylight."""
    sent(connection, 20, delivered=at(20))

    assert bool(reminded) == reminders_due(connection, moment)
    assert reminded == remind_of_unread(connection, moment)


def test_reminded_once(connection: Connection) -> None:
    """Neither another look nor a clock that goes back and forth reminds again."""
    digest = sent(connection, 20, delivered=at(20))
    looks = (at(23), at(23, 8, 31), at(20, 9), at(23), at(24))

    assert [1, 0, 0, 0, 0] == [remind_of_unread(connection, look) for look in looks]
    (letter,) = letters(connection, KIND)
    assert (f"digest_unread:{digest}", WATER) == (letter["key"], letter["person_id"])
    assert at(23) == row(connection, digest)["reminded_at"]


def test_late_in_the_evening(connection: Connection) -> None:
    """What came after 21:00 is brought up in the morning, never at night."""
    sent(connection, 23, channel=Channel.EMAIL, delivered=at(23, 21, 2))

    assert [0, 0, 1] == [
        remind_of_unread(connection, moment) for moment in (at(24, 21, 2), at(25, 6), at(25))
    ]


def test_together(connection: Connection) -> None:
    """A daily and a weekly digest of one morning come up in one message."""
    daily = sent(connection, 23, delivered=at(23))
    weekly = sent(connection, 23, period=Period.WEEKLY, delivered=at(23, 8, 32))

    assert [0, 1] == [
        remind_of_unread(connection, moment) for moment in (at(23, 20), at(24, 8, 32))
    ]
    (letter,) = letters(connection, KIND)
    assert [daily, weekly] == [each["digest"] for each in letter["payload"]["digests"]]


def test_a_newer_one_was_read(connection: Connection) -> None:
    """Who has read a later digest of its kind is asked no more; an earlier one does not do."""
    earlier = sent(connection, 19, delivered=at(19))
    sent(connection, 20, delivered=at(20))
    read(connection, earlier, at(20))
    assert reminders_due(connection, at(23))
    later = sent(connection, 23, delivered=at(23))
    read(connection, later, at(23, 8, 31))

    assert not reminders_due(connection, at(23, 8, 32))
    assert not reminders_due(connection, at(24))
    assert () == secretary(connection, 25)


def test_read_in_time(connection: Connection) -> None:
    """«Танысым» ends it."""
    digest = sent(connection, 20, delivered=at(20))
    mark_read(connection, WATER, digest, at(20, 9))

    assert not reminders_due(connection, at(23))
    assert () == secretary(connection, 24)


def test_not_arrived(connection: Connection) -> None:
    """Nobody is asked about what has not come."""
    sent(connection, 20)

    assert not reminders_due(connection, at(23))
    assert () == secretary(connection, 25)


def test_away(connection: Connection) -> None:
    """Who is away is left in peace, and so is the secretary."""
    sent(connection, 20, delivered=at(20))
    away = {"official": "mysalbaev", "deputy": "nobaeva", "since": date(2026, 11, 23)}
    connection.execute(sa.insert(absences).values(**away, until=date(2026, 11, 26)))

    assert [False, False, True] == [
        reminders_due(connection, moment) for moment in (at(23), at(25), at(26))
    ]
    assert [0, 1] == [len(secretary(connection, day)) for day in (25, 26)]


def test_left(connection: Connection) -> None:
    """Who holds the account no more hears nothing of it, and nobody asks after them."""
    sent(connection, 20, delivered=at(20))
    gone = sa.update(roles).where(roles.c.person_id == WATER)
    connection.execute(gone.values(until=at(21)))

    assert not reminders_due(connection, at(23))
    assert () == secretary(connection, 25)


def test_after_two_working_days(connection: Connection) -> None:
    """Friday's digest stands in the secretary's from Tuesday on, until something is read."""
    for day in (20, 23, 24):
        digest = sent(connection, day, delivered=at(day))

    assert [(), (UnreadDigest("mysalbaev", date(2026, 11, 20)),)] == [
        secretary(connection, 23),
        secretary(connection, 24),
    ]
    assert (UnreadDigest("mysalbaev", date(2026, 11, 20)),) == secretary(connection, 25)
    read(connection, digest, at(25))
    assert () == secretary(connection, 25)


def test_what_came_in_the_afternoon(connection: Connection) -> None:
    """A digest that came late counts from the next working day on."""
    sent(connection, 20, delivered=at(20, 14))

    assert [0, 1] == [len(secretary(connection, day)) for day in (24, 25)]


def test_one_of_two_readers(connection: Connection) -> None:
    """Where one account has two readers each is reminded, and one who read is enough."""
    join(connection, DEPUTY, "Сынақ Көмекші", JOINED)
    grant_role(connection, DEPUTY, "official", "mysalbaev", JOINED)
    sent(connection, 20, delivered=at(20))
    others = sent(connection, 20, person=DEPUTY, delivered=at(20))

    assert 1 == len(secretary(connection, 24))
    read(connection, others, at(20, 10))
    assert () == secretary(connection, 24)
    assert 1 == remind_of_unread(connection, at(23))
    assert [WATER] == [letter["person_id"] for letter in letters(connection, KIND)]


def test_the_secretarys_own(connection: Connection) -> None:
    """The secretary is reminded like anybody, and not reported to themselves."""
    join(connection, SECRETARY, "Сынақ Хатшы", JOINED)
    grant_role(connection, SECRETARY, "official", SECRETARYS_CODE, JOINED)
    sent(connection, 20, person=SECRETARY, official=SECRETARYS_CODE, delivered=at(20))

    assert () == secretary(connection, 25)
    assert 1 == remind_of_unread(connection, at(23))


def test_old_ones_are_forgotten(connection: Connection) -> None:
    """After weeks without the bot nobody is reminded of what was three weeks ago."""
    sent(connection, 2, delivered=at(2))

    assert not reminders_due(connection, at(23))
    assert () == secretary(connection, 23)


def test_by_index(connection: Connection) -> None:
    """Looking each minute reads the days that may matter and no others."""
    seen: list[tuple[str, object]] = []
    sa.event.listen(
        connection,
        "before_cursor_execute",
        lambda _c, _k, statement, given, *_: seen.append((statement, given)),
    )
    today = date(2026, 11, 23)
    digest_delivery.unread(connection, today - timedelta(days=14), today)
    digest_delivery.on_their_way(connection, "email", today)
    digest_delivery.stuck(connection, at(20), at(23))
    for statement, given in tuple(seen):
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        (step,) = [step for *_, step in plan if " digests " in step]
        assert "ix_digests_day" in step or "ix_digests_unread (composed_at>? AND" in step
