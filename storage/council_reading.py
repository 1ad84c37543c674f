"""Public councils as they are on a day: where they are, who sits in them, when they met."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.councils import in_force
from storage.schema.councils import (
    council_attendance,
    council_field_topics,
    council_fields,
    council_meetings,
    council_members,
    council_terms,
    councils,
)
from storage.schema.people import roles

_T, _M = council_terms.c, council_members.c
_COUNCIL = (
    councils.c.code,
    councils.c.name_kk,
    councils.c.name_ru,
    _T.field,
    _T.region,
    _T.district,
    _T.takes_appeals,
)


def at_place(
    connection: Connection, region: str | None, district: str | None, day: date
) -> Sequence[RowMapping]:
    """Return the councils whose territory is exactly this place, in the order of the fields."""
    here = (_is(_T.region, region), _is(_T.district, district))
    return connection.execute(_in_force_on(day).where(*here)).mappings().all()


def reaching(
    connection: Connection, region: str, district: str | None, day: date
) -> Sequence[RowMapping]:
    """Return the councils in whose territory a place lies, the narrowest first."""
    here = (
        sa.or_(_T.region.is_(None), _T.region == region),
        sa.or_(_T.district.is_(None), _T.district == district),
    )
    found = connection.execute(_in_force_on(day).where(*here)).mappings().all()
    return sorted(found, key=lambda row: (row["district"] is None, row["region"] is None))


def all_on(connection: Connection, day: date) -> Sequence[RowMapping]:
    """Return every council that is there on this day, in the order of the fields."""
    return connection.execute(_in_force_on(day)).mappings().all()


def last(connection: Connection, council: str) -> RowMapping | None:
    """Return a council as its newest term says, also one that is no more."""
    newest = sa.select(_T.since).where(_T.council == council).order_by(_T.since.desc()).limit(1)
    day = connection.execute(newest).scalar()
    return None if day is None else one(connection, council, day)


def any_reaching(connection: Connection, region: str, district: str | None, day: date) -> bool:
    """Tell whether a place lies in the territory of some council on this day."""
    case = {"of_region": region, "of_district": district, "of_day": day}
    return connection.execute(_any_reaching(), case).first() is not None


def one(connection: Connection, council: str, day: date) -> RowMapping | None:
    """Return a council that is there on this day."""
    statement = _in_force_on(day).where(_T.council == council)
    return connection.execute(statement).mappings().one_or_none()


def name_of(connection: Connection, council: str) -> RowMapping | None:
    """Return name_kk and name_ru of a council, also of one that is no more."""
    statement = sa.select(councils.c.name_kk, councils.c.name_ru).where(councils.c.code == council)
    return connection.execute(statement).mappings().one_or_none()


def fields_by_place(connection: Connection, day: date) -> Sequence[RowMapping]:
    """Return field, region and district of every council that is there on this day."""
    statement = sa.select(_T.field, _T.region, _T.district).where(*in_force(council_terms, day))
    return connection.execute(statement).mappings().all()


def members_of(
    connection: Connection, of: Collection[str] | None, day: date
) -> Sequence[RowMapping]:
    """Return council, official, role and since of who sits on this day; None: in every council."""
    statement = sa.select(_M.council, _M.official, _M.role, _M.since)
    statement = statement.where(*in_force(council_members, day))
    if of is not None:
        statement = statement.where(_M.council.in_(of))
    return connection.execute(statement.order_by(_M.council, _M.official)).mappings().all()


def former_of(connection: Connection, council: str, day: date, limit: int) -> Sequence[RowMapping]:
    """Return official, role, since and until of seats that were over by this day, newest first."""
    statement = (
        sa.select(_M.official, _M.role, _M.since, _M.until)
        .where(_M.council == council, _M.until <= day, _M.since < _M.until)
        .order_by(_M.until.desc(), _M.official, _M.since)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def councils_of(
    connection: Connection, officials: Collection[str], day: date
) -> Sequence[RowMapping]:
    """Return council and role of every seat that one of these officials has on this day."""
    statement = sa.select(_M.council, _M.role).where(
        _M.official.in_(officials), *in_force(council_members, day)
    )
    return connection.execute(statement).mappings().all()


def meetings_of(
    connection: Connection, council: str, limit: int, before: date | None = None
) -> Sequence[RowMapping]:
    """Return the newest meetings, with how many came: None where nobody noted who did."""
    table, came = council_meetings.c, council_attendance.c
    this = sa.and_(came.council == table.council, came.held_on == table.held_on)
    present = sa.func.sum(sa.case((came.presence == "present", 1), else_=0))
    noted = sa.select(present).where(this).correlate(council_meetings).scalar_subquery()
    columns = (table.held_on, table.title_kk, table.title_ru, noted.label("present"))
    statement = sa.select(*columns).where(table.council == council)
    if before is not None:
        statement = statement.where(table.held_on < before)
    statement = statement.order_by(table.held_on.desc()).limit(limit)
    return connection.execute(statement).mappings().all()


def leading(connection: Connection, council: str, day: date) -> Sequence[RowMapping]:
    """Return official, role and person_id of members of a council who work in the bot."""
    statement = (
        sa.select(_M.official, _M.role, roles.c.person_id)
        .join(roles, sa.and_(roles.c.official == _M.official, roles.c.until.is_(None)))
        .where(_M.council == council, *in_force(council_members, day))
        .order_by(_M.official)
    )
    return connection.execute(statement).mappings().all()


def taking(
    connection: Connection, topic: str, region: str, district: str | None, day: date
) -> Sequence[RowMapping]:
    """Return the members of the councils that take appeals of a topic in a place by themselves.

    council, name_kk, name_ru, region, district, official, role, person_id: of who works here.
    """
    case = {"of_topic": topic, "of_region": region, "of_district": district, "of_day": day}
    return connection.execute(_taking(), case).mappings().all()


def takes_topic(topic: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return the condition that some council takes appeals of a topic by itself."""
    own = council_field_topics.c
    return sa.exists().where(
        own.topic == topic, _T.field == own.field, _T.takes_appeals.is_(sa.true())
    )


