"""Counters as appeals would leave them, without the appeals: longer digests read nothing else."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.appeals import answer_spans, appeal_days, open_appeals, quotes

WATER_TOPIC, ROAD_TOPIC = "water-supply", "roads"


def counted(connection: Connection, day: date, place: str, topic: str, **counts: int) -> None:
    """Count something on a day; place is a KATO prefix of a region or a district."""
    keys = {"section": section_of(connection, topic), "day": day, "topic": topic}
    connection.execute(sa.insert(appeal_days).values(**keys, **_place(place), **counts))


def took(connection: Connection, day: date, place: str, topic: str, days: int, count: int) -> None:
    """Count answers of a day that took so many working days."""
    keys = {
        "section": section_of(connection, topic),
        "day": day,
        "topic": topic,
        "working_days": days,
    }
    connection.execute(sa.insert(answer_spans).values(**keys, **_place(place), count=count))


def waits(connection: Connection, due_on: date, place: str, topic: str, count: int) -> None:
    """Count open appeals that are due on this day."""
    keys = {"section": section_of(connection, topic), "due_on": due_on}
    connection.execute(sa.insert(open_appeals).values(**keys, **_place(place), count=count))


def section_of(connection: Connection, topic: str) -> str:
    """Return the section of a topic."""
    statement = sa.text("SELECT section FROM topics WHERE code = :topic")
    return str(connection.execute(statement, {"topic": topic}).scalar_one())


def said(connection: Connection, appeal: int, text: str, day: date, **more: Any) -> None:
    """Let a moderator have let out words of an appeal."""
    values = {
        "appeal_id": appeal,
        "language": "kk",
        "text": text,
        "section": section_of(connection, WATER_TOPIC),
        "topic": WATER_TOPIC,
        "region": "61",
        "district": "",
        "day": day,
        "by": 301,
        "at": sa.func.current_timestamp(),
    }
    connection.execute(sa.insert(quotes).values(**(values | more)))


def _place(place: str) -> dict[str, str]:
    return {"region": place[:2], "district": place if len(place) > 2 else ""}
