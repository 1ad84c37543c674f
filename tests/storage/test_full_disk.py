import asyncio

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from storage.database import Database
from tests.storage.notebook import note, numbers

PAGE = 4096


def allow(connection: Connection, more: int) -> None:
    """Let the file grow by some pages and no further, as on a disk with so little room."""
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {(pages or 0) + more}")


async def test_full_disk(sqlite_notebook: Database) -> None:
    """On a full disk commands fail, each by itself; what was confirmed stays; room heals it."""
    await sqlite_notebook.write(allow, 40)
    writes = (sqlite_notebook.write(note, n, "x" * PAGE) for n in range(100))
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    confirmed = [each for each in outcomes if isinstance(each, int)]
    assert 20 < len(confirmed) < 41
    assert {OperationalError} == {type(each) for each in outcomes if not isinstance(each, int)}
    assert confirmed == await sqlite_notebook.read(numbers)
    with pytest.raises(OperationalError, match="full"):
        await sqlite_notebook.write(note, 1000, "x" * PAGE * 40)
    await sqlite_notebook.write(allow, 1000)
    assert 1000 == await sqlite_notebook.write(note, 1000, "x" * PAGE * 40)
    assert [*confirmed, 1000] == await sqlite_notebook.read(numbers)
