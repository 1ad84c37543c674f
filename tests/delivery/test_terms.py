"""On what terms a mailing goes: when it begins, for whom, how often in a week, at what price."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from sandbox.server import Fault, FaultKind, Limits
from services.delivery.cost import messages_each, stars_for
from services.delivery.mailing_run import uncertain
from services.delivery.policy import USUAL
from storage.database import Database
from storage.delivery import weekly_count
from storage.schema.delivery import deliveries, mailings
from storage.schema.people import people
from tests.delivery.stage import FIRST, MORNING, Stage, add_people
from tests.delivery.test_mailing import start_mailing


async def join(db: Database, ids: Sequence[int], moment: datetime = MORNING) -> None:
    """Let people join at a moment."""

    def settle(connection: sa.Connection) -> None:
        add_people(connection, ids)
        changed = sa.update(people).where(people.c.id.in_(ids)).values(joined_at=moment)
        connection.execute(changed)

    await db.write(settle)


async def statuses(stage: Stage, mailing: int) -> dict[int, str]:
    """Return how far the message of a mailing is, by person counted from the first."""

    def read(connection: sa.Connection) -> dict[int, str]:
        rows = connection.execute(
            sa.select(deliveries.c.person_id, deliveries.c.status).where(
                deliveries.c.mailing_id == mailing
            )
        )
        return {row.person_id - FIRST: row.status for row in rows}

    return await stage.db.read(read)


def written_to(stage: Stage) -> list[int]:
    """Return to whom messages were sent, in their order, counted from the first."""
    return [
        int(call.chat_id) - FIRST
        for call in stage.sandbox.telegram.calls.ring
        if call.method == "sendMessage"
    ]


async def test_a_planned_one_begins_at_its_time(stage: Stage) -> None:
    """Nothing goes before the time of a planned mailing; it is for who has joined by then."""
    stage.sandbox.telegram.add_crowd(2, FIRST)
    await join(stage.db, [FIRST])
    await join(stage.db, [FIRST + 1], MORNING + timedelta(minutes=30))
    at = MORNING + timedelta(hours=1)
    planned = await start_mailing(stage.db, "news:1", starts_at=at)
    first = await start_mailing(stage.db, "news:2", recipients=[FIRST])
    await stage.start()
    await stage.until_mailing(first, "finished")
    assert "planned" == (await stage.mailing(planned))["status"]
    stage.clock.moment = at
    await stage.until_mailing(planned, "finished")
    row = await stage.mailing(planned)
    assert (at, 2) == (row["started_at"], row["delivered"])


async def test_late_joiners(stage: Stage) -> None:
    """Who joins while it runs gets it after everybody else, once, whatever their number is."""
    stage.sandbox.telegram.add_crowd(5, FIRST)
    await join(stage.db, [FIRST + 2, FIRST + 3])
    await join(stage.db, [FIRST + 1], MORNING + timedelta(minutes=2))
    await join(stage.db, [FIRST + 4], MORNING + timedelta(minutes=1))
    late = await start_mailing(stage.db, late_joiners=True)
    stage.clock.moment = MORNING + timedelta(minutes=3)
    await stage.start()
    await stage.until_mailing(late, "finished")
    told = written_to(stage)
    assert ([2, 3], [1, 4]) == (sorted(told[:2]), sorted(told[2:]))


async def test_one_that_ended_only_tries_again(stage: Stage) -> None:
    """A finished mailing that runs anew goes to those who wait for another try, and nobody new."""
    stage.sandbox.telegram.add_crowd(3, FIRST)
    await join(stage.db, [FIRST, FIRST + 1])
    stage.sandbox.telegram.faults.order(Fault(FaultKind.DROP_AFTER, 1, "sendMessage"))
    mailing = await start_mailing(stage.db, late_joiners=True, repeat_uncertain=False)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    in_doubt = await stage.db.read(uncertain, mailing, 0, 10)
    await join(stage.db, [FIRST + 2], MORNING + timedelta(minutes=1))

    def again(connection: sa.Connection) -> None:
        connection.execute(
            sa.update(deliveries).where(deliveries.c.status == "uncertain").values(status="again")
        )
        connection.execute(sa.update(mailings).values(status="running", finished_at=None))

    await stage.db.write(again)
    await stage.until_mailing(mailing, "finished")
    assert 1 == len(in_doubt)
    assert [0, 1, in_doubt[0] - FIRST] == sorted(written_to(stage)[:2]) + written_to(stage)[2:]


async def test_not_everybody_gets_the_same(stage: Stage) -> None:
    """Who has nothing in a mailing gets nothing; what was chosen stays in another try."""
    stage.sandbox.telegram.add_crowd(3, FIRST)
    await join(stage.db, range(FIRST, FIRST + 3))
    asked: list[int] = []

    def choose(
        _: sa.Connection, payload: Mapping[str, Any], ids: Sequence[int], since: datetime
    ) -> Mapping[int, tuple[int, ...]]:
        assert ("roads", MORNING) == (payload["topic"], since)
        asked.extend(ids)
        return {FIRST: (7, 8), FIRST + 1: ()}

    stage.variants = {"news": choose}
    stage.sandbox.telegram.faults.order(Fault(FaultKind.DROP_BEFORE, 1, "sendMessage"))
    mailing = await start_mailing(stage.db)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    row = await stage.mailing(mailing)
    assert {0: "delivered", 1: "nothing", 2: "nothing"} == await statuses(stage, mailing)
    assert (1, 0, 0) == (row["delivered"], row["failed"], row["held"])
    assert [FIRST, FIRST + 1, FIRST + 2] == asked


async def test_the_ceiling_of_a_week(stage: Stage) -> None:
    """Who had the most mailings of a week is held back from another; those of no account go."""
    stage.policy = replace(USUAL, per_week=1)
    stage.sandbox.telegram.add_crowd(2, FIRST)
    await join(stage.db, [FIRST, FIRST + 1])
    first = await start_mailing(stage.db, "news:1", recipients=[FIRST], counts_weekly=True)
    await stage.start()
    await stage.until_mailing(first, "finished")
    second = await start_mailing(stage.db, "news:2", counts_weekly=True)
    await stage.until_mailing(second, "finished")
    assert {0: "held", 1: "delivered"} == await statuses(stage, second)
    assert 1 == (await stage.mailing(second))["held"]
    assert 2 == await stage.db.read(weekly_count, MORNING)
    poll = await start_mailing(stage.db, "poll:1")
    await stage.until_mailing(poll, "finished")
    later = MORNING + timedelta(days=8)
    stage.clock.moment = later
    third = await start_mailing(stage.db, "news:3", counts_weekly=True, now=later)
    await stage.until_mailing(third, "finished")
    assert (2, 2) == tuple([(await stage.mailing(one))["delivered"] for one in (poll, third)])


async def test_stars_are_a_ceiling(
    sandbox_factory: Callable[..., Awaitable[Any]], database: Database
) -> None:
    """So many messages are paid for as the Stars are enough for; the rest goes unpaid."""
    limits = Limits(overall=0.001, overall_burst=5)
    stage = Stage(await sandbox_factory(limits=limits), database)
    stage.policy = replace(USUAL, paid_stars=2)
    crowd = stage.sandbox.telegram.add_crowd(25, FIRST)
    await join(database, range(FIRST, FIRST + 25))
    mailing = await start_mailing(database, stars=50)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    await stage.end()
    assert (20, 25) == ((await stage.mailing(mailing))["paid"], sum(crowd.received))
    assert 0 == stage.sandbox.telegram.pace.refused


def test_an_album_costs_as_many_messages_as_it_has_parts() -> None:
    """The text under an album is one more message; a picture with its words is one."""
    album, picture = {"media": [{}, {}, {}]}, {"media": [{}]}
    assert (4, 1, 1) == (messages_each(album), messages_each(picture), messages_each({}))
    assert (40, 11) == (stars_for(100, album), stars_for(101, picture))
