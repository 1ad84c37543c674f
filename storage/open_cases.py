"""Open appeals within areas, page by page, the earliest due first.

Each stretch of an index is asked for its own first cases, and these are merged: a page costs the
same however many cases there are.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.digests import named
from storage.roadmap_scope import Area
from storage.schema.appeals import appeals

_A = appeals.c
_CASE = (_A.id, _A.number, _A.topic, _A.region, _A.district, _A.due_on)


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
    """Return id, number, topic, region, district, due_on; what lies in two areas comes once."""
    branches = [
        sa.select(page.of(*stretch, _A.status == status).subquery())
        for area in areas
        for stretch in _stretches(area)
        for status in sorted(statuses)
    ]
    if not branches:
        return []
    together = sa.union(*branches).subquery()
    statement = sa.select(together).order_by(together.c.due_on, together.c.id).limit(page.limit)
    return connection.execute(statement).mappings().all()


def named_cases(
    connection: Connection, officials: Collection[str], areas: Iterable[Area], page: Page
) -> Sequence[RowMapping]:
    """Return the cases that `storage.digests.count_named` counts as `open_cases` does."""
    statement = page.of(*named(connection, officials, areas))
    return connection.execute(statement).mappings().all()


def _stretches(area: Area) -> Iterator[list[sa.ColumnElement[bool]]]:
    """Yield conditions each of which is one stretch of an index, or lies in one."""
    place: list[sa.ColumnElement[bool]] = []
    if area.region is not None:
        place.append(_A.region == area.region)
    if area.district is not None:
        place.append(_A.district == area.district)
    if area.sections is None:
        yield place
        return
    for section in area.sections:
        yield [_A.section == section, *place]
