"""Days that a text names, in Kazakh and in Russian, also without Kazakh letters.

Exact: 18.12.2026, 18.12, 2026-12-18, «18 желтоқсанда», «2027 жылғы 5 қаңтар», «18 декабря 2026»,
today, tomorrow, in so many days or weeks, the end of this week, month or year. A day without its
year is the one nearest to today. Vague: a month, a weekday, «12-го числа», «келесі аптада», «в
течение недели», a year: a time is named, but no day.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from services.text.fold import fold

# Folded, as all patterns here.
_MONTHS = (
    ("кантар", "январ"),
    ("акпан", "феврал"),
    ("наурыз", "март"),
    ("сауир", "апрел"),
    ("мамыр", "ма[йяе]"),
    ("маусым", "июн"),
    ("шилде", "июл"),
    ("тамыз", "август"),
    ("кыркуйек", "сентябр"),
    ("казан", "октябр"),
    ("караша", "ноябр"),
    ("желтоксан", "декабр"),
)
# A month's name with the endings of both languages: «маршрут» and «казандык» are none.
_MONTH = (
    r"(?:(?:" + "|".join(kazakh for kazakh, _ in _MONTHS) + r")"
    r"(?:да|де|га|ге|ка|ке|дан|ден|нан|нын|нин|дын|дин|та|те|тан|тын|ды|ы|дагы|деги|ында|ынын|ына)?"
    r"|(?:" + "|".join(russian for _, russian in _MONTHS if "[" not in russian) + r")"
    r"(?:ь|я|а|е|ю|у|ем|ом)?|ма[йяею])\b"
)
_YEAR = r"20\d\d"
_CENTURY, _DAYS_OF_WEEK = 2000, 7

_Read = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class Dates:
    """What a text says of time: exact days in order, and whether only a vague time is named.

    rest is the text, folded, without all of that.
    """

    days: tuple[date, ...]
    vague: bool
    rest: str


def find_dates(text: str, today: date) -> Dates:
    """Return the days that the text names, as one who writes today means them."""
    rest, days = fold(text), set[date]()
    for pattern, read in _EXACT:
        for match in pattern.finditer(rest):
            with suppress(ValueError, OverflowError):
                day = read(match, today)
                if day is not None:
                    days.add(day)
        rest = pattern.sub(" ", rest)
    rest, vague = _VAGUE.subn(" ", rest)
    return Dates(tuple(sorted(days)), bool(vague), rest)


def _numeric(match: re.Match[str], today: date) -> date | None:
    day, month, year = match.groups()
    return _day(int(day), int(month), _year(year), today)


def _iso(match: re.Match[str], _today: date) -> date:
    year, month, day = match.groups()
    return date(int(year), int(month), int(day))


def _year_first(match: re.Match[str], today: date) -> date | None:
    year, day, month = match.groups()
    return _day(int(day), _month(month), int(year), today)


def _worded(match: re.Match[str], today: date) -> date | None:
    day, month, year = match.groups()
    return _day(int(day), _month(month), _year(year), today)


def _after_days(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=int(match[1] or match[2]))


def _after_weeks(match: re.Match[str], today: date) -> date:
    return today + timedelta(weeks=int(match[1] or match[2]))


def _end_of_week(_match: re.Match[str], today: date) -> date:
    return today + timedelta(days=_DAYS_OF_WEEK - today.isoweekday())


def _end_of_month(_match: re.Match[str], today: date) -> date:
    return today.replace(day=monthrange(today.year, today.month)[1])


def _end_of_year(_match: re.Match[str], today: date) -> date:
    return date(today.year, 12, 31)


def _near(offset: int) -> _Read:
    def read(_match: re.Match[str], today: date) -> date:
        return today + timedelta(days=offset)

    return read


def _year(digits: str | None) -> int | None:
    if digits is None:
        return None
    year = int(digits)
    return year if year >= _CENTURY else year + _CENTURY


def _month(name: str) -> int:
    for number, names in enumerate(_MONTHS, start=1):
        if any(re.match(stem, name) for stem in names):
            return number
    raise ValueError(name)


def _day(day: int, month: int, year: int | None, today: date) -> date | None:
    """Return the day; without a year the one nearest to today. Raises ValueError for 31.02."""
    if year is not None:
        return date(year, month, day)
    near = []
    for candidate in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            near.append(date(candidate, month, day))
    return min(near, key=lambda each: abs((each - today).days), default=None)


_EXACT: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (re.compile(rf"\b({_YEAR})-(\d\d)-(\d\d)\b"), _iso),
    (re.compile(rf"\b(\d{{1,2}})[./](\d\d)(?:[./]({_YEAR}|\d\d))?(?![.,/]?\d)"), _numeric),
    (re.compile(rf"\b({_YEAR})\s*ж\w*\.?\s+(\d{{1,2}})[\s-]*({_MONTH})"), _year_first),
    (
        re.compile(rf"\b(\d{{1,2}})(?:-?(?:го|ши|шы))?[\s-]*({_MONTH})(?:\s+({_YEAR})\b)?"),
        _worded,
    ),
    (
        re.compile(
            r"\b(?:(\d{1,3}) (?:жумыс |кунтизбелик )?кун(?:нен кейин|нин ишинде| ишинде)"
            r"|(?:через|в течение|за) (\d{1,3}) (?:рабочих |календарных )?(?:дн|суток)\w*)"
        ),
        _after_days,
    ),
    (
        re.compile(
            r"\b(?:(\d{1,2}) апта(?:дан кейин|нын ишинде| ишинде)"
            r"|(?:через|в течение|за) (\d{1,2}) недел\w+)"
        ),
        _after_weeks,
    ),
    (re.compile(r"\bапта(?:нын)? (?:сон|аяг)\w*|\bкон\w+ (?:\w+ )?недели"), _end_of_week),
    (re.compile(r"\bай(?:дын)? (?:сон|аяг)\w*|\bкон\w+ (?:\w+ )?месяца"), _end_of_month),
    (re.compile(r"\bжыл(?:дын)? (?:сон|аяг)\w*|\bкон\w+ (?:\w+ )?года"), _end_of_year),
    (re.compile(r"\bбурсигуни\w*|\bпослезавтра\w*"), _near(2)),
    (re.compile(r"\bертен(?:ги|нен|ге)?\b|\bзавтра\w*"), _near(1)),
    (re.compile(r"\bбугин\w*|\bсегодня\w*"), _near(0)),
    (re.compile(r"\bкеше\w*|\bвчера\w*"), _near(-1)),
)
_VAGUE = re.compile(
    rf"\b{_MONTH}"
    r"|\b(?:дуйсенби|сейсенби|сарсенби|бейсенби|жума|сенби|жексенби)(?:де|да|ге|га|ден|дан)?\b"
    r"|\b(?:понедельник|вторник|сред[уы]|четверг|пятниц|суббот|воскресень)\w*"
    r"|\b\d{1,2}-?(?:го|му|ши|шы)\b(?: числ\w+| кун\w*)?"
    r"|\b(?:осы|келеси|откен|келер) (?:апта|ай|жыл|токсан)\w*"
    r"|\b(?:эт|следующ|прошл|ближайш|будущ)\w+ (?:недел|месяц|год|квартал)\w*"
    r"|\b(?:[iv]{1,3}|[1-4])(?:-\w+)? (?:токсан|квартал)\w*"
    r"|\b(?:бир|бирнеше) (?:кун|апта|ай)(?:дын|нын|нин)?(?:да|де|нде)?(?: ишинде|дан кейин)?\b"
    r"|\b(?:через|в течение|за|на) (?:эт\w+ |ближайш\w+ |одн\w+ )?(?:недел|месяц)\w*"
    r"|\b(?:до|к) (?:недел|месяц)\w*"
    rf"|\b{_YEAR}\b(?:-\w+)?(?: жыл\w*| год\w*)?"
)
