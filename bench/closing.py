"""Closing a poll of a million sealed answers, and counting a survey of a million people.

`close_1m_s` is the whole way of one plain poll, from the freeze to a closed poll in a file written
anew: two processes open the ballots, the bot's own asks who of a million people answered. It is
measured once, for sealing a million ballots takes longer. `survey_1m_s` is counting and weighting
seven questions in one process, from opened ballots to every table; `survey_1m_mb` is the most
memory that this process had.
"""

import asyncio
import resource
import time
from collections.abc import Iterator
from random import Random

import sqlalchemy as sa
from sqlalchemy import Connection

from bench.crowd import MILLION
from bench.figure import Figure
from bench.home import Home, new_home
from bench.town import DRAFT, POLL
from bot.jobs import counting_apart
from bot.worker import worker
from services.clock import SystemClock
from services.people.model import Profile
from services.polls.ballot import Ballot, BallotForm, seal, voter_tag
from services.polls.closing import Closing
from services.polls.counting import count
from services.polls.keys import PollKey, PollKeys
from services.polls.model import Answer, Poll, PollStatus, Question
from services.polls.reading import find_poll, find_result
from services.polls.tally import Reading, Tally, tally_opened
from storage.database import Database
from storage.schema.polls import ballots, polls
from tests.polls.electorate import EVERY, LAUNCHED, OFFICIAL, crowd, launched
from tests.polls.stage import NoCharts

FIGURES = ("close_1m_s", "survey_1m_s", "survey_1m_mb")
AT_ONCE = 10_000
PAGE = 5_000
CLOSING_TARGET, SURVEY_TARGET, MEMORY_TARGET = 120, 60, 600
SEVENTH = Question(6, "again", EVERY[0].type, "?", "?", EVERY[0].options)
QUESTIONS = (*EVERY, SEVENTH)
DIFFERENT = 40_000  # ballots of the survey; they come again and again


async def measure(only: str | None = None) -> list[Figure]:
    """Measure the closing, the survey, or both."""
    figures: list[Figure] = []
    if only in {None, "close_1m_s"}:
        with new_home() as home:
            await home.settle(MILLION)
            figures.append(Figure("close_1m_s", await close(home), "s", CLOSING_TARGET))
    if only != "close_1m_s":
        async with worker() as run:
            seconds, megabytes = await run(survey, MILLION)
        figures.append(Figure("survey_1m_s", seconds, "s", SURVEY_TARGET))
        figures.append(Figure("survey_1m_mb", megabytes, "MB", MEMORY_TARGET))
    return [figure for figure in figures if only in {None, figure.name}]


async def close(home: Home, people: int = MILLION) -> float:
    """Let people 1 to so many answer the poll, close it, return how many seconds that took."""
    keys = PollKeys(home.folder / "keys")
    key = keys.create(DRAFT)
    now = SystemClock().now()
    async with home.opened() as db:
        await fill(db, key, people)
        await db.write(end, now)
        closing = Closing(db, keys, counting_apart, NoCharts())
        begun = time.perf_counter()
        await closing.close_due(now)
        took = time.perf_counter() - begun
        found, result = await db.read(find_poll, POLL), await db.read(find_result, POLL)
        if found is None or result is None or found.status is not PollStatus.CLOSED:
            raise AssertionError("the poll is not closed")
        if result.base != people:
            raise AssertionError(f"{people} answered, {result.base} were counted")
    return round(took, 1)


async def fill(db: Database, key: PollKey, people: int) -> None:
    """Seal an answer of each and keep them."""
    found = await db.read(find_poll, POLL)
    if found is None:
        raise AssertionError("there is no poll")
    async with counting_apart() as run:
        for first in range(1, people + 1, 2 * AT_ONCE):
            halves = [
                range(start, min(start + AT_ONCE, people + 1))
                for start in (first, first + AT_ONCE)
            ]
            sealing = [run(sealed, key, found.poll, half) for half in halves if half]
            for rows in await asyncio.gather(*sealing):
                await db.write(keep, rows)


def sealed(key: PollKey, poll: Poll, numbers: range) -> list[tuple[bytes, bytes]]:
    """Return the ballots of people with these numbers; runs in a worker."""
    form, public_key = BallotForm(poll.questions), key.public_key
    return [
        (
            voter_tag(key.tag_key, POLL, number),
            seal(
                public_key,
                form,
                Ballot({0: Answer((number % 3,))}, Profile(region="71", asked=True)),
            ),
        )
        for number in numbers
    ]


def keep(connection: Connection, rows: list[tuple[bytes, bytes]]) -> None:
    """Write ballots."""
    connection.execute(
        sa.insert(ballots),
        [{"poll_id": POLL, "tag": tag, "sealed": box} for tag, box in rows],
    )


def end(connection: Connection, now: object) -> None:
    """Let the poll's time have come."""
    connection.execute(sa.update(polls).values(closes_at=now))


def survey(people: int) -> tuple[float, float]:
    """Return the seconds and the megabytes of counting so many; runs in a worker."""
    form = BallotForm(QUESTIONS)
    chance = Random(5)  # noqa: S311 - who answers what, no secret
    written = [form.encode(one) for one in crowd(DIFFERENT, QUESTIONS, seed=chance.randrange(99))]
    reading = Reading(QUESTIONS, LAUNCHED, ("18-44", "45-59", "60+"))
    begun = time.perf_counter()
    total = Tally.empty(len(QUESTIONS))
    for first in range(0, people, PAGE):
        total.add(tally_opened(page(written, first, min(PAGE, people - first)), reading))
    counted = count(launched(QUESTIONS), None, total, OFFICIAL)
    took = time.perf_counter() - begun
    if counted.result.base != people or not counted.result.weighing.weighted:
        raise AssertionError(f"{counted.result.base} counted, {counted.result.weighing}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return round(took, 1), round(memory)


def page(written: list[bytes], first: int, number: int) -> Iterator[bytes]:
    """Yield so many ballots, the first again after the last."""
    return (written[(first + place) % len(written)] for place in range(number))
