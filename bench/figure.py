import json
import os
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

RUNS = int(os.environ.get("RUNS", "5"))


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: the median of several runs, and what it should be, if anything."""

    name: str
    value: float
    unit: str
    target: float | None = None

    def line(self) -> str:
        """Return the figure as one line of JSON."""
        return json.dumps(asdict(self))


def middle(name: str, values: list[float], unit: str, target: float | None = None) -> Figure:
    """Return the median of what was measured, to four digits."""
    return Figure(name, float(f"{statistics.median(values):.4g}"), unit, target)


async def median(run: Callable[[], Awaitable[float]], runs: int = RUNS) -> float:
    """Return the median of several runs, rounded to four digits."""
    value = statistics.median([await run() for _ in range(runs)])
    return float(f"{value:.4g}")
