"""Taps of distinct people from the webhook to the durable commit and the reply.

The whole bot, the usual stack and a stateless echo stand side by side and take the same load in
turn, so that whatever else the machine does meets all three. ``vote_cpu_us`` is the processor
time of the whole bot per vote: it says what a core can do where the load's own core is the limit.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bench.figure import RUNS, Figure, middle
from bench.home import Home, new_home, push, whole_bot
from bench.process import Server, free_port, started
from bench.town import count_ballots

FIGURES = (
    "votes_per_s",
    "vote_cpu_us",
    "vote_core_share",
    "votes_runner_per_s",
    "votes_usual_per_s",
    "votes_echo_per_s",
    "votes_to_usual",
    "votes_to_echo",
    "vote_p99_ms",
)
WARM_UP = 1_000
VOTES = 10_000
USUAL_VOTES = 2_000
PACE = 500  # votes per second where latency is measured
PACED = 5_000


@asynccontextmanager
async def peer(name: str, *arguments: str) -> AsyncIterator[Server]:
    """Run one of the peers."""
    port = free_port()
    async with started(f"bench.peers.{name}", str(port), *arguments, port=port) as server:
        yield server


async def measure(only: str | None = None) -> list[Figure]:
    """Measure all in turn, or the latency alone."""
    people = WARM_UP + RUNS * max(VOTES, PACED)
    figures = []
    if only != "vote_p99_ms":
        with new_home() as home:
            await home.settle(people)
            figures += await _side_by_side(home)
    if only in {None, "vote_p99_ms"}:
        with new_home() as home:
            await home.settle(people)
            figures.append(await _latency(home))
    return [figure for figure in figures if only in {None, figure.name}]


async def _side_by_side(home: Home) -> list[Figure]:
    folder = home.folder
    async with AsyncExitStack() as stack:
        whole = await stack.enter_async_context(whole_bot(home))
        runner = await stack.enter_async_context(peer("bare", f"{folder}/bare.db"))
        usual = await stack.enter_async_context(peer("usual", f"{folder}/usual.db"))
        echo = await stack.enter_async_context(peer("echo"))
        loads = [(whole, VOTES), (runner, VOTES), (usual, USUAL_VOTES), (echo, VOTES)]
        for server, _ in loads:
            await push(server, 1, WARM_UP)
        rounds = [
            [await push(server, WARM_UP + 1 + turn * VOTES, votes) for server, votes in loads]
            for turn in range(RUNS)
        ]
    await home.must_hold(count_ballots, WARM_UP + RUNS * VOTES)
    rates = [[run.per_second for run in runs] for runs in rounds]
    return [
        middle("votes_per_s", [run[0] for run in rates], "1/s", 2000),
        middle("vote_cpu_us", [runs[0].cpu_us for runs in rounds], "us"),
        middle("vote_core_share", [runs[0].core_share for runs in rounds], "of a core"),
        middle("votes_runner_per_s", [run[1] for run in rates], "1/s"),
        middle("votes_usual_per_s", [run[2] for run in rates], "1/s"),
        middle("votes_echo_per_s", [run[3] for run in rates], "1/s"),
        middle("votes_to_usual", [run[0] / run[2] for run in rates], "ratio", 4),
        middle("votes_to_echo", [run[0] / run[3] for run in rates], "ratio"),
    ]


async def _latency(home: Home) -> Figure:
    async with whole_bot(home) as server:
        await push(server, 1, WARM_UP)
        runs = [
            await push(server, WARM_UP + 1 + turn * PACED, PACED, "--rate", str(PACE))
            for turn in range(RUNS)
        ]
    return middle("vote_p99_ms", [run.p99_ms for run in runs], "ms", 50)
