"""The same rates where a million people have left a million appeals.

A small town and a large one stand side by side and take the same load in turn; the ratios say
what size costs. People of the large town are picked far apart, so that no page of the database
serves two of them.
"""

import math

from bench.appealing import turns
from bench.appeals import PEOPLE
from bench.crowd import MILLION, crowd
from bench.figure import RUNS, Figure, middle
from bench.home import new_home, push, whole_bot
from bench.process import Server
from bench.town import count_ballots

FIGURES = (
    "votes_per_s_1m",
    "votes_1m_to_plain",
    "appeal_steps_per_s_1m",
    "appeal_steps_1m_to_plain",
)
VOTES = 5_000
WARM_UP = 500
# Not a multiple of what topics and districts take turns by: else all write from a few places.
APART = next(
    apart
    for apart in range(MILLION // (WARM_UP + RUNS * VOTES), 0, -1)
    if math.gcd(apart, turns()) == 1
)
WITHIN = 0.85
TARGETS = {"votes": 2000, "appeals": 800}


async def measure(only: str | None = None) -> list[Figure]:
    """Fill one of two towns, then measure both, votes first."""
    figures = []
    with new_home() as small, new_home() as large:
        await small.settle(WARM_UP + RUNS * VOTES)
        await large.settle(1)
        # The organisation's data come with the first start.
        async with whole_bot(large):
            pass
        async with large.opened() as db:
            await crowd(db)
        async with whole_bot(small) as plain, whole_bot(large) as crowded:
            if only is None or only.startswith("votes"):
                figures += await _pair("votes", "votes_per_s", plain, crowded, VOTES)
            if only is None or only.startswith("appeal"):
                figures += await _pair("appeals", "appeal_steps_per_s", plain, crowded, PEOPLE)
        if only is None or only.startswith("votes"):
            await large.must_hold(count_ballots, WARM_UP + RUNS * VOTES)
    return [figure for figure in figures if only in {None, figure.name}]


async def _pair(kind: str, name: str, plain: Server, crowded: Server, people: int) -> list[Figure]:
    rates, ratios = [], []
    options = ("--kind", kind)
    spread = (*options, "--apart", str(APART))
    await push(plain, 1, WARM_UP, *options)
    await push(crowded, 1, WARM_UP, *spread)
    for turn in range(RUNS):
        first = WARM_UP + turn * people
        usual = await push(plain, 1 + first, people, *options)
        run = await push(crowded, 1 + first * APART, people, *spread)
        rates.append(run.per_second)
        ratios.append(run.per_second / usual.per_second)
    return [
        middle(f"{name}_1m", rates, "1/s", TARGETS[kind]),
        middle(f"{name.removesuffix('_per_s')}_1m_to_plain", ratios, "ratio", WITHIN),
    ]
