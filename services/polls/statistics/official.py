"""Official margins, as a file: the default ones, and those that an administrator uploads.

Default: Bureau of National Statistics of Kazakhstan, 1 January 2023. Region and sex by settlement
are of all ages, age is of adults; so each margin counts with its proportions.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from services.polls.statistics.margins import Margin, check_targets

DEFAULT_VERSION = "bns-2023-01-01"
ADULTS = 13_028_790
_FILE = Path(__file__).parent / "data" / "margins.csv"
_COLUMNS = ("margin", "level", "people", "neighbour")


class UnreadableMargins(ValueError):  # noqa: N818 - what an administrator is told
    """An uploaded table is not one of margins; `line` counts from 1, the head line first."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(slots=True)
class _Rows:
    targets: dict[str, float] = field(default_factory=dict)
    neighbours: dict[str, str] = field(default_factory=dict)


@cache
def default_margins() -> tuple[Margin, ...]:
    """Return region, sex by settlement and age, in this order, each with the adults' total."""
    return tuple(margin.scaled(ADULTS) for margin in _margins(_lines(_FILE.read_text())))


def read_margins(text: str) -> tuple[Margin, ...]:
    """Return the margins of a table, in its order.

    Its columns are margin, level, people and neighbour, the last of which may be empty. Raises
    UnreadableMargins, and MarginsDoNotFit where the totals of the margins differ.
    """
    margins = _margins(_lines(text))
    if not margins:
        raise UnreadableMargins(1)
    check_targets(margins)
    return margins


def _lines(text: str) -> Iterable[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").splitlines())
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise UnreadableMargins(1)
    return enumerate(reader, 2)


def _margins(lines: Iterable[tuple[int, dict[str, str]]]) -> tuple[Margin, ...]:
    read: dict[str, _Rows] = defaultdict(_Rows)
    for number, line in lines:
        if None in line or None in line.values() or not line["people"].isdecimal():
            raise UnreadableMargins(number)
        rows, level = read[line["margin"]], line["level"]
        if not level or level in rows.targets:
            raise UnreadableMargins(number)
        rows.targets[level] = float(line["people"])
        if line["neighbour"]:
            rows.neighbours[level] = line["neighbour"]
    return tuple(Margin(name, rows.targets, rows.neighbours) for name, rows in read.items())
