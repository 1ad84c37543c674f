"""What messages about indicators say, and to whom they go."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.appeals.recipients import answering
from services.clock import local_date
from services.roadmap.fact import Fact
from services.roadmap.indicator import Indicator, per_cent
from storage.outbox import tell


def about(indicator: Indicator) -> dict[str, Any]:
    """Return what every message says of an indicator; plain JSON, days as ISO texts."""
    return {
        "indicator": indicator.code,
        "name_kk": indicator.name_kk,
        "name_ru": indicator.name_ru,
        "unit_kk": indicator.unit_kk,
        "unit_ru": indicator.unit_ru,
        "section": indicator.section,
        "region": indicator.region,
        "district": indicator.district,
        "plan": str(indicator.plan),
        "due_on": indicator.due_on.isoformat(),
    }


def words_of(indicator: Indicator, fact: Fact) -> dict[str, Any]:
    """Return what a message says of a report: as `about`, and the report itself."""
    return about(indicator) | {
        "fact": fact.id,
        "value": str(fact.value),
        "percent": int(per_cent(indicator, fact.value)),
        "day": fact.day.isoformat(),
        "official": fact.official,
        "comment": fact.comment,
        "question": fact.question,
        "reply": fact.reply,
    }


def tell_official(
    connection: Connection,
    official: str,
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    now: datetime,
) -> int:
    """Tell whoever acts for an official, each once under this key; how many they are.

    Key: (key, person).
    """
    readers = answering(connection, official, local_date(now))
    for reader in readers:
        tell(connection, reader, kind, f"{key}:{reader}", payload, now)
    return len(readers)
