"""The party’s own data as screens and use cases read it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.council_reading import takes_topic
from storage.schema import organisation as tables


def party_texts(connection: Connection) -> Sequence[RowMapping]:
    """Return key, kk, ru of every bilingual text."""
    return connection.execute(sa.select(tables.party_texts)).mappings().all()


def sections(connection: Connection) -> Sequence[RowMapping]:
    """Return the sections of the Road Map in their order."""
    table = tables.sections
    columns = (table.c.code, table.c.name_kk, table.c.name_ru, table.c.emoji)
    return connection.execute(sa.select(*columns).order_by(table.c.position)).mappings().all()


def topics(connection: Connection) -> Sequence[RowMapping]:
    """Return the topics of appeals in their order, retired ones included."""
    return connection.execute(_topics().order_by(tables.topics.c.position)).mappings().all()


def find_topic(connection: Connection, code: str) -> RowMapping | None:
    """Return one topic as ``topics`` does, None where there is none of this code."""
    return connection.execute(_topic(), {"of_topic": code}).mappings().one_or_none()


def news_topics(connection: Connection) -> Sequence[RowMapping]:
    """Return the topics of news in their order, retired ones included."""
    table = tables.news_topics
    columns = (
        table.c.code,
        table.c.name_kk,
        table.c.name_ru,
        table.c.emoji,
        table.c.retired,
        table.c.responses,
    )
    return connection.execute(sa.select(*columns).order_by(table.c.position)).mappings().all()


def offices(connection: Connection) -> Sequence[RowMapping]:
    """Return the party's reception offices by code."""
    table = tables.offices
    columns = (
        table.c.code,
        table.c.name_kk,
        table.c.name_ru,
        table.c.region,
        table.c.district,
        table.c.parent,
        table.c.head,
    )
    return connection.execute(sa.select(*columns).order_by(table.c.code)).mappings().all()


def officials(connection: Connection) -> Sequence[RowMapping]:
    """Return the officials by code."""
    table = tables.officials
    columns = (
        table.c.code,
        table.c.name_kk,
        table.c.name_ru,
        table.c.body,
        table.c.position_kk,
        table.c.position_ru,
    )
    return connection.execute(sa.select(*columns).order_by(table.c.code)).mappings().all()


def types(connection: Connection) -> Sequence[RowMapping]:
    """Return the types of appeals in their order."""
    return _in_order(connection, tables.appeal_types)


def questions(connection: Connection) -> Sequence[RowMapping]:
    """Return the questions of all topics in their order, retired ones included."""
    return _in_order(connection, tables.topic_questions)


def questions_of(connection: Connection, topic: str) -> Sequence[RowMapping]:
    """Return the questions of one topic in their order, retired ones included."""
    return connection.execute(_questions_of(), {"of_topic": topic}).mappings().all()


def stops(connection: Connection) -> Sequence[RowMapping]:
    """Return the stop messages in use, in their order; topics and words as JSON texts."""
    return connection.execute(_stops()).mappings().all()


def templates(connection: Connection) -> Sequence[RowMapping]:
    """Return the answer templates in their order, retired ones included."""
    return _in_order(connection, tables.answer_templates)


def body_of(connection: Connection, official: str) -> str | None:
    """Return the code of the body to which the official belongs."""
    table = tables.officials
    return connection.execute(sa.select(table.c.body).where(table.c.code == official)).scalar()


def official_of_section(connection: Connection, section: str, day: date) -> str | None:
    """Return the code of the official who answers for the section on this day."""
    wanted = {"of_section": section, "of_day": day}
    return connection.execute(_official_of_section(), wanted).scalar()


def section_of_topic(connection: Connection, topic: str) -> str | None:
    """Return the code of the topic's section, None where there is no such topic."""
    return connection.execute(_section_of(), {"of_topic": topic}).scalar()


def sections_of_officials(
    connection: Connection, officials: Sequence[str], day: date
) -> Sequence[str]:
    """Return the codes of the sections for which one of them answers on this day, in order."""
    table = tables.section_assignments
    statement = (
        sa.select(table.c.section)
        .join(tables.sections, tables.sections.c.code == table.c.section)
        .where(table.c.official.in_(officials), *_in_force(table, day))
        .order_by(tables.sections.c.position)
    )
    return connection.execute(statement).scalars().all()


def absent_on(connection: Connection, day: date) -> dict[str, str]:
    """Return official → deputy for everybody who is away on this day; the latest word counts."""
    table = tables.absences
    statement = (
        sa.select(table.c.official, table.c.deputy)
        .where(*_in_force(table, day))
        .order_by(table.c.since)
    )
    return {row.official: row.deputy for row in connection.execute(statement)}


def parent_of_office(connection: Connection, office: str) -> RowMapping | None:
    """Return code and head of the office of the next level, None at the top."""
    parent = tables.offices.alias()
    statement = (
        sa.select(parent.c.code, parent.c.head)
        .join(tables.offices, tables.offices.c.parent == parent.c.code)
        .where(tables.offices.c.code == office)
    )
    return connection.execute(statement).mappings().first()


