"""Change from wave to wave, shown only where the same was asked in the same way.

AAPOR (2016): a change of wording, mode or weighting is no change of opinion.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.polls.statistics.differences import Comparison, compare
from services.polls.statistics.shares import Share


@dataclass(frozen=True, slots=True)
class Way:
    """How a question was asked and weighted; waves of different ways are not compared."""

    wording: str
    mode: str
    margins: str | None  # the version; None where the wave is unweighted


@dataclass(frozen=True, slots=True)
class Wave:
    """The share of one option in one wave."""

    closed_on: date
    way: Way
    share: Share


@dataclass(frozen=True, slots=True)
class Step:
    """From one wave to the next of the same way; `comparison` is of the later with the earlier."""

    earlier: Wave
    later: Wave
    comparison: Comparison


def wording_hash(question: Sequence[str], options: Sequence[Sequence[str]]) -> str:
    """Return what stands for a wording: question and options in every language, in order.

    White space at the ends and repeated inside means nothing; everything else does.
    """
    plain = [[" ".join(text.split()) for text in texts] for texts in (question, *options)]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def trend(waves: Sequence[Wave]) -> list[list[Wave]]:
    """Return lines to draw, in the order of time: waves of one way, unbroken by another."""
    lines: list[list[Wave]] = []
    for wave in sorted(waves, key=lambda each: each.closed_on):
        if lines and lines[-1][-1].way == wave.way:
            lines[-1].append(wave)
        else:
            lines.append([wave])
    return lines


def steps(waves: Sequence[Wave]) -> list[Step]:
    """Return the change between neighbours on each line, Holm's correction over them all."""
    pairs = [
        (line[number], line[number + 1])
        for line in trend(waves)
        for number in range(len(line) - 1)
    ]
    compared = compare([(later.share, earlier.share) for earlier, later in pairs])
    return [
        Step(earlier, later, comparison)
        for (earlier, later), comparison in zip(pairs, compared, strict=True)
    ]
