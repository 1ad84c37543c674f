"""Statements about what was reported of indicators; nothing is ever overwritten."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.roadmap import indicator_evidence, indicator_facts
from storage.upsert import upsert


def standing(connection: Connection, codes: Collection[str], each: int) -> Sequence[RowMapping]:
    """Return the newest reports of each indicator, at most `each`, the earliest first.

    Those whose question waits for a reply are left out.
    """
    return connection.execute(_standing(), {"codes": list(codes), "each": each}).mappings().all()


# Made once: building it costs more than running it.
@cache
def _standing() -> sa.Select[Any]:
    table = indicator_facts.c
    place = sa.func.row_number().over(partition_by=table.indicator, order_by=table.id.desc())
    numbered = (
        sa.select(indicator_facts, place.label("place"))
        .where(
            table.indicator.in_(sa.bindparam("codes", expanding=True)),
            sa.or_(table.returned_at.is_(None), table.replied_at.is_not(None)),
        )
        .subquery()
    )
    columns = [column for column in numbered.c if column.name != "place"]
    return (
        sa.select(*columns).where(numbered.c.place <= sa.bindparam("each")).order_by(numbered.c.id)
    )


def last_reported(connection: Connection, codes: Collection[str]) -> Mapping[str, datetime]:
    """Return when each of these indicators was last reported of, returned or not."""
    table = indicator_facts.c
    newest = (
        sa.select(sa.func.max(table.id))
        .where(table.indicator.in_(codes))
        .group_by(table.indicator)
    )
    statement = sa.select(table.indicator, table.at).where(table.id.in_(newest))
    return {row.indicator: row.at for row in connection.execute(statement)}


def history(
    connection: Connection, code: str, *, before: int | None, limit: int
) -> Sequence[RowMapping]:
    """Return all reports of an indicator, the newest first, from before this one on."""
    table = indicator_facts.c
    statement = sa.select(indicator_facts).where(table.indicator == code)
    if before is not None:
        statement = statement.where(table.id < before)
    return connection.execute(statement.order_by(table.id.desc()).limit(limit)).mappings().all()


def find(connection: Connection, fact_id: int) -> RowMapping | None:
    """Return one report."""
    statement = sa.select(indicator_facts).where(indicator_facts.c.id == fact_id)
    return connection.execute(statement).mappings().one_or_none()


def find_by_key(connection: Connection, key: str) -> RowMapping | None:
    """Return the report of a natural key."""
    statement = sa.select(indicator_facts).where(indicator_facts.c.key == key)
    return connection.execute(statement).mappings().one_or_none()


def add(
    connection: Connection, values: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]
) -> RowMapping:
    """Write a report with what shows it, and return it; one that is there stays as it is."""
    added = upsert(connection, indicator_facts, ["key"], values, update=()).rowcount == 1
    fact = find_by_key(connection, values["key"])
    if fact is None:
        raise LookupError(values["key"])
    for each in evidence if added else ():
        row = {"fact_id": fact["id"], **each}
        upsert(connection, indicator_evidence, ["fact_id", "message_id"], row, update=())
    return fact


def evidence_of(
    connection: Connection, facts: Collection[int]
) -> Mapping[int, Sequence[RowMapping]]:
    """Return what shows these reports, in the order of the messages."""
    table = indicator_evidence
    statement = sa.select(table).where(table.c.fact_id.in_(facts)).order_by(table.c.message_id)
    found: dict[int, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(statement).mappings():
        found[row["fact_id"]].append(row)
    return found


def give_back(connection: Connection, fact_id: int, by: int, question: str, now: datetime) -> bool:
    """Keep a question about a report; False where it has one."""
    table = indicator_facts.c
    statement = (
        sa.update(indicator_facts)
        .where(table.id == fact_id, table.returned_at.is_(None))
        .values(returned_at=now, returned_by=by, question=question)
    )
    return connection.execute(statement).rowcount == 1


def reply(connection: Connection, fact_id: int, by: int, text: str, now: datetime) -> bool:
    """Keep the reply to the question about a report; False where there is one, or no question."""
    table = indicator_facts.c
    statement = (
        sa.update(indicator_facts)
        .where(table.id == fact_id, table.returned_at.is_not(None), table.replied_at.is_(None))
        .values(replied_at=now, replied_by=by, reply=text)
    )
    return connection.execute(statement).rowcount == 1
