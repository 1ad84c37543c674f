"""What the rows of a table say, and everything that is wrong with them; plain rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from services.ratings.line_rows import Expected, read_lines
from services.ratings.model import Deputy, Indicator, Line, Maslikhat, Terms
from services.ratings.table import (
    DEPUTIES,
    INDICATORS,
    LIMITS,
    LINES,
    MASLIKHATS,
    MOST_INDICATORS,
    ROUND,
)
from services.refusal import N_, Refusal
from services.tables.cells import Cells, a_code, a_day, a_text, an_amount, check_place
from services.tables.model import Fault, Table

# What a column of an indicator is called where no sheet names it in both languages.
TITLE_EXAMPLE = "Қатысуы / Посещение"
_SOME_DAY = date(2000, 1, 1)
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Present:
    """What is there already, which rows are held against.

    officials: the names of those who are officials of another body, by code; one may be a deputy
    besides. published: codes of published rounds.
    """

    maslikhats: Mapping[str, Maslikhat]
    deputies: Mapping[str, Deputy]
    officials: Mapping[str, tuple[str, str]]
    published: frozenset[str]
    today: date


@dataclass(frozen=True, slots=True)
class Brought:
    """What a table says; code "" and no terms where it holds no round."""

    code: str = ""
    terms: Terms | None = None
    indicators: tuple[Indicator, ...] = ()
    lines: tuple[Line, ...] = ()
    maslikhats: tuple[Maslikhat, ...] = ()
    deputies: tuple[Deputy, ...] = ()
    faults: list[Fault] = field(default_factory=list)


def understand(table: Table, present: Present, given: Terms | None, code: str) -> Brought:
    """Return what a table says; given: what was said of the round in the chat, under this code."""
    faults: list[Fault] = []
    maslikhats = _maslikhats(table, present, faults)
    places = {**present.maslikhats, **maslikhats}
    deputies = _deputies(table, present, places, faults)
    terms: Terms | None = given
    if table.of(ROUND):
        code, terms = _round(table, present, faults)
    elif given is not None and given.as_of > present.today:
        faults.append(Fault(_FUTURE))
    indicators = _indicators(table, faults)
    if given is not None and not table.of(INDICATORS):
        indicators = _titled(table, faults)
    expected = Expected(terms, tuple(indicators), places, {**present.deputies, **deputies})
    lines = read_lines(table.of(LINES), expected, faults)
    _check_whole(table, terms, faults)
    return Brought(
        code if terms is not None and table.of(LINES) else "",
        terms,
        tuple(indicators),
        tuple(lines),
        tuple(maslikhats.values()),
        tuple(deputies.values()),
        faults,
    )


def _check_whole(table: Table, terms: Terms | None, faults: list[Fault]) -> None:
    """Note where a table holds only a part of a round."""
    if table.of(LINES) and terms is None and not table.of(ROUND):
        message = N_(
            "The table does not say which round it is. Send a book with its sheet, or begin the "
            "round here in the chat."
        )
        faults.append(Fault(Refusal(message)))
    if table.of(ROUND) and not table.of(LINES):
        faults.append(Fault(Refusal(N_("The table names no deputies and scores.")), ROUND))


_FUTURE = Refusal(N_("The numbers cannot be of a day that has not come yet."))


def check_terms(terms: Terms, today: date) -> Refusal | None:
    """Return why the days of a round cannot be so, None where they can."""
    wrong = _wrong_days(terms.begins_on, terms.ends_on, terms.as_of, today)
    return next(iter(wrong.values()), None)


def _wrong_days(begins: date, ends: date, as_of: date, today: date) -> dict[str, Refusal]:
    """Return what is wrong with the days, by column."""
    if ends < begins:
        return {"ends_on": Refusal(N_("The last day lies before the first one."))}
    if as_of < ends:
        message = N_("The numbers are taken on the last day of the round or later.")
        return {"as_of": Refusal(message)}
    return {"as_of": _FUTURE} if as_of > today else {}


def _round(table: Table, present: Present, faults: list[Fault]) -> tuple[str, Terms | None]:
    first, *others = table.of(ROUND)
    for row in others:
        message = N_("A table holds one round: this is a second one.")
        Cells(row, faults).wrong("code", Refusal(message))
    cells = Cells(first, faults)
    code = cells.read("code", a_code, "")
    if code in present.published:
        message = N_(
            "A round of this code is published already. Mistakes in it are corrected openly, "
            "one by one."
        )
        cells.wrong("code", Refusal(message))
    texts = {
        f"{name}_{language}": cells.read(f"{name}_{language}", a_text(LIMITS[name]), "")
        for name in ("title", "method")
        for language in ("kk", "ru")
    }
    days = {name: cells.read(name, a_day, _SOME_DAY) for name in ("begins_on", "ends_on", "as_of")}
    if not cells.bad & days.keys():
        begins, ends, as_of = days.values()
        for column, refusal in _wrong_days(begins, ends, as_of, present.today).items():
            cells.wrong(column, refusal)
    if cells.bad & days.keys():
        return code, None
    return code, Terms(
        texts["title_kk"],
        texts["title_ru"],
        **days,
        method_kk=texts["method_kk"],
        method_ru=texts["method_ru"],
    )


def _indicators(table: Table, faults: list[Fault]) -> list[Indicator]:
    found: dict[str, int] = {}
    read: list[Indicator] = []
    rows = [Cells(row, faults) for row in table.of(INDICATORS)]
    for cells in rows:
        code = cells.read("code", a_code, "")
        if code and code in found:
            cells.wrong("code", _again(found[code]))
        found.setdefault(code, cells.row.number)
        names = [cells.read(f"name_{each}", a_text(LIMITS["name"]), "") for each in ("kk", "ru")]
        kk, ru = _both(cells, "unit", LIMITS["unit"])
        weight = cells.read("weight", an_amount, None, needed=False)
        if weight is not None and not 0 < weight <= _WHOLE:
            cells.wrong("weight", Refusal(N_("A weight is more than 0 and at most 100 per cent.")))
        read.append(Indicator(code, names[0], names[1], kk, ru, weight))
    _check_weights(rows, read)
    if len(read) > MOST_INDICATORS:
        message = N_("A round has at most {limit} indicators.")
        rows[MOST_INDICATORS].wrong("code", Refusal(message, limit=MOST_INDICATORS))
    return read


def _check_weights(rows: list[Cells], read: list[Indicator]) -> None:
    """Note where only some have a weight, or all together are not the whole."""
    weighed = [each.weight for each in read if each.weight is not None]
    if not weighed or any("weight" in cells.bad for cells in rows):
        return
    for cells, indicator in zip(rows, read, strict=True):
        if indicator.weight is None:
            message = N_("Give each indicator a weight, or none of them.")
            cells.wrong("weight", Refusal(message))
    if len(weighed) == len(read) and sum(weighed) != _WHOLE:
        message = N_("All weights together must be 100 per cent; here they are {sum}.")
        rows[-1].wrong("weight", Refusal(message, sum=f"{sum(weighed):f}"))


def _titled(table: Table, faults: list[Fault]) -> list[Indicator]:
    """Return the indicators that the columns of a plain sheet name: «қазақша / по-русски»."""
    titles = dict.fromkeys(title for row in table.of(LINES) for title in row.more)
    read = []
    for place, title in enumerate(titles, start=1):
        kk, slash, ru = (part.strip() for part in title.partition("/"))
        if not (slash and kk and ru):
            message = N_("Call the indicator in both languages, like this: {example}")
            faults.append(Fault(Refusal(message, example=TITLE_EXAMPLE), LINES, 1, title))
        read.append(Indicator(f"i{place}", kk[:200] or title, ru[:200] or title, "", "", None))
    if len(read) > MOST_INDICATORS:
        message = N_("A round has at most {limit} indicators.")
        faults.append(Fault(Refusal(message, limit=MOST_INDICATORS), LINES, 1))
    return read


def _maslikhats(table: Table, present: Present, faults: list[Fault]) -> dict[str, Maslikhat]:
    found: dict[str, Maslikhat] = {}
    numbers: dict[str, int] = {}
    seats = {(one.region, one.district): one.code for one in present.maslikhats.values()}
    for row in table.of(MASLIKHATS):
        cells = Cells(row, faults)
        code = cells.read("code", a_code, "")
        if code in numbers:
            cells.wrong("code", _again(numbers[code]))
        numbers.setdefault(code, row.number)
        names = [cells.read(f"name_{each}", a_text(LIMITS["name"]), "") for each in ("kk", "ru")]
        region, district = check_place(cells)
        if region is None and "region" not in cells.bad:
            cells.wrong("region", Refusal(N_("Something must stand here.")))
        other = seats.setdefault((region or "", district), code)
        if other != code and not cells.bad:
            message = N_("This place has another maslikhat already: “{value}”.")
            cells.wrong("district", Refusal(message, value=other))
        found[code] = Maslikhat(code, names[0], names[1], region or "", district)
    return found


def _deputies(
    table: Table, present: Present, maslikhats: Mapping[str, Maslikhat], faults: list[Fault]
) -> dict[str, Deputy]:
    found: dict[str, Deputy] = {}
    numbers: dict[str, int] = {}
    for row in table.of(DEPUTIES):
        cells = Cells(row, faults)
        code = cells.read("code", a_code, "")
        if code in numbers:
            cells.wrong("code", _again(numbers[code]))
        numbers.setdefault(code, row.number)
        names = [cells.read(f"name_{each}", a_text(LIMITS["name"]), "") for each in ("kk", "ru")]
        official = present.officials.get(code)
        if official is not None and [*official] != names:
            message = N_("This is the code of another official: {name}.")
            cells.wrong("code", Refusal(message, name=official[1]))
        maslikhat = cells.read("maslikhat", str, "")
        if maslikhat and maslikhat not in maslikhats:
            message = N_("There is no maslikhat “{value}”.")
            cells.wrong("maslikhat", Refusal(message, value=maslikhat))
        district = _both(cells, "constituency", LIMITS["name"])
        since = cells.read("since", a_day, _SOME_DAY)
        last = cells.read("last_day", a_day, None, needed=False)
        if last is not None and last < since and "since" not in cells.bad:
            cells.wrong("last_day", Refusal(N_("The last day lies before the first one.")))
        until = None if last is None else last + timedelta(days=1)
        found[code] = Deputy(code, names[0], names[1], maslikhat, *district, since, until)
    return found


def _both(cells: Cells, name: str, limit: int) -> tuple[str, str]:
    """Return a text in both languages, or in neither."""
    kk, ru = (
        cells.read(f"{name}_{each}", a_text(limit), "", needed=False) for each in ("kk", "ru")
    )
    for column, said, other in ((f"{name}_kk", kk, ru), (f"{name}_ru", ru, kk)):
        if other and not said and column not in cells.bad:
            message = N_("It stands in one language only: please add this one.")
            cells.wrong(column, Refusal(message))
    return kk, ru


def _again(row: int) -> Refusal:
    return Refusal(N_("This stands in row {row} already."), row=row)
