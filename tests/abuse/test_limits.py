"""Limits of one person and of all newcomers together: polite, and nothing typed is lost."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals import surge
from services.appeals.flood import DAY, HOUR, JOIN_LIMITS, next_possible
from services.appeals.joining import join_appeal
from services.refusal import Refusal
from storage.schema.delivery import outbox
from tests.abuse.conftest import NOW, come, draft, file
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN, JOINED, NEIGHBOUR

FEW = 5
FIRST = 9000
MINUTE = timedelta(minutes=1)


def alarms(connection: Connection) -> list[int]:
    """Return who was told of a surge."""
    wanted = sa.select(outbox.c.person_id).where(outbox.c.kind == surge.SURGE)
    return list(connection.execute(wanted).scalars())


@pytest.fixture
def crowd(connection: Connection) -> Iterator[Connection]:
    """Let as many newcomers have written within a minute as may."""
    with patch.object(surge, "MOST", FEW):
        for number in range(FEW):
            assert [] == alarms(connection)
            come(connection, FIRST + number, NOW - MINUTE)
            file(connection, FIRST + number, f"new {number}", NOW + timedelta(seconds=number))
        yield connection


def test_newcomers_wait_together(crowd: Connection) -> None:
    """The next newcomer is told when to press again, and can then."""
    come(crowd, 8000, NOW)
    with pytest.raises(Refusal, match="draft is kept") as refused:
        file(crowd, 8000, "late", NOW + timedelta(seconds=10))
    assert "12.03.2026, 10:01" == refused.value.parameters["time"]
    assert file(crowd, 8000, "late", NOW + 2 * MINUTE)


def test_nobody_else_waits(crowd: Connection) -> None:
    """Who joined earlier writes as ever, even who joined an hour ago."""
    come(crowd, 8000, NOW - HOUR)
    assert file(crowd, 8000, "earlier", NOW + timedelta(seconds=10))
    assert file(crowd, CITIZEN, "long ago", NOW + timedelta(seconds=10))


def test_administrators_are_told_once_an_hour(crowd: Connection) -> None:
    """However long it lasts, one message an hour says how many they are."""
    assert [ADMINISTRATOR] == alarms(crowd)
    for number in range(FEW):
        at = NOW + 3 * MINUTE + timedelta(seconds=11 * number)
        come(crowd, 7000 + number, at)
        file(crowd, 7000 + number, f"again {number}", at)
    assert [ADMINISTRATOR] == alarms(crowd)


def test_joining_has_its_limit(connection: Connection) -> None:
    """Ten in an hour; the eleventh is refused with the time, joining one again is not."""
    count, _span = JOIN_LIMITS[0]
    appeals = []
    for number in range(count + 1):
        come(connection, FIRST + number, JOINED)
        appeals.append(file(connection, FIRST + number, f"theirs {number}"))
    for number, appeal in enumerate(appeals[:count]):
        join_appeal(connection, appeal, NEIGHBOUR, draft(f"mine {number}"), NOW)
    with pytest.raises(Refusal, match="Nothing is lost"):
        join_appeal(connection, appeals[count], NEIGHBOUR, draft("eleventh"), NOW)
    join_appeal(connection, appeals[0], NEIGHBOUR, draft("again"), NOW)
    join_appeal(connection, appeals[count], NEIGHBOUR, draft("eleventh"), NOW + HOUR)


def test_limits_are_data() -> None:
    """What is possible next follows from the times and the limits alone."""
    times = [NOW - MINUTE * number for number in range(10)]
    assert times[9] + HOUR == next_possible(times, NOW, JOIN_LIMITS)
    assert next_possible(times[:9], NOW, JOIN_LIMITS) is None
    spread = [NOW - HOUR * number / 2 for number in range(30)]
    assert spread[29] + DAY == next_possible(spread, NOW, JOIN_LIMITS)
