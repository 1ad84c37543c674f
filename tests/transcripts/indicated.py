"""Indicators of the Road Map that were there before a transcript begins, with their reports."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.places.atlas import atlas
from services.roadmap.assigning import Tenure, follow_indicators
from services.roadmap.editing import put_indicators
from services.roadmap.indicator import Indicator, Level
from services.roadmap.reporting import report_fact
from storage.outbox import OutboxStatus
from storage.schema.delivery import outbox

_TEN = time(5, tzinfo=UTC)  # in the morning, here


def indicate_before(
    connection: Connection,
    person_id: int,
    official: str,
    indicators: list[dict[str, Any]],
    at: datetime,
) -> None:
    """Bring indicators for which this official answers, of whom everybody was told long ago.

    Each has code, section, kk, ru, unit (kk, ru), start, plan, begins, due, and may have place (a
    code of two or six digits) and facts: day, value, and maybe comment.
    """
    for position, each in enumerate(indicators):
        indicator = _indicator(each, position)
        put_indicators(connection, [indicator])
        wanted = {indicator.code: Tenure(official, indicator.begins_on)}
        follow_indicators(connection, wanted, at.date())
        for number, fact in enumerate(each.get("facts", []), 1):
            value, comment = Decimal(str(fact["value"])), fact.get("comment")
            moment = datetime.combine(fact["day"], _TEN)
            # No message of a chat has such a number.
            key = -(100 * position + number)
            report_fact(connection, person_id, indicator.code, value, comment, [], key, moment)
    told = OutboxStatus.DELIVERED.value
    connection.execute(sa.update(outbox).values(status=told, ended_at=at))


def _indicator(each: dict[str, Any], position: int) -> Indicator:
    place = atlas().place(each.get("place", ""))
    district = place and place.district
    level = Level.DISTRICT if district else Level.REGION if place else Level.REPUBLIC
    begins: date = each["begins"]
    return Indicator(
        code=each["code"],
        name_kk=each["kk"],
        name_ru=each["ru"],
        section=each["section"],
        position=position,
        unit_kk=each["unit"]["kk"],
        unit_ru=each["unit"]["ru"],
        start=Decimal(str(each["start"])),
        plan=Decimal(str(each["plan"])),
        begins_on=begins,
        due_on=each["due"],
        level=level,
        region=place.region.kato if place else None,
        district=district.kato if district else None,
    )
