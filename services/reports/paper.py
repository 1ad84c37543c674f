"""A report as tables in one language, before it is drawn as a PDF or written as a spreadsheet."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

_SPACE = "\N{NO-BREAK SPACE}"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Share:
    """A share from 0 to 1, shown as per cent."""

    value: float


@dataclass(frozen=True, slots=True)
class Change:
    """A difference: of numbers, or of shares in points."""

    value: float
    points: bool = False


# What a cell holds; None: nothing is known, or it is not told.
Value: TypeAlias = str | int | float | Share | Change | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its part of the width, and whether it holds words or numbers."""

    head: str
    width: float
    words: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or `nothing` in words where it has no rows; name: of its sheet, 31 letters."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    nothing: str = ""
    # What has to be said under it.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Words of a citizen, and what stands under them."""

    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything written in a report.

    facts are pairs of a label and a value; method are pairs of a term and what it means. page is
    as «{page} / {pages}».
    """

    language: str
    over: str
    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    method: tuple[tuple[str, str], ...]
    facts_name: str
    method_name: str
    page: str
    made_at: datetime
    voices_name: str = ""
    voices: tuple[Voice, ...] = ()
    no_voices: str = ""


def words_of(value: Value) -> str:
    """Return what a cell says in a document."""
    match value:
        case None:
            return NOTHING
        case str():
            return value
        case Share():
            return per_cent(value.value)
        case Change():
            return changed(value)
        case float():
            return decimal(value)
        case _:
            return spaced(value)


def per_cent(share: float) -> str:
    """Return «87 %»."""
    return f"{int(share * 100 + 0.5 + 1e-9)}{_SPACE}%"


def changed(change: Change) -> str:
    """Return «▲ 12» or «▼ 3», of shares in points, «0» where nothing changed."""
    size = round(abs(change.value) * (100 if change.points else 1))
    if not size:
        return "0"
    return f"{'▲' if change.value > 0 else '▼'}{_SPACE}{spaced(size)}"


def decimal(value: float) -> str:
    """Return «3,4»; under 1 with two places: «0,17»."""
    return fixed(value, 1 if abs(value) >= 1 or not value else 2)


def fixed(value: float, places: int) -> str:
    """Return the number with so many places after the comma."""
    return f"{value:.{places}f}".replace(".", ",")


def spaced(value: int) -> str:
    """Return the number with its thousands apart."""
    return f"{value:,}".replace(",", _SPACE)
