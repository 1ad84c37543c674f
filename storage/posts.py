"""Statements about which posts people of the staff hold or held."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.people import roles


def posts_of(connection: Connection, ids: Collection[int]) -> Sequence[RowMapping]:
    """Return person_id, role and official of every role that these people ever held.

    Those that are held now stand first.
    """
    table = roles.c
    statement = (
        sa.select(table.person_id, table.role, table.official)
        .where(table.person_id.in_(ids))
        .order_by(table.person_id, table.until.is_not(None), table.role)
    )
    return connection.execute(statement).mappings().all()
