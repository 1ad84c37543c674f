"""Reading indicators from the tables."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Connection, RowMapping

from services.refusal import N_, Refusal
from services.roadmap.indicator import Indicator, Level
from services.roadmap.responsibility import responsible_official
from services.roadmap.scope import Scope
from storage import roadmap as rows


def all_indicators(
    connection: Connection, scope: Scope | None = None, *, retired: bool = False
) -> tuple[Indicator, ...]:
    """Return the indicators of a scope in their order, None for all.

    retired: with those that are kept for their history only.
    """
    areas = None if scope is None else scope.areas
    return _made(connection, rows.read_indicators(connection, areas=areas, retired=retired))


def find_indicators(connection: Connection, codes: Collection[str]) -> tuple[Indicator, ...]:
    """Return the indicators of these codes in their order, retired ones included."""
    return _made(connection, rows.read_indicators(connection, codes=codes, retired=True))


def the_indicator(connection: Connection, code: str) -> Indicator:
    """Return the indicator of this code, retired or not; raises Refusal."""
    found = find_indicators(connection, [code])
    if not found:
        raise Refusal(N_("There is no such indicator."))
    return found[0]


def indicator_in_use(connection: Connection, code: str) -> Indicator:
    """Return the indicator of this code; raises Refusal, also where it is retired."""
    found = the_indicator(connection, code)
    if found.retired:
        raise Refusal(N_("There is no such indicator."))
    return found


def responsible(connection: Connection, indicator: Indicator, day: date) -> str | None:
    """Return who answers for an indicator on a day: see `responsible_for`."""
    return responsible_for(connection, [indicator], day).get(indicator.code)


def responsible_for(
    connection: Connection, indicators: Sequence[Indicator], day: date
) -> dict[str, str]:
    """Return indicator → official, as assigned on this day, whoever stands in for them.

    Where nobody is assigned the official of the section answers.
    """
    found = dict(rows.responsible_on(connection, [each.code for each in indicators], day))
    left = [each for each in indicators if each.code not in found]
    for section in {each.section for each in left}:
        official = responsible_official(connection, section, day)
        if official is not None:
            found |= {each.code: official for each in left if each.section == section}
    return found


def _made(connection: Connection, found: Sequence[RowMapping]) -> tuple[Indicator, ...]:
    topics = rows.topics_of(connection, [row["code"] for row in found])
    return tuple(
        Indicator(**{**row, "level": Level(row["level"])}, topics=topics.get(row["code"], ()))
        for row in found
    )
