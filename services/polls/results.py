"""The result of a counted poll: what may be told, already suppressed; nothing finer is kept.

Written once at closing as rows (poll, key, JSON) sorted by key, and read by screens, charts,
messages and reports. Shares are fractions of 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from services.polls.model import Poll, Stream

NATIONAL = ""  # the cut of everybody


@dataclass(frozen=True, slots=True)
class Figure:
    """One option, value or place in one group.

    votes: people, unweighted; None where they may not be told. share: of the answered base,
    unweighted; weighted: the same with weights. low, high: Wilson 95 % on the effective sample
    around the share that is shown. All None where the base is under 50.
    differs: points between this group and the rest, where significant after Holm and at least 5.
    """

    votes: int | None
    share: float | None = None
    weighted: float | None = None
    low: float | None = None
    high: float | None = None
    differs: float | None = None

    @property
    def shown(self) -> float | None:
        """Return the share to show: weighted where weights were used."""
        return self.share if self.weighted is None else self.weighted


@dataclass(frozen=True, slots=True)
class Table:
    """One question in one group.

    cut: NATIONAL, "region", "sex", "age", "settlement" or "stream". group: the level's code;
    "other" where groups were merged; "" of NATIONAL. answered: the base, rounded down to 5 in
    cuts. figures: by option position; of a scale by value from low on, «difficult» last; of a
    ranking the share ranked first.
    mean with its interval: of scales and numbers. ranks, borda: mean rank and Borda share by
    option of a ranking.
    """

    question: int
    cut: str
    group: str
    answered: int
    skipped: int
    not_asked: int
    figures: tuple[Figure, ...]
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    ranks: tuple[float, ...] = ()
    borda: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighing:
    """Whether results are weighted, and why not: a value of statistics.weighting.Unweighted."""

    weighted: bool
    why: str | None = None
    design_effect: float | None = None
    effective: float | None = None
    margins: str = ""  # the date of the official table, as printed: 01.01.2023


@dataclass(frozen=True, slots=True)
class Result:
    """A counted poll; `tables` sorted by (question, cut, group), empty under 10 answers."""

    poll: Poll
    base: int  # valid ballots
    streams: Mapping[Stream, int]
    invited: int | None
    weighing: Weighing
    tables: tuple[Table, ...]
    ended_at: datetime

    @property
    def closed_early(self) -> bool:
        """Tell whether answers stopped before the announced time."""
        return self.ended_at < self.poll.closes_at

    def table(self, question: int, cut: str = NATIONAL, group: str = "") -> Table | None:
        """Return one table; None where it was suppressed or merged."""
        wanted = (question, cut, group)
        for one in self.tables:
            if (one.question, one.cut, one.group) == wanted:
                return one
        return None

    def cut(self, question: int, cut: str) -> tuple[Table, ...]:
        """Return the tables of all groups of a cut."""
        return tuple(one for one in self.tables if (one.question, one.cut) == (question, cut))

    @property
    def votes(self) -> tuple[int, ...] | None:
        """Return the votes by option of a plain poll; None where they are not told."""
        table = self.table(0)
        if table is None:
            return None
        known = [figure.votes for figure in table.figures if figure.votes is not None]
        return tuple(known) if len(known) == len(table.figures) else None


_TABLE = TypeAdapter(Table)
_WEIGHING = TypeAdapter(Weighing)


def as_rows(result: Result) -> dict[str, Any]:
    """Return the rows by key, sorted, that `of_rows` reads."""
    about = {
        "base": result.base,
        "streams": {stream.value: number for stream, number in sorted(result.streams.items())},
        "invited": result.invited,
        "weighing": _WEIGHING.dump_python(result.weighing, mode="json"),
    }
    rows = {"about": about}
    for table in result.tables:
        key = f"q{table.question:02}:{table.cut}:{table.group}"
        rows[key] = _TABLE.dump_python(table, mode="json", exclude_defaults=True)
    return dict(sorted(rows.items()))


def of_rows(poll: Poll, ended_at: datetime, rows: Mapping[str, Any]) -> Result:
    """Return the result that `as_rows` wrote."""
    about = rows["about"]
    tables = [_TABLE.validate_python(rows[key]) for key in sorted(rows) if key.startswith("q")]
    return Result(
        poll=poll,
        base=about["base"],
        streams={Stream(name): number for name, number in about["streams"].items()},
        invited=about["invited"],
        weighing=_WEIGHING.validate_python(about["weighing"]),
        tables=tuple(tables),
        ended_at=ended_at,
    )
