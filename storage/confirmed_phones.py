"""Statements about who has confirmed a telephone number; the number itself is not kept."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema.people import confirmed_phones

_OF_PERSON = sa.select(confirmed_phones).where(
    confirmed_phones.c.person_id == sa.bindparam("person")
)
# Either key may stop it: the person has a number, or the number has a person.
_FORMS = {
    "sqlite": sqlite.insert(confirmed_phones).inline().on_conflict_do_nothing(),
    "postgresql": postgresql.insert(confirmed_phones).inline().on_conflict_do_nothing(),
}


def phone_of(connection: Connection, person_id: int) -> RowMapping | None:
    """Return phone_blind and confirmed_at of a person."""
    return connection.execute(_OF_PERSON, {"person": person_id}).mappings().one_or_none()


def person_of(connection: Connection, blinds: Sequence[str]) -> int | None:
    """Return whose number this is, by what an index may hold of it."""
    statement = sa.select(confirmed_phones.c.person_id).where(
        confirmed_phones.c.phone_blind.in_(blinds)
    )
    return connection.execute(statement.limit(1)).scalar()


def put_phone(connection: Connection, person_id: int, blind: str, now: datetime) -> bool:
    """Write a number of a person; False where either is taken already."""
    values = {"person_id": person_id, "phone_blind": blind, "confirmed_at": now}
    return connection.execute(_FORMS[connection.dialect.name], values).rowcount == 1


def blind_anew(connection: Connection, person_id: int, blind: str) -> None:
    """Keep the same number of a person under a newer key."""
    statement = sa.update(confirmed_phones).where(confirmed_phones.c.person_id == person_id)
    connection.execute(statement.values(phone_blind=blind))


def delete_phone(connection: Connection, person_id: int) -> bool:
    """Forget the number of a person; False where there is none."""
    statement = sa.delete(confirmed_phones).where(confirmed_phones.c.person_id == person_id)
    return connection.execute(statement).rowcount == 1