def head_of_office(connection: Connection, office: str) -> str | None:
    """Return the code of the official who heads the office, None where nobody does."""
    table = tables.offices.c
    return connection.execute(sa.select(table.head).where(table.code == office)).scalar()


def answered_since(
    connection: Connection,
    section: str,
    official: str,
    first_day: date,
    today: date,
    *,
    named: str | None = None,
) -> bool:
    """Tell whether the official answers for the section now, or did on or after the first day.

    Or stood in for one who did, up to today; `named` is one who answers besides. Whoever stands
    in for a deputy counts as well.
    """
    end = today + timedelta(days=1)
    terms = [*_terms(connection, section, first_day, end)]
    if named is not None:
        terms.append((named, first_day, end))
    absences = _absences(connection, first_day, end)
    for holder, since, until in terms:
        if holder == official:
            return True
        deputies = (
            (away["deputy"], max(since, away["since"]), min(until, away["until"]))
            for away in absences
            if away["official"] == holder and away["since"] < until and since < away["until"]
        )
        # Deputies that lead in a circle come back with the same days.
        terms += [term for term in deputies if term not in terms]
    return False


def routes_to(
    connection: Connection, topic: str, region: str | None, district: str | None, day: date
) -> Sequence[RowMapping]:
    """Return topic, region, district, office, official of each route that takes this case."""
    case = {"of_topic": topic, "of_region": region, "of_district": district, "of_day": day}
    return connection.execute(_routes_to(), case).mappings().all()


# Made once, like those below: building a statement costs more than running it.
@cache
def _routes_to() -> sa.Select[Any]:
    table = tables.routes.c
    fits = (
        sa.or_(column.is_(None), column == sa.bindparam(f"of_{column.name}"))
        for column in (table.topic, table.region, table.district)
    )
    columns = (table.topic, table.region, table.district, table.office, table.official)
    in_force = _in_force(tables.routes, sa.bindparam("of_day", type_=sa.Date))
    return sa.select(*columns).where(*fits, *in_force).order_by(table.id)


@cache
def _topics() -> sa.Select[Any]:
    table = tables.topics.c
    return sa.select(
        table.code, table.name_kk, table.name_ru, table.emoji, table.section, table.retired
    )


@cache
def _topic() -> sa.Select[Any]:
    table = tables.topics.c
    taken = takes_topic(table.code).label("for_council")
    return _topics().add_columns(taken).where(table.code == sa.bindparam("of_topic"))


@cache
def _section_of() -> sa.Select[str]:
    table = tables.topics.c
    return sa.select(table.section).where(table.code == sa.bindparam("of_topic"))


@cache
def _questions_of() -> sa.Select[Any]:
    table = tables.topic_questions.c
    columns = [column for column in table if column is not table.position]
    own = table.topic == sa.bindparam("of_topic")
    return sa.select(*columns).where(own).order_by(table.position)


@cache
def _official_of_section() -> sa.Select[Any]:
    table = tables.section_assignments
    in_force = _in_force(table, sa.bindparam("of_day", type_=sa.Date))
    return (
        sa.select(table.c.official)
        .where(table.c.section == sa.bindparam("of_section"), *in_force)
        .order_by(table.c.since.desc())
        .limit(1)
    )


@cache
def _stops() -> sa.Select[Any]:
    table = tables.stop_messages
    texts = {"topics", "words"}
    columns = [column for column in table.c if column.name not in {"position", "retired", *texts}]
    texts_as_they_are = [sa.cast(table.c[name], sa.Text).label(name) for name in sorted(texts)]
    in_use = sa.select(*columns, *texts_as_they_are).where(table.c.retired.is_(False))
    return in_use.order_by(table.c.position)


def _in_order(connection: Connection, table: sa.Table) -> Sequence[RowMapping]:
    columns = [column for column in table.c if column is not table.c.position]
    return connection.execute(sa.select(*columns).order_by(table.c.position)).mappings().all()


def _in_force(
    table: sa.Table, day: date | sa.BindParameter[date]
) -> tuple[sa.ColumnElement[bool], ...]:
    """Dates are half open: `since` is the first day in force, `until` the first day after."""
    return table.c.since <= day, sa.or_(table.c.until.is_(None), table.c.until > day)


def _terms(
    connection: Connection, section: str, first_day: date, end: date
) -> Iterator[tuple[str, date, date]]:
    """Yield who answered for the section between these days: official, since, until."""
    table = tables.section_assignments
    statement = sa.select(table.c.official, table.c.since, table.c.until).where(
        table.c.section == section,
        table.c.since < end,
        sa.or_(table.c.until.is_(None), table.c.until > first_day),
    )
    for row in connection.execute(statement):
        yield row.official, max(row.since, first_day), min(row.until or end, end)


def _absences(connection: Connection, first_day: date, end: date) -> Sequence[RowMapping]:
    table = tables.absences
    statement = sa.select(table).where(table.c.since < end, table.c.until > first_day)
    return connection.execute(statement).mappings().all()
