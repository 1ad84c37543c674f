"""Open appeals within areas, page by page, the earliest due first.

Each stretch of an index is asked for its own first cases, and these are merged: a page costs the
same however many cases there are.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.digests import named
from storage.roadmap_scope import Area
from storage.schema.appeals import appeals

_A = appeals.c
_CASE = (_A.id, _A.number, _A.topic, _A.region, _A.district, _A.due_on, _A.campaign)


@dataclass(frozen=True, slots=True)
class Page:
    """So many cases due on first … last, from the (due_on, id) key `after` on."""

    limit: int
    first: date = date.min
    last: date = date.max
    after: tuple[date, int] | None = None

    def of(self, *conditions: sa.ColumnExpressionArgument[bool]) -> sa.Select[Any]:
        """Return the statement that finds the page's cases among those of some conditions."""
        statement = sa.select(*_CASE).where(*conditions, _A.due_on.between(self.first, self.last))
        if self.after is not None:
            due_on, appeal_id = self.after
            behind = sa.and_(_A.due_on == due_on, _A.id > appeal_id)
            statement = statement.where(sa.or_(_A.due_on > due_on, behind))
        return statement.order_by(_A.due_on, _A.id).limit(self.limit)


def open_cases(
    connection: Connection, areas: Iterable[Area], statuses: Collection[str], page: Page
) -> Sequence[RowMapping]:
    """Return the columns of _CASE; what lies in two areas comes once."""
    found = {
        row["id"]: row
        for area in areas
        for place in _stretches(area)
        for status in sorted(statuses)
        for row in _first_of(connection, {"status": status, **place}, page)
    }
    merged = sorted(found.values(), key=lambda row: (row["due_on"], row["id"]))
    return merged[: page.limit]


def named_cases(
    connection: Connection, officials: Collection[str], areas: Iterable[Area], page: Page
) -> Sequence[RowMapping]:
    """Return the cases that `storage.digests.count_named` counts as `open_cases` does."""
    statement = page.of(*named(connection, officials, areas))
    return connection.execute(statement).mappings().all()


def _stretches(area: Area) -> Iterator[dict[str, str]]:
    """Yield columns with values, each of which is one stretch of an index, or lies in one."""
    place = {"region": area.region, "district": area.district}
    named = {name: code for name, code in place.items() if code is not None}
    if area.sections is None:
        yield named
        return
    for section in area.sections:
        yield {"section": section, **named}


def _first_of(
    connection: Connection, where: Mapping[str, str], page: Page
) -> Sequence[RowMapping]:
    day, appeal_id = page.after or (date.min, 0)
    span = {"limit": page.limit, "first": page.first, "last": page.last}
    behind = {"after_day": day, "after_id": appeal_id}
    return connection.execute(_looking(tuple(where)), {**where, **span, **behind}).mappings().all()


# Made once for each: building a statement costs more than running it.
@cache
def _looking(columns: tuple[str, ...]) -> sa.Select[Any]:
    on_that_day = sa.and_(_A.due_on == sa.bindparam("after_day"), _A.id > sa.bindparam("after_id"))
    return (
        sa.select(*_CASE)
        .where(
            *(_A[name] == sa.bindparam(name) for name in columns),
            _A.due_on.between(sa.bindparam("first"), sa.bindparam("last")),
            sa.or_(_A.due_on > sa.bindparam("after_day"), on_that_day),
        )
        .order_by(_A.due_on, _A.id)
        .limit(sa.bindparam("limit", type_=sa.Integer))
    )
