"""Certificates: the numbers that were given, to whom, and which are good no more."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.organisation import offices, officials
from storage.schema.programmes import certificates, programmes, signups
from storage.upsert import upsert

_PROGRAMME = (
    "title_kk",
    "title_ru",
    "place_kk",
    "place_ru",
    "region",
    "district",
    "begins_on",
    "ends_on",
)


def add(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Keep a certificate; False where its number is taken."""
    return upsert(connection, certificates, ["number"], values, update=()).rowcount == 1


def find(connection: Connection, number: str) -> RowMapping | None:
    """Return a certificate with its programme, its participant and who signed."""
    statement = _whole().where(certificates.c.number == number)
    return connection.execute(statement).mappings().one_or_none()


def of_signup(connection: Connection, signup_id: int) -> Sequence[RowMapping]:
    """Return the certificates of a participant, the latest last."""
    statement = _whole().where(certificates.c.signup_id == signup_id)
    return connection.execute(statement.order_by(certificates.c.serial)).mappings().all()


def of_person(connection: Connection, person_id: int) -> Sequence[RowMapping]:
    """Return all certificates of a person, the newest first."""
    statement = _whole().where(signups.c.person_id == person_id)
    newest = (certificates.c.issued_at.desc(), certificates.c.number)
    return connection.execute(statement.order_by(*newest)).mappings().all()


def latest(connection: Connection, signup_ids: Sequence[int]) -> Mapping[int, RowMapping]:
    """Return the latest certificate of each of these participants who has one."""
    statement = (
        sa.select(certificates)
        .where(certificates.c.signup_id.in_(signup_ids))
        .order_by(certificates.c.signup_id, certificates.c.serial)
    )
    return {row["signup_id"]: row for row in connection.execute(statement).mappings()}


def without(connection: Connection, programme_id: int, status: str) -> Sequence[int]:
    """Return the participants of this standing who were never given a certificate."""
    given = sa.exists().where(certificates.c.signup_id == signups.c.id)
    statement = sa.select(signups.c.id).where(
        signups.c.programme_id == programme_id, signups.c.status == status, ~given
    )
    return connection.execute(statement.order_by(signups.c.id)).scalars().all()


def count_good(connection: Connection, programme_id: int) -> int:
    """Return how many certificates of a programme are good."""
    statement = (
        sa.select(sa.func.count())
        .select_from(certificates)
        .join(signups, signups.c.id == certificates.c.signup_id)
        .where(signups.c.programme_id == programme_id, certificates.c.revoked_at.is_(None))
    )
    found: int = connection.execute(statement).scalar_one()
    return found


def revoke(connection: Connection, number: str, values: Mapping[str, Any]) -> bool:
    """Let a certificate be good no more; False where it was not good any longer."""
    good = sa.and_(certificates.c.number == number, certificates.c.revoked_at.is_(None))
    return connection.execute(sa.update(certificates).where(good).values(**values)).rowcount == 1


def forget_names(connection: Connection, signup_ids: Sequence[int]) -> int:
    """Erase the names on the certificates of these participants; how many had one."""
    named = sa.and_(certificates.c.signup_id.in_(signup_ids), certificates.c.name.is_not(None))
    return connection.execute(sa.update(certificates).where(named).values(name=None)).rowcount


def outlived(connection: Connection, before: datetime, limit: int) -> Sequence[int]:
    """Return participants named on certificates that were issued before this moment."""
    table = certificates.c
    statement = sa.select(table.signup_id).where(_old(before)).distinct()
    return connection.execute(statement.order_by(table.signup_id).limit(limit)).scalars().all()


def count_outlived(connection: Connection, before: datetime) -> tuple[int, datetime | None]:
    """Return how many certificates these are, and when the first of them was issued."""
    first = sa.func.min(certificates.c.issued_at)
    statement = sa.select(sa.func.count(), first).select_from(certificates).where(_old(before))
    count, oldest = connection.execute(statement).one()
    return count, oldest


def forget_holders(connection: Connection, signup_ids: Sequence[int]) -> None:
    """Erase whose certificates these were, where nothing else of the sign-up is kept."""
    bare = sa.and_(signups.c.id.in_(signup_ids), signups.c.erased_at.is_not(None))
    connection.execute(sa.update(signups).where(bare).values(person_id=None))


def head_of_place(connection: Connection, region: str | None, district: str | None) -> str | None:
    """Return who leads the office of a place: the nearest one that somebody leads."""
    table = offices.c
    here = sa.and_(table.region == region, table.district == district)
    around = sa.and_(table.region == region, table.district.is_(None))
    whole = sa.and_(table.region.is_(None), table.district.is_(None))
    statement = (
        sa.select(table.head)
        .where(sa.or_(here, around, whole), table.head.is_not(None))
        .order_by(table.region.is_(None), table.district.is_(None), table.code)
    )
    return connection.execute(statement.limit(1)).scalar_one_or_none()


def _old(before: datetime) -> sa.ColumnElement[bool]:
    table = certificates.c
    old: sa.ColumnElement[bool] = sa.and_(table.issued_at < before, table.name.is_not(None))
    return old


def _whole() -> sa.Select[Any]:
    return (
        sa.select(
            certificates,
            signups.c.programme_id,
            signups.c.person_id,
            *(programmes.c[name] for name in _PROGRAMME),
            officials.c.name_kk.label("signer_kk"),
            officials.c.name_ru.label("signer_ru"),
            officials.c.position_kk,
            officials.c.position_ru,
        )
        .join(signups, signups.c.id == certificates.c.signup_id)
        .join(programmes, programmes.c.id == signups.c.programme_id)
        .outerjoin(officials, officials.c.code == certificates.c.signed_by)
    )
