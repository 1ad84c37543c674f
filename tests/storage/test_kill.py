import asyncio
import random
import subprocess
import sys
import time
from pathlib import Path

from storage.database import open_database
from tests.storage.notebook import make, numbers

ROOT = Path(__file__).parents[2]
KILLS = 5


def load_and_kill(url: str, first: int, moment: float) -> set[int]:
    """Run a loading process, kill -9 it some time after its first write; return what it said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.loader", url, str(first)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    with process, process.stdout:
        head = process.stdout.readline()
        time.sleep(moment)
        process.kill()
        said = head + process.stdout.read()
    return {int(line) for line in said.splitlines(keepends=True) if line.endswith(b"\n")}


async def test_kill(database_url: str) -> None:
    """A kill -9 under load loses nothing confirmed, keeps nothing refused, and doubles nothing."""
    database = await open_database(database_url)
    await database.write(make)
    await database.close()
    confirmed: set[int] = set()
    moments = random.Random(8)  # noqa: S311 - a fixed sequence
    for kill in range(KILLS):
        moment = moments.uniform(0, 0.3)
        said = await asyncio.to_thread(load_and_kill, database_url, 10**6 * kill, moment)
        assert said
        assert confirmed.isdisjoint(said)
        confirmed |= said
    database = await open_database(database_url)
    kept = await database.read(numbers)
    await database.close()
    assert confirmed <= set(kept)
    assert len(set(kept)) == len(kept)
    assert all(number >= 0 for number in kept)
