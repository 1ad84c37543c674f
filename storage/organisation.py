"""Reading the party's own data."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

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
    table = tables.topics
    columns = (
        table.c.code,
        table.c.name_kk,
        table.c.name_ru,
        table.c.emoji,
        table.c.section,
        table.c.retired,
    )
    return connection.execute(sa.select(*columns).order_by(table.c.position)).mappings().all()


def news_topics(connection: Connection) -> Sequence[RowMapping]:
    """Return the topics of news in their order."""
    table = tables.news_topics
    columns = (table.c.code, table.c.name_kk, table.c.name_ru, table.c.emoji)
    return connection.execute(sa.select(*columns).order_by(table.c.position)).mappings().all()


def offices(connection: Connection) -> Sequence[RowMapping]:
    """Return the party's reception offices by code."""
    table = tables.offices
    columns = (table.c.code, table.c.name_kk, table.c.name_ru, table.c.region)
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
