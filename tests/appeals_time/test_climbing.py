"""A late appeal climbs from level to level, up to the Bureau, and each level has its time."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.extending import extend_appeal
from services.appeals.history import read_history
from services.appeals.ladder import give_stage
from services.appeals.model import AppealEvent
from services.appeals.reminding import remind
from services.appeals.stages import Stage
from storage.database import Database
from storage.schema.appeals import appeal_days, appeals, official_days
from storage.schema.organisation import offices
from tests.appeals_time.conftest import (
    ADMINISTRATOR,
    CENTRE,
    DISTRICT,
    DUE,
    OPERATOR,
    REGION,
    WATER,
    at,
    away,
    parts,
    register,
    row,
    settle,
)

THREE_AFTER, SIX_AFTER, NINE_AFTER = date(2026, 4, 7), date(2026, 4, 10), date(2026, 4, 15)
MAY = date(2026, 5, 29)
AT_THE_DISTRICT = ("district-615200", "ulgilenova", 0)
WAY = {
    THREE_AFTER: ("region-61", "synamaev", 1),
    SIX_AFTER: ("central", "qiyalbaev", 2),
    NINE_AFTER: ("central", "mysalbaev", 3),
}


def at_the_district(connection: Connection) -> int:
    """Register an appeal for which the head of a district's office answers."""
    appeal = register(connection)
    connection.execute(sa.update(appeals).values(official="ulgilenova"))
    return appeal


def climb(connection: Connection, appeal: int, first: date, last: date) -> dict[date, object]:
    """Let the clock remind on these days; where the appeal went, and when."""
    seen = _where(connection, appeal)
    found: dict[date, object] = {}
    for day in _days(first, last):
        remind(connection, at(day))
        if (now := _where(connection, appeal)) != seen:
            found[day] = seen = now
    return found


def _days(first: date, last: date) -> Iterator[date]:
    yield from (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _where(connection: Connection, appeal: int) -> tuple[object, ...]:
    seen = row(connection, appeal)
    return seen["office"], seen["official"], seen["level"]


def test_from_the_district_to_the_bureau(connection: Connection) -> None:
    """A level every three working days; the Bureau keeps it, the administrators hear of it."""
    appeal = at_the_district(connection)

    assert WAY == climb(connection, appeal, DUE, MAY)
    assert [
        (DISTRICT, "due"),
        (REGION, "late"),
        (REGION, "taken"),
        (CENTRE, "raised"),
        (DISTRICT, "moved"),
        (CENTRE, "taken"),
        (WATER, "raised"),
        (REGION, "moved"),
        (WATER, "taken"),
        (ADMINISTRATOR, "raised"),
        (CENTRE, "moved"),
        (ADMINISTRATOR, "top"),
    ] == parts(connection)


def test_each_step_is_in_the_history_and_in_the_numbers(connection: Connection) -> None:
    """Who got it and from whom; counted on its day, and for whoever was late."""
    appeal = at_the_district(connection)
    climb(connection, appeal, DUE, MAY)

    moments = read_history(connection, appeal, OPERATOR, MAY)
    steps = [each.details for each in moments if each.event is AppealEvent.ESCALATED]
    assert [
        (None, "synamaev", None),
        ("ulgilenova", "synamaev", 3),
        ("synamaev", "qiyalbaev", 6),
        ("qiyalbaev", "mysalbaev", 9),
    ] == [(step.get("from"), step["official"], step.get("stage")) for step in steps]
    counted = sa.select(appeal_days.c.day).where(appeal_days.c.escalated == 1)
    assert [*WAY] == list(connection.execute(counted.order_by("day")).scalars())
    late = sa.select(official_days.c.official).where(official_days.c.escalated == 1)
    assert {"ulgilenova", "synamaev", "qiyalbaev"} == set(connection.execute(late).scalars())


def test_who_gets_it_late_has_three_days_too(connection: Connection) -> None:
    """After a week without the bot it climbs one level, and the next one three days later."""
    appeal = at_the_district(connection)

    assert {
        date(2026, 4, 14): WAY[THREE_AFTER],
        date(2026, 4, 17): WAY[SIX_AFTER],
        date(2026, 4, 22): WAY[NINE_AFTER],
    } == climb(connection, appeal, date(2026, 4, 14), MAY)


def test_another_due_date_begins_anew_from_the_level_reached(connection: Connection) -> None:
    """An extension by the region gives the region its term; then the centre gets it."""
    appeal = at_the_district(connection)
    climb(connection, appeal, DUE, THREE_AFTER)
    until = date(2026, 4, 21)
    seen = row(connection, appeal)["version"]
    extend_appeal(connection, appeal, seen, REGION, until, "Құбыр күтілуде", at(THREE_AFTER, 12))

    assert {date(2026, 4, 24): WAY[SIX_AFTER], date(2026, 4, 29): WAY[NINE_AFTER]} == climb(
        connection, appeal, THREE_AFTER, MAY
    )


def test_nobody_gets_what_they_have_already(connection: Connection) -> None:
    """A level whose head is away and represented by the one below is passed over."""
    appeal = at_the_district(connection)
    away(connection, "synamaev", "ulgilenova", DUE, MAY)

    assert {
        THREE_AFTER: ("central", "qiyalbaev", 1),
        SIX_AFTER: ("central", "mysalbaev", 2),
    } == climb(connection, appeal, DUE, MAY)


def test_a_region_without_a_head_is_the_bureaus(connection: Connection) -> None:
    """As the offices say; from the Bureau it goes nowhere."""
    appeal = at_the_district(connection)
    connection.execute(sa.update(offices).where(offices.c.code == "region-61").values(head=None))

    assert {THREE_AFTER: ("region-61", "mysalbaev", 1)} == climb(connection, appeal, DUE, MAY)


def test_what_is_extended_at_this_very_moment_stays(connection: Connection) -> None:
    """A second process that has read the old due date passes nothing on."""
    appeal = at_the_district(connection)
    late = row(connection, appeal)
    version = late["version"]
    until = date(2026, 4, 21)
    extend_appeal(connection, appeal, version, DISTRICT, until, "Құбыр күтілуде", at(DUE, 12))
    now = at(THREE_AFTER)
    assert [] == give_stage(connection, late, Stage.THREE_AFTER, -3, now)
    # Nor does one that has read it before the other passed it on.
    connection.execute(sa.update(appeals).values(due_on=DUE))
    stale = row(connection, appeal)
    assert [] != give_stage(connection, stale, Stage.THREE_AFTER, -3, now)
    assert [] == give_stage(connection, stale, Stage.THREE_AFTER, -3, now)
    assert WAY[THREE_AFTER] == _where(connection, appeal)


async def test_two_at_once_climb_once(database: Database) -> None:
    """On SQLite and on PostgreSQL, at every level."""
    await database.write(settle)
    appeal = await database.write(at_the_district)

    for day, level in zip(WAY, (1, 2, 3), strict=True):
        told = await asyncio.gather(*(database.write(remind, at(day)) for _ in range(3)))
        assert 1 == max(told)
        assert level == (await database.read(row, appeal))["level"]
    assert WAY[NINE_AFTER] == await database.read(_where, appeal)
