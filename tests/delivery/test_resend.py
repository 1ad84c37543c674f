"""A finished mailing goes once more to those whom it did not reach, and to nobody else."""

from typing import Any

import pytest
import sqlalchemy as sa

from services.delivery.mailing import find_mailing
from services.delivery.resend import Unreached, resend, unreached
from services.refusal import Refusal
from storage.database import Database
from storage.schema.delivery import deliveries, mailings
from storage.schema.people import people
from tests.delivery.stage import FIRST, MORNING, Stage, add_people
from tests.delivery.test_mailing import AUTHOR, add_operator, start_mailing

ENDS = ("delivered", "refused", "given_up", "uncertain", "blocked", "gone", "held")
COUNTED = {"delivered": 1, "failed": 3, "blocked": 2, "held": 1}


async def ended(db: Database) -> int:
    """Return a finished mailing whose messages each ended another way; who had blocked is back."""
    await db.write(add_people, range(FIRST, FIRST + len(ENDS)))
    await add_operator(db)
    mailing = await start_mailing(db)

    def end(connection: sa.Connection) -> None:
        rows = [
            {"mailing_id": mailing, "person_id": FIRST + place, "status": status}
            for place, status in enumerate(ENDS)
        ]
        connection.execute(sa.insert(deliveries), rows)
        values = {"status": "finished", "finished_at": MORNING, "cursor": FIRST + len(ENDS)}
        connection.execute(sa.update(mailings).values(**values, **COUNTED))
        gone = people.c.id == FIRST + ENDS.index("gone")
        connection.execute(sa.update(people).where(gone).values(unreachable_since=MORNING))

    await db.write(end)
    return mailing


async def again(db: Database, mailing: int, *, uncertain: bool, version: int = 0) -> Any:
    """Send a mailing again as an operator."""
    return await db.write(resend, AUTHOR, mailing, version, MORNING, uncertain=uncertain)


@pytest.mark.parametrize(("uncertain", "failed"), [(True, 0), (False, 1)])
async def test_counters_follow(database: Database, uncertain: bool, failed: int) -> None:  # noqa: FBT001
    """Who is written to again is no longer counted as failed or blocked; a repetition is none."""
    mailing = await ended(database)
    assert Unreached(failed=2, uncertain=1, returned=1) == await database.read(unreached, mailing)
    await again(database, mailing, uncertain=uncertain)
    once = await database.read(find_mailing, mailing)
    assert once == await again(database, mailing, uncertain=uncertain)
    assert once is not None
    counters = (once.status, once.version, once.delivered, once.failed, once.blocked, once.held)
    assert ("running", 1, 1, failed, 1, 1) == counters


async def test_only_they_get_it(stage: Stage) -> None:
    """The sender writes to those alone, and the mailing ends once more."""
    crowd = stage.sandbox.telegram.add_crowd(len(ENDS), FIRST)
    mailing = await ended(stage.db)
    await again(stage.db, mailing, uncertain=True)
    await stage.start()
    await stage.until_mailing(mailing, "finished")
    row = await stage.mailing(mailing)
    assert [0, 1, 1, 1, 1, 0, 0] == list(crowd.received)
    assert (5, 0, 1) == (row["delivered"], row["failed"], row["blocked"])


async def test_nobody_left(database: Database) -> None:
    """Where everybody has it, the mailing stays finished and that is said."""
    mailing = await ended(database)
    await database.write(
        lambda connection: connection.execute(sa.update(deliveries).values(status="delivered"))
    )
    with pytest.raises(Refusal, match="nobody"):
        await again(database, mailing, uncertain=True)
    found = await database.read(find_mailing, mailing)
    assert found is not None
    assert "finished" == found.status
