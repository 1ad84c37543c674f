"""Many who write at once make one chain."""

import asyncio

from sqlalchemy import Connection

from services.audit.recording import record
from services.audit.verifying import verify
from services.people.deeds import Deed
from services.refusal import Refusal
from storage.database import open_database
from storage.schema.appeals import appeal_numbers
from storage.upsert import upsert
from tests.audit.conftest import NOW, OPERATOR


def _deed(connection: Connection, number: int, *, refused: bool) -> None:
    """Count on one row that everybody counts on, and write a deed down; some are refused then."""
    counter = {"year": 2026, "last": number}
    upsert(connection, appeal_numbers, ["year"], counter, update=("last",))
    key, what = f"{number}", Deed.READ_APPEAL
    record(connection, who=OPERATOR, what=what, on=f"appeal:{number}", now=NOW, key=key)
    if refused:
        raise Refusal("no")


async def test_two_processes(database_url: str) -> None:
    """Two databases opened on one server, four writers in groups: no gap, no branch, no double.

    On SQLite one, which commits in groups. What was refused left nothing, not even its number.
    """
    several = 2 if database_url.startswith("postgresql") else 1
    opened = [await open_database(database_url) for _ in range(several)]
    numbers = [*range(120), *range(30)]  # thirty are repeated, by somebody else
    wishes = (
        opened[place % several].write(_deed, number, refused=number % 10 == 9)
        for place, number in enumerate(numbers)
    )
    outcomes = await asyncio.gather(*wishes, return_exceptions=True)
    found = await opened[0].read(verify)
    for each in opened:
        await each.close()
    kinds = {type(outcome) for outcome in outcomes}
    assert kinds == {type(None), Refusal}
    assert (True, 108) == (found.intact, found.rows)
