"""A process that writes as fast as it can until it is killed: ``loader.py URL FIRST``.

It prints the number of each note once the note is confirmed.
"""

import asyncio
import sys

from storage.database import Database, open_database
from tests.storage.notebook import keep, note_and_refuse

TASKS = 50


async def load(database: Database, first: int) -> None:
    """Write notes from ``first`` on, with refusals in between, for ever."""
    numbers = iter(range(first, sys.maxsize))

    async def write() -> None:
        for number in numbers:
            if number % 17 == 0:
                await asyncio.gather(
                    database.write(note_and_refuse, -number), return_exceptions=True
                )
            await database.write(keep, number)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()

    await asyncio.gather(*(write() for _ in range(TASKS)))


async def main(url: str, first: int) -> None:
    """Open the database and load it."""
    await load(await open_database(url), first)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
