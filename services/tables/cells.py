"""The cells of one row: what they say, and what is wrong with them."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from services.clock import ALMATY
from services.places.atlas import atlas
from services.refusal import N_, Refusal
from services.tables.model import ANSWERS, Fault, Row, said_key

T = TypeVar("T")

# Anything else is a slip of the pen.
_YEARS = range(2000, 2101)
_DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?:[ T].*)?")
_HOUR = re.compile(r"[ T](\d{1,2})[:.](\d{2})(?::\d{2})?$")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|ССЫЛКА!|Н/Д|ЗНАЧ!|ИМЯ\?)")
_SPACES = re.compile(r"[\s\u00a0\u202f_']+")
_AMOUNT = re.compile(r"[+-]?\d{1,13}(?:\.\d{1,3})?")
_LARGEST = Decimal(10) ** 12


class Cells:
    """The cells of a row; what is wrong with them goes to the faults."""

    def __init__(self, row: Row, faults: list[Fault]) -> None:
        self.row = row
        self.bad: set[str] = set()
        self._faults = faults
        for column, text in {**row.more, **row.values}.items():
            if _ERRORS.match(text):
                self.wrong(column, Refusal(N_("This cell holds an error of the spreadsheet.")))

    def said(self, column: str) -> str:
        """Return the text of a cell."""
        return self.row.values.get(column) or self.row.more.get(column, "")

    def read(
        self, column: str, reading: Callable[[str], T], instead: T, *, needed: bool = True
    ) -> T:
        """Return what a cell says; `instead` where it says nothing or nothing sound."""
        text = self.said(column)
        if column in self.bad or not (text or needed):
            return instead
        if not text:
            self.wrong(column, Refusal(N_("Something must stand here.")))
            return instead
        try:
            return reading(text)
        except Refusal as refusal:
            self.wrong(column, refusal)
            return instead

    def wrong(self, column: str, refusal: Refusal) -> None:
        """Note what is wrong with a cell."""
        self.bad.add(column)
        self._faults.append(Fault(refusal, self.row.sheet, self.row.number, column))


def a_day(text: str) -> date:
    """Return the day of «2026-12-31» or «31.12.2026»; an hour behind it is passed over."""
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            year, month, day, *other = map(int, (part or 0 for part in found.groups()))
            read = date(year, month, day) if year else date(other[2], other[1], other[0])
            if read.year in _YEARS:
                return read
    except ValueError:
        pass
    raise Refusal(N_("This is no day. Please write it like this: 31.12.2026")) from None


def a_moment(text: str) -> datetime:
    """Return the moment of «31.12.2026 18:30», an hour in Asia/Almaty."""
    found = _HOUR.search(text)
    try:
        if found is not None:
            hour, minute = map(int, found.groups())
            begins = datetime.combine(a_day(text), datetime.min.time(), tzinfo=ALMATY)
            moment = begins + timedelta(hours=hour, minutes=minute)
            if hour < 24 and minute < 60:  # noqa: PLR2004  # a day and an hour
                return moment.astimezone(UTC)
    except Refusal:
        pass
    raise Refusal(N_("Please write day and hour like this: 31.12.2026 18:30")) from None


def a_whole(low: int, high: int) -> Callable[[str], int]:
    """Return a reading of whole numbers from `low` to `high`."""

    def read(text: str) -> int:
        plain = _SPACES.sub("", text)
        number = int(plain) if plain.isascii() and plain.removeprefix("-").isdigit() else None
        if number is None or not low <= number <= high:
            message = N_("I need a whole number from {low} to {high} here.")
            raise Refusal(message, low=low, high=high)
        return number

    return read


def an_amount(text: str) -> Decimal:
    """Return the amount that somebody wrote: «1 250,5», «−3», «98.75 %».

    A comma or a point parts the decimals, spaces may group the digits. Raises Refusal for what is
    no number, has more than three decimals or is too large.
    """
    plain = _SPACES.sub("", text).replace(",", ".").replace("−", "-").rstrip("%")
    if not plain.isascii() or _AMOUNT.fullmatch(plain) is None:
        raise Refusal(N_("I need a number here, such as 1250 or 98,5."))
    amount = Decimal(plain)
    if abs(amount) >= _LARGEST:
        raise Refusal(N_("This number is too large."))
    return amount + 0  # minus nought is nought


def an_answer(text: str) -> bool:
    """Return whether a cell says yes, in one of three languages."""
    key = said_key(ANSWERS, text)
    if key is None:
        raise Refusal(N_("Please write yes or no here."))
    return key == "yes"


def a_code(text: str) -> str:
    """Return a code: at most 32 small Latin letters, digits, `-` and `_`."""
    if _CODE.fullmatch(text) is None:
        message = N_("A code is at most 32 small Latin letters, digits, “-” and “_”.")
        raise Refusal(message)
    return text


def a_text(limit: int) -> Callable[[str], str]:
    """Return a reading of texts of at most so many characters."""

    def read(text: str) -> str:
        if len(text) > limit:
            message = N_("This text is too long: {length} of at most {limit} characters.")
            raise Refusal(message, length=len(text), limit=limit)
        return text

    return read


def one_of(words: Mapping[str, tuple[str, ...]], choices: str) -> Callable[[str], str]:
    """Return a reading of one of several words in three languages; choices: told if it is none."""

    def read(text: str) -> str:
        key = said_key(words, text)
        if key is None:
            raise Refusal(N_("I need one of these here: {choices}"), choices=choices)
        return key

    return read


def check_place(
    cells: Cells, region: str = "region", district: str = "district"
) -> tuple[str | None, str | None]:
    """Return the codes of a row's place, None where it names none; notes what there is not."""
    whole, part = cells.said(region) or None, cells.said(district) or None
    if whole is None and part is not None:
        whole = part[:2]
    if whole is not None and atlas().find(whole, None) is None:
        cells.wrong(region, Refusal(N_("There is no region “{value}”."), value=whole))
        return None, None
    if part is not None and (whole is None or atlas().find(whole, part) is None):
        message = N_("There is no district “{value}” in this region.")
        cells.wrong(district, Refusal(message, value=part))
        return whole, None
    return whole, part
