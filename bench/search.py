"""How long an operator waits for a search among a million appeals.

The slowest of several questions by number, phone and words, rare and common, after the database
has just been opened. What people say is put together from the texts of the labelled pairs.
"""

import csv
import random
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from bench.crowd import MILLION, crowd
from bench.figure import RUNS, Figure, middle
from bench.home import Home, new_home
from services.appeals.search import find_appeals, parse_query
from services.appeals.tokens import sign_of_key, tokens_of
from services.clock import SystemClock, local_date
from services.organisation.importing import import_if_empty
from storage.schema.appeal_search import appeal_words

FIGURES = ("search_1m_ms",)
AT_ONCE = 10_000
TEXTS = 3  # of the pairs' texts in one appeal: some 25 words
PAIRS = Path(__file__).parents[1] / "tests" / "data" / "similar-appeals.csv"
ORGANISATION = Path(__file__).parents[1] / "services" / "organisation" / "demonstration.yaml"
TARGET = 300
# What is typed; at least so many are found.
QUESTIONS = {
    "25-000777-0": 0,
    "8 701 123 45 67": 0,
    "500000": 1,  # a word of one appeal
    "ауылдастар7": 1,
    "жоқ": 20,
    "улица": 20,
    "су жоқ": 20,
    "мусор школа": 20,
    "көшеде жарық қараңғы": 20,
    "нет ауылдастар7": 1,
    "жоқ 5": 1,
    "трансформатор жоқсөз": 0,
}


async def measure(only: str | None = None) -> list[Figure]:
    """Make a million appeals speak, then ask; `only` can name no other figure."""
    with new_home() as home:
        await home.settle(1)
        await fill(home)
        slowest = [await ask(home) for _ in range(RUNS)]
    figure = middle("search_1m_ms", slowest, "ms", TARGET)
    return [figure] if only in {None, figure.name} else []


async def fill(home: Home) -> None:
    """Write a million appeals and what words they hold."""
    async with home.opened() as db:
        await db.write(import_if_empty, ORGANISATION, local_date(SystemClock().now()))
        await crowd(db)
        said = list(texts())
        for first in range(1, MILLION + 1, AT_ONCE):
            await db.write(speak, said, range(first, first + AT_ONCE))


def texts() -> Iterator[frozenset[str]]:
    """Yield the tokens of each text of the labelled pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield tokens_of(row["first"])
            yield tokens_of(row["second"])


def speak(connection: Connection, said: list[frozenset[str]], numbers: range) -> None:
    """Write what words the appeals with these numbers hold, the same ones each time."""
    chance = random.Random(numbers.start)  # noqa: S311 - which texts meet, no secret
    connection.execute(
        sa.insert(appeal_words),
        [
            {"appeal_id": number, "tokens": " ".join(sorted(_tokens(said, number, chance)))}
            for number in numbers
        ],
    )


def _tokens(said: list[frozenset[str]], number: int, chance: random.Random) -> frozenset[str]:
    own = tokens_of(f"{number} ауылдастар{number % 50_000}")
    return own.union(sign_of_key(), *chance.sample(said, TEXTS))


async def ask(home: Home) -> float:
    """Return how many milliseconds the slowest question takes, each asked once."""
    taken = []
    async with home.opened() as db:
        for question, least in QUESTIONS.items():
            begun = time.perf_counter()
            found = await db.read(find_appeals, parse_query(question))
            taken.append((time.perf_counter() - begun) * 1000)
            if len(found) < least:
                raise AssertionError(f"{question}: {len(found)} found")
    return max(taken)
