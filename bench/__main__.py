"""Measure everything, or one thing: ``python -m bench [NAME]``.

A module in this folder that has ``FIGURES``, the names of its figures, and ``async def
measure(only)``, which returns those of them that are asked for (all if None), is part of it.
"""

import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import uvloop

from bench.figure import Figure
from bench.keys import unlock

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "latest.jsonl"
Measure = Callable[[str | None], Coroutine[None, None, list[Figure]]]


def measures(only: str | None) -> Iterator[Measure]:
    """Yield what measures the figure, or all figures."""
    for found in iter_modules([str(HERE)]):
        if found.name == "__main__":
            continue
        module = import_module(f"bench.{found.name}")
        names = getattr(module, "FIGURES", ())
        if names and (only is None or only in names):
            yield module.measure


def keep(figures: list[Figure]) -> None:
    """Put figures among the latest results, in place of earlier ones of the same names."""
    names = {figure.name for figure in figures}
    earlier = RESULTS.read_text().splitlines() if RESULTS.exists() else []
    others = [line for line in earlier if not any(f'"name": "{name}"' in line for name in names)]
    RESULTS.write_text("".join(f"{line}\n" for line in [*others, *map(Figure.line, figures)]))


def main(only: str | None) -> int:
    """Measure, print each figure as soon as it is there, keep it; 1 if the name is unknown."""
    unlock()
    found = list(measures(only))
    RESULTS.parent.mkdir(exist_ok=True)  # measures put their databases there too
    for measure in found:
        began = time.monotonic()
        figures = uvloop.run(measure(only))
        took = time.monotonic() - began
        print(f"{measure.__module__}: {took:.0f} s", file=sys.stderr, flush=True)
        for figure in figures:
            print(figure.line(), flush=True)
        keep(figures)
    if not found:
        print(f"There is no figure {only}.", file=sys.stderr)
    return int(not found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
