"""Tables that staff bring and take: sheets, columns, rows as text, and what is wrong in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from services.language import choose
from services.refusal import Refusal
from services.text.fold import fold

_NO_CELLS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its key, and what it is called in Kazakh and Russian.

    needed: the sheet must have it; told: it is written for the reader and not taken in.
    """

    key: str
    kk: str
    ru: str
    needed: bool = True
    told: bool = False

    def title(self, language: str) -> str:
        """Return what the column is called."""
        return choose(language, self.kk, self.ru)


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet by its key, what it is called, and its columns.

    more: it may have further columns, whose titles the file itself chooses.
    """

    key: str
    kk: str
    ru: str
    columns: tuple[Column, ...]
    more: bool = False

    def title(self, language: str) -> str:
        """Return what the sheet is called."""
        return choose(language, self.kk, self.ru)

    def column_title(self, key: str, language: str) -> str:
        """Return what a column is called, its key where there is none."""
        found = (each.title(language) for each in self.columns if each.key == key)
        return next(found, key)


Forms = Mapping[str, Form]


def forms_of(*forms: Form) -> Forms:
    """Return the sheets by key, in their order."""
    return MappingProxyType({form.key: form for form in forms})


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file: its number from 1, and the texts by column.

    more: the texts of the columns that the file chose itself, by title.
    """

    sheet: str
    number: int
    values: Mapping[str, str] = field(default_factory=lambda: _NO_CELLS)
    more: Mapping[str, str] = field(default_factory=lambda: _NO_CELLS)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file."""

    rows: tuple[Row, ...]

    def of(self, sheet: str) -> tuple[Row, ...]:
        """Return the rows of one sheet."""
        return tuple(row for row in self.rows if row.sheet == sheet)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: in a row and column of a sheet, as far as it lies in one.

    The refusal holds a message id and its parameters.
    """

    refusal: Refusal
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


class BadTable(Exception):  # noqa: N818  # an expected "no", told by row
    """A file is not taken in: everything that is wrong with it, in the order of its rows."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.row}: {one.refusal.message}" for one in self.faults))


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows a file had, and how many things are not as they were before."""

    rows: int
    changes: int


LEVELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "republic": ("республика",),
        "region": ("облыс", "өңір", "область", "регион"),
        "district": ("аудан", "қала", "район", "город"),
    }
)
ANSWERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"yes": ("иә", "да", "1", "true"), "no": ("жоқ", "нет", "0", "false")}
)


def said_key(words: Mapping[str, tuple[str, ...]], said: str) -> str | None:
    """Return the key of a word in English, Kazakh or Russian, None where it is none of them."""
    plain = fold(said)
    for key, names in words.items():
        if plain in {key, *map(fold, names)}:
            return key
    return None


def refuse(faults: Iterable[Fault], forms: Forms) -> None:
    """Raise BadTable with the faults in the order of sheets and rows; do nothing without any."""
    order = {sheet: number for number, sheet in enumerate(forms)}
    found = sorted(faults, key=lambda one: (order[one.sheet] if one.sheet else -1, one.row or 0))
    if found:
        raise BadTable(found)
