"""Statements about what people agreed to and took back: a row for each version of each text."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.people import consents
from storage.upsert import upsert

_IN_FORCE = (consents.c.withdrawn_at.is_(None),)
_OF_PERSON = consents.c.person_id == sa.bindparam("person")
_OF_KIND = consents.c.kind == sa.bindparam("of_kind")
# Written once: every update of somebody who is not in memory asks it, with the person itself.
HELD = sa.select(
    sa.func.aggregate_strings(consents.c.kind + sa.literal(":") + consents.c.version, " ")
).where(_OF_PERSON, *_IN_FORCE)
_VERSIONS = sa.select(consents.c.version).where(_OF_PERSON, _OF_KIND, *_IN_FORCE)
_ALL = sa.select(consents).where(_OF_PERSON).order_by(consents.c.kind, consents.c.given_at)


def held_versions(connection: Connection, person_id: int, kind: str) -> frozenset[str]:
    """Return the versions that the person agreed to and did not take back."""
    found = connection.execute(_VERSIONS, {"person": person_id, "of_kind": kind})
    return frozenset(found.scalars())


def all_of(connection: Connection, person_id: int) -> Sequence[RowMapping]:
    """Return every consent of a person, the withdrawn ones too, the oldest of a kind first."""
    return connection.execute(_ALL, {"person": person_id}).mappings().all()


def put(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Keep a consent; False where it was there already and keeps its first date.

    One that comes after a withdrawal has a date of its own.
    """
    keys = ["person_id", "kind", "version"]
    if values["version"] in held_versions(connection, values["person_id"], values["kind"]):
        return False
    upsert(
        connection,
        consents,
        keys,
        {**values, "withdrawn_at": None},
        update=("language", "given_at", "withdrawn_at"),
    )
    return True


def withdraw(connection: Connection, person_id: int, kind: str, now: datetime) -> bool:
    """Take back every version of a kind; False where there was none."""
    statement = (
        sa.update(consents)
        .where(
            consents.c.person_id == person_id,
            consents.c.kind == kind,
            consents.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )
    return connection.execute(statement).rowcount > 0
