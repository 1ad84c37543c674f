"""Reminders of sessions, and what else participants are told."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from services.programmes import composing, form_building
from services.programmes.model import Programme, Session, programme_of
from services.programmes.reminding import remind_of_session, sessions_to_remind_of
from storage import programmes as rows
from storage.schema.delivery import outbox
from tests.programmes.conftest import (
    ADMINISTRATOR,
    FIRST_SESSION,
    NOW,
    PEOPLE,
    come,
    opened,
    plan,
)

A, B, C = PEOPLE[:3]
DAY_BEFORE, SHORTLY_BEFORE = FIRST_SESSION - timedelta(days=1), FIRST_SESSION - timedelta(hours=2)


def tick(connection: Connection, now: datetime) -> int:
    """Let the clock tick; return how many were reminded."""
    due = sessions_to_remind_of(connection, now)
    return sum(remind_of_session(connection, which, number, now) for which, number, _ in due)


def told(connection: Connection, kind: str) -> list[tuple[int, datetime]]:
    """Return who was told and not before when."""
    statement = sa.select(outbox.c.person_id, outbox.c.not_before).where(outbox.c.kind == kind)
    return [(row[0], row[1]) for row in connection.execute(statement.order_by(outbox.c.id))]


def fresh(connection: Connection, programme: Programme) -> Programme:
    """Return the programme as it is now, by opening its row anew."""
    row = rows.find_programme(connection, programme.id)
    assert row is not None
    return programme_of(row)


def test_twice_and_once_each(connection: Connection) -> None:
    """Who has a place is reminded a day and two hours before, once each; who waits is not."""
    programme = opened(connection)
    plan(connection, programme)
    for person in (A, B, C):
        come(connection, programme, person)
    moments = (
        DAY_BEFORE - timedelta(minutes=1),
        DAY_BEFORE,
        DAY_BEFORE + timedelta(minutes=1),
        SHORTLY_BEFORE,
        SHORTLY_BEFORE + timedelta(minutes=1),
        FIRST_SESSION,
    )
    assert [0, 2, 0, 2, 0, 0] == [tick(connection, moment) for moment in moments]
    assert {A, B} == {person for person, _when in told(connection, "programme_reminder")}


def test_never_at_night(connection: Connection) -> None:
    """A bot that was down in the evening says nothing until the morning."""
    programme = opened(connection)
    plan(connection, programme)
    come(connection, programme, A)
    night = DAY_BEFORE + timedelta(hours=4)  # 22:30
    assert [0, 1] == [tick(connection, night), tick(connection, night + timedelta(hours=11))]


def test_a_session_that_moves(connection: Connection) -> None:
    """Whoever has a place hears of the new time, by day, and is reminded of it."""
    programme = opened(connection)
    programme = plan(connection, programme)
    come(connection, programme, A)
    tick(connection, DAY_BEFORE)
    night = DAY_BEFORE + timedelta(hours=4)
    later = Session(
        1, FIRST_SESSION + timedelta(days=2), "Танысу", "Знакомство", "Кітапхана", "Библиотека"
    )
    seen = fresh(connection, programme).version
    form_building.put_session(connection, ADMINISTRATOR, programme.id, seen, later, night)
    assert [(A, night + timedelta(hours=10, minutes=30))] == told(connection, "programme_moved")
    assert [0, 1] == [
        tick(connection, SHORTLY_BEFORE),
        tick(connection, DAY_BEFORE + timedelta(days=2)),
    ]


def test_called_off(connection: Connection) -> None:
    """Everybody who takes part or waits is told why, once; nobody is reminded any more."""
    programme = opened(connection)
    plan(connection, programme)
    for person in (A, B, C):
        come(connection, programme, person)
    seen, reason = fresh(connection, programme).version, ("Ауа райы", "Погода")
    for _time in range(2):
        composing.call_off_programme(connection, ADMINISTRATOR, programme.id, seen, reason, NOW)
    assert [A, B, C] == [person for person, _when in told(connection, "programme_off")]
    assert 0 == tick(connection, DAY_BEFORE)