# Made once: building a statement costs more than running it.
@cache
def _taking() -> sa.Select[Any]:
    day = sa.bindparam("of_day", type_=sa.Date)
    region: Any = sa.bindparam("of_region")
    district: Any = sa.bindparam("of_district")
    own = council_field_topics.c
    columns = (
        _T.council,
        councils.c.name_kk,
        councils.c.name_ru,
        _T.region,
        _T.district,
        _M.official,
        _M.role,
        roles.c.person_id,
    )
    return (
        sa.select(*columns)
        .select_from(council_field_topics)
        .join(council_terms, _T.field == own.field)
        .join(councils, councils.c.code == _T.council)
        .join(council_members, _M.council == _T.council)
        .join(roles, sa.and_(roles.c.official == _M.official, roles.c.until.is_(None)))
        .where(
            own.topic == sa.bindparam("of_topic"),
            _T.takes_appeals.is_(sa.true()),
            sa.or_(_T.region.is_(None), _T.region == region),
            sa.or_(_T.district.is_(None), _T.district == district),
            *_dated(council_terms, day),
            *_dated(council_members, day),
        )
    )


@cache
def _any_reaching() -> sa.Select[Any]:
    region: Any = sa.bindparam("of_region")
    district: Any = sa.bindparam("of_district")
    return (
        sa.select(_T.council)
        .where(
            sa.or_(_T.region.is_(None), _T.region == region),
            sa.or_(_T.district.is_(None), _T.district == district),
            *_dated(council_terms, sa.bindparam("of_day", type_=sa.Date)),
        )
        .limit(1)
    )


def _dated(table: sa.Table, day: sa.BindParameter[date]) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.since <= day, sa.or_(table.c.until.is_(None), table.c.until > day)


def _in_force_on(day: date) -> sa.Select[Any]:
    first = council_terms.alias("first")
    begun = (
        sa.select(sa.func.min(first.c.since))
        .where(first.c.council == _T.council)
        .correlate(council_terms)
        .scalar_subquery()
    )
    return (
        sa.select(*_COUNCIL, begun.label("since"))
        .join(council_terms, _T.council == councils.c.code)
        .join(council_fields, council_fields.c.code == _T.field)
        .where(*in_force(council_terms, day))
        .order_by(council_fields.c.position, councils.c.code)
    )


def _is(column: sa.ColumnElement[Any], value: str | None) -> sa.ColumnElement[bool]:
    return column.is_(None) if value is None else column == value
