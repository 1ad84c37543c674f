"""How many citizens spoke of an indicator: appeals of its topics in its place, and joins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, RowMapping

from services.roadmap.indicator import Indicator, Level
from storage import roadmap_voices as rows

# Appeals of so many days are counted, the day itself included.
DAYS = 30


@dataclass(frozen=True, slots=True)
class Voices:
    """Appeals registered, and people who joined one."""

    appeals: int = 0
    joined: int = 0


def voices_of(
    connection: Connection, indicators: Sequence[Indicator], day: date
) -> Mapping[str, Voices]:
    """Return for each indicator what citizens said in the 30 days up to and including `day`."""
    found: dict[str, Voices] = {}
    for level in Level:
        alike = [each for each in indicators if each.level is level]
        if alike:
            said = _said(connection, alike, level, day)
            found |= {each.code: _of(each, said) for each in alike}
    return found


def _said(
    connection: Connection, indicators: Sequence[Indicator], level: Level, day: date
) -> Sequence[RowMapping]:
    regions = {each.region for each in indicators if each.region is not None}
    districts = {each.district for each in indicators if each.district is not None}
    return rows.appeals(
        connection,
        {each.section for each in indicators},
        day - timedelta(days=DAYS - 1),
        day,
        regions=None if level is Level.REPUBLIC else regions,
        districts=districts if level is Level.DISTRICT else None,
    )


def _of(indicator: Indicator, said: Sequence[RowMapping]) -> Voices:
    own = [
        row
        for row in said
        if row["section"] == indicator.section
        and row["region"] == (indicator.region or "")
        and row["district"] == (indicator.district or "")
        and (not indicator.topics or row["topic"] in indicator.topics)
    ]
    return Voices(sum(row["count"] for row in own), sum(row["joined"] for row in own))
