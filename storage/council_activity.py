"""What members of councils have done: answers by day, and who came to the newest meetings."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import official_days
from storage.schema.councils import council_attendance

_AT_ONCE = 500


def answers_of(
    connection: Connection, officials: Collection[str], first: date, last: date
) -> Mapping[str, tuple[int, int]]:
    """Return by official how many cases they answered on these days, and how many in time."""
    table = official_days.c
    found: dict[str, tuple[int, int]] = {}
    ordered = sorted(officials)
    for start in range(0, len(ordered), _AT_ONCE):
        these = table.official.in_(ordered[start : start + _AT_ONCE])
        statement = (
            sa.select(
                table.official,
                sa.func.sum(table.answered).label("answered"),
                sa.func.sum(table.in_time).label("in_time"),
            )
            .where(these, table.day.between(first, last))
            .group_by(table.official)
        )
        for row in connection.execute(statement):
            found[row.official] = (int(row.answered), int(row.in_time))
    return found


def attendance_of(
    connection: Connection, councils: Collection[str], first: date, last: date
) -> Sequence[RowMapping]:
    """Return council, held_on, official and presence of the meetings on these days."""
    table = council_attendance.c
    found: list[RowMapping] = []
    ordered = sorted(councils)
    for start in range(0, len(ordered), _AT_ONCE):
        these = table.council.in_(ordered[start : start + _AT_ONCE])
        statement = sa.select(council_attendance).where(these, table.held_on.between(first, last))
        found += connection.execute(statement).mappings().all()
    return found
