"""The Road Map as a table: its sheets and columns, rows as text, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from services.language import choose
from services.refusal import Refusal
from services.text.fold import fold


class Sheet(StrEnum):
    """What a row of a table is about."""

    INDICATORS = "indicators"
    INDICATOR_OFFICIALS = "indicator_officials"
    SECTION_OFFICIALS = "section_officials"


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


_OFFICIAL = (
    Column("official", "Жауапты тұлғаның коды", "Код ответственного"),
    Column("since", "Қай күннен бастап", "С какого дня"),
    Column("last_day", "Соңғы күні", "Последний день", needed=False),
    Column("official_name", "Жауапты тұлға", "Ответственный", needed=False, told=True),
)
COLUMNS: Mapping[Sheet, tuple[Column, ...]] = MappingProxyType(
    {
        Sheet.INDICATORS: (
            Column("code", "Код", "Код индикатора"),
            Column("section", "Бөлім", "Раздел"),
            Column("position", "Реті", "Порядок", needed=False),
            Column("name_kk", "Атауы (қазақша)", "Название (на казахском)"),
            Column("name_ru", "Атауы (орысша)", "Название (на русском)"),
            Column("unit_kk", "Өлшем бірлігі (қазақша)", "Единица (на казахском)"),
            Column("unit_ru", "Өлшем бірлігі (орысша)", "Единица (на русском)"),
            Column("start", "Бастапқы мәні", "Начальное значение"),
            Column("plan", "Жоспар", "План"),
            Column("begins_on", "Басталатын күні", "Начало"),
            Column("due_on", "Мерзімі", "Срок"),
            Column("level", "Деңгейі", "Уровень"),
            Column("region", "Өңір", "Регион"),
            Column("district", "Аудан", "Район"),
            Column("topics", "Тақырыптар", "Темы", needed=False),
            Column("retired", "Алып тасталған", "Снят", needed=False),
            Column("fact", "Нақты мәні", "Факт", needed=False, told=True),
            Column("reported_on", "Есеп берілген күн", "Дата отчёта", needed=False, told=True),
            Column("percent", "Орындалуы, %", "Выполнение, %", needed=False, told=True),
        ),
        Sheet.INDICATOR_OFFICIALS: (
            Column("indicator", "Индикатор коды", "Индикатор"),
            *_OFFICIAL,
        ),
        Sheet.SECTION_OFFICIALS: (Column("section", "Бөлім", "Раздел"), *_OFFICIAL),
    }
)
TITLES: Mapping[Sheet, tuple[str, str]] = MappingProxyType(
    {
        Sheet.INDICATORS: ("Индикаторлар", "Индикаторы"),
        Sheet.INDICATOR_OFFICIALS: ("Индикаторларға жауаптылар", "Ответственные за индикаторы"),
        Sheet.SECTION_OFFICIALS: ("Бөлімдерге жауаптылар", "Ответственные за разделы"),
    }
)
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


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file: its number from 1, and the texts by column."""

    sheet: Sheet
    number: int
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file."""

    rows: tuple[Row, ...]

    def of(self, sheet: Sheet) -> tuple[Row, ...]:
        """Return the rows of one sheet."""
        return tuple(row for row in self.rows if row.sheet is sheet)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: in a row and column of a sheet, as far as it lies in one.

    The refusal holds a message id and its parameters.
    """

    refusal: Refusal
    sheet: Sheet | None = None
    row: int | None = None
    column: str | None = None


class BadTable(Exception):  # noqa: N818  # an expected "no", told by row
    """A file is not taken in: everything that is wrong with it, in the order of its rows."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.row}: {one.refusal.message}" for one in self.faults))


def column_title(sheet: Sheet | None, key: str, language: str) -> str:
    """Return what a column of a sheet is called, its key where there is none."""
    known = COLUMNS[sheet] if sheet is not None else ()
    return next((column.title(language) for column in known if column.key == key), key)


def sheet_title(sheet: Sheet, language: str) -> str:
    """Return what a sheet is called."""
    return choose(language, *TITLES[sheet])


def said_key(words: Mapping[str, tuple[str, ...]], said: str) -> str | None:
    """Return the key of a word in English, Kazakh or Russian, None where it is none of them."""
    plain = fold(said)
    for key, names in words.items():
        if plain in {key, *map(fold, names)}:
            return key
    return None
