import asyncio
import random
import signal

from storage.database import open_database
from tests.counts import Say
from tests.processes import StartProgram
from tests.storage.notebook import make, numbers

KILLS = 5


async def load_and_kill(program: StartProgram, url: str, first: int, moment: float) -> set[int]:
    """Run a loading process, kill -9 it some time after its first write; return what it said."""
    async with program({}, url, str(first), module="tests.storage.loader") as process:
        await process.says("\n")
        await asyncio.sleep(moment)
        await process.send(signal.SIGKILL)
        said = process.words
    return {int(line) for line in said.splitlines(keepends=True) if line.endswith("\n")}


async def test_kill(database_url: str, program: StartProgram, say: Say) -> None:
    """A kill -9 under load loses nothing confirmed, keeps nothing refused, and doubles nothing."""
    database = await open_database(database_url)
    await database.write(make)
    await database.close()
    confirmed: set[int] = set()
    moments = random.Random(8)  # noqa: S311 - a fixed sequence
    for kill in range(KILLS):
        moment = moments.uniform(0, 0.3)
        said = await load_and_kill(program, database_url, 10**6 * kill, moment)
        assert said
        assert confirmed.isdisjoint(said)
        confirmed |= said
    database = await open_database(database_url)
    kept = await database.read(numbers)
    await database.close()
    say(f"{KILLS} kills of a writer: {len(confirmed)} commands confirmed, {len(kept)} kept")
    assert confirmed <= set(kept)
    assert len(set(kept)) == len(kept)
    assert all(number >= 0 for number in kept)
