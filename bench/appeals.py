"""Appeals from the menu word to «Send»: seven updates of each of many people, by webhook.

Every step is stored before it is answered, and what it shows is sent by a call to Telegram, which
costs more than all else.
"""

from bench.figure import RUNS, Figure, middle
from bench.home import new_home, push, whole_bot
from bench.town import count_appeals

FIGURES = ("appeal_steps_per_s", "appeal_step_cpu_us", "appeal_step_core_share")
WARM_UP = 200
# Fewer would write faster than Telegram lets one chat be answered.
PEOPLE = 1_000


async def measure(only: str | None = None) -> list[Figure]:
    """Measure the whole bot; count the appeals afterwards."""
    with new_home() as home:
        await home.settle(WARM_UP + RUNS * PEOPLE)
        async with whole_bot(home) as server:
            await push(server, 1, WARM_UP, "--kind", "appeals")
            runs = [
                await push(server, WARM_UP + 1 + turn * PEOPLE, PEOPLE, "--kind", "appeals")
                for turn in range(RUNS)
            ]
        await home.must_hold(count_appeals, WARM_UP + RUNS * PEOPLE)
    figures = [
        middle("appeal_steps_per_s", [run.per_second for run in runs], "1/s", 800),
        middle("appeal_step_cpu_us", [run.cpu_us for run in runs], "us"),
        middle("appeal_step_core_share", [run.core_share for run in runs], "of a core"),
    ]
    return [figure for figure in figures if only in {None, figure.name}]
