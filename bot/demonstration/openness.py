"""The open figures of the last months, and one that was corrected."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from bot.demonstration.moments import at
from services.calendar.calendar import load_calendar
from services.clock import ALMATY, local_date
from services.openness.correcting import Reasons, ask_correction, decide_correction
from services.openness.figures import COUNTRY, Cell, Figures, month_before, month_of
from services.openness.publishing import HOUR, bring_month, comes_out_on
from services.organisation.directory import load_topics

_MESSAGE = -1  # no message of a chat has such a number
_LATER = timedelta(days=2)


class _Entry(BaseModel):
    """An entry of the file; a misspelt key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedMonth(_Entry):
    """A month: so much of the usual counts and of what is in time, so many days more."""

    per_cent: int
    in_time: int = 100
    days: int = 0


class SeedCorrection(_Entry):
    """Registered appeals of a region that came later, in the month that many months ago."""

    months_ago: int
    region: str
    registered: int
    kk: str
    ru: str


class SeedOpenness(_Entry):
    """Usual figures by region and topic, in the order of `Figures`, and months, the last first."""

    regions: Mapping[str, tuple[int, ...]]
    topics: Mapping[str, tuple[int, ...]]
    months: tuple[SeedMonth, ...]
    correction: SeedCorrection


def play_openness(
    connection: Connection, seed: SeedOpenness, asker: int, second: int, start: datetime
) -> None:
    """Let the months be out that are due, each on its day; topics that are gone are left out."""
    today = local_date(start)
    topics = load_topics(connection)
    month = month_of(today)
    for number, each in enumerate(seed.months, start=1):
        month = month_before(month)
        out = comes_out_on(month, load_calendar(connection, today))
        moment = datetime.combine(out, HOUR, ALMATY)
        if moment > start:
            continue
        known = {code: usual for code, usual in seed.topics.items() if code in topics}
        figures = _figures(seed.regions, known, each)
        bring_month(connection, month, figures, None, moment)
        if number == seed.correction.months_ago:
            _correct(connection, month, figures, seed.correction, (asker, second), start)


def _figures(
    regions: Mapping[str, tuple[int, ...]], topics: Mapping[str, tuple[int, ...]], month: SeedMonth
) -> dict[Cell, Figures]:
    found = {Cell(code): _scaled(usual, month) for code, usual in regions.items()}
    total = [sum(parts) for parts in zip(*(_counts(each) for each in found.values()), strict=True)]
    half = sorted(each.median_days or 0 for each in found.values())[len(found) // 2]
    most = sorted(each.p90_days or 0 for each in found.values())[-2]
    found[COUNTRY] = replace(Figures(*total), median_days=half, p90_days=most)
    return found | {Cell("", code): _scaled(usual, month) for code, usual in topics.items()}


def _scaled(usual: tuple[int, ...], month: SeedMonth) -> Figures:
    registered, answered, in_time, judged, confirmed, rated, rating_sum = (
        count * month.per_cent // 100 for count in usual[:7]
    )
    return Figures(
        registered,
        answered,
        in_time * month.in_time // 100,
        judged,
        confirmed,
        rated,
        max(min(rating_sum, 5 * rated), rated),
        usual[7] + month.days if answered else None,
        usual[8] + 2 * month.days if answered else None,
    )


def _counts(figures: Figures) -> tuple[int, ...]:
    return tuple(getattr(figures, name) for name in Figures.__slots__[:7])


def _correct(
    connection: Connection,
    month: date,
    figures: Mapping[Cell, Figures],
    seed: SeedCorrection,
    people: tuple[int, int],
    start: datetime,
) -> None:
    """Let one count of a region and of the country be corrected by two people, as it happens."""
    asker, second = people
    mended = dict(figures)
    for cell in (COUNTRY, Cell(seed.region)):
        values = mended[cell].as_json()
        mended[cell] = Figures(**values | {"registered": values["registered"] + seed.registered})
    reasons = Reasons(seed.kk, seed.ru)
    moment = at(start, 5, time(11, 0))
    asked = ask_correction(connection, asker, month, mended, reasons, _MESSAGE, moment)
    decide_correction(connection, second, asked.id, moment + _LATER, through=True)
