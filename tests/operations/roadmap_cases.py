"""Commands of the Road Map, each in a case that may be run twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from services.clock import local_date
from services.people.model import Role
from services.roadmap import assigning, editing, importing, reminding, reporting, returning
from services.roadmap.assigning import Tenure
from services.roadmap.fact import Fact
from services.roadmap.indicator import Indicator, Level
from services.roadmap.indicators import find_indicators
from services.roadmap.table import FORMS
from services.roadmap.telling import tell_official
from services.tables.reading import read_table
from storage.people import grant_role
from tests.operations.seeded import ADMINISTRATOR, NEIGHBOUR, NOW, OFFICIAL, OFFICIALS_CODE, Seeded

_SECRETARY = "elestetov"
_WATER = Indicator(
    code="water",
    name_kk="Су",
    name_ru="Вода",
    section="water",
    position=0,
    unit_kk="%",
    unit_ru="%",
    start=Decimal(0),
    plan=Decimal(100),
    begins_on=date(2026, 1, 1),
    due_on=date(2026, 12, 31),
    level=Level.REPUBLIC,
    region=None,
    district=None,
)
_TABLE = read_table(b"indicator;official;since\nwater;elestetov;2026-12-01", "a.csv", FORMS)


def _there(connection: Connection) -> bool:
    return bool(find_indicators(connection, ["water"]))


def _assigned(connection: Connection) -> None:
    if _there(connection):
        return
    editing.put_indicators(connection, [_WATER])
    wanted = {"water": Tenure(OFFICIALS_CODE, date(2026, 1, 1))}
    assigning.follow_indicators(connection, wanted, local_date(NOW))
    grant_role(connection, NEIGHBOUR, Role.OFFICIAL.value, _SECRETARY, NOW)


def _report(connection: Connection, now: datetime) -> Fact:
    _assigned(connection)
    return reporting.report_fact(connection, OFFICIAL, "water", Decimal(7), None, [], 9, now)


def _return(connection: Connection, now: datetime) -> Fact:
    fact = _report(connection, now)
    return returning.return_fact(connection, NEIGHBOUR, fact.id, "Қай ауылда?", now)


def _reply(connection: Connection, now: datetime) -> None:
    fact = _return(connection, now)
    returning.reply_to_return(connection, OFFICIAL, fact.id, "Екі ауылда.", now)


def _change(connection: Connection, now: datetime) -> None:
    _assigned(connection)
    changed = replace(_WATER, plan=Decimal(90), topics=("water-supply",))
    editing.change_indicator(connection, ADMINISTRATOR, changed, 1, now)


def _retire(connection: Connection, now: datetime) -> None:
    _assigned(connection)
    editing.retire_indicator(connection, ADMINISTRATOR, "water", 1, now)


def _assign(connection: Connection, now: datetime) -> None:
    _assigned(connection)
    editing.assign_indicator(
        connection, ADMINISTRATOR, "water", _SECRETARY, date(2026, 12, 1), now
    )


def _follow(connection: Connection, now: datetime) -> None:
    _assigned(connection)
    assigning.follow_indicators(connection, _NEW, local_date(now))


def _import(connection: Connection, now: datetime) -> None:
    _assigned(connection)
    importing.import_table(connection, ADMINISTRATOR, _TABLE, now)


def _put(connection: Connection, now: datetime) -> None:
    _assigned(connection)
    importing.put_table(connection, _TABLE, now)


def _tie(connection: Connection, seeded: Seeded, now: datetime) -> None:
    _assigned(connection)
    editing.tie_poll(connection, ADMINISTRATOR, "water", seeded.counted_poll, now)


def _untie(connection: Connection, seeded: Seeded, now: datetime) -> None:
    if now == NOW:  # what was untied stays so
        _tie(connection, seeded, now)
    editing.untie_poll(connection, ADMINISTRATOR, "water", seeded.counted_poll, now)


def _remind(connection: Connection, now: datetime) -> None:
    _assigned(connection)
    reminding.remind_of_reports(connection, now)


_NEW = {"water": Tenure(_SECRETARY, date(2026, 12, 1))}
CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.roadmap.editing.add_indicator": lambda c, _, now: editing.add_indicator(
        c, ADMINISTRATOR, _WATER, now
    ),
    "services.roadmap.editing.assign_indicator": lambda c, _, now: _assign(c, now),
    "services.roadmap.editing.assign_section": lambda c, _, now: editing.assign_section(
        c, ADMINISTRATOR, "water", _SECRETARY, date(2026, 12, 1), now
    ),
    "services.roadmap.editing.change_indicator": lambda c, _, now: _change(c, now),
    "services.roadmap.assigning.follow_indicators": lambda c, _, now: _follow(c, now),
    "services.roadmap.assigning.follow_sections": lambda c, _, now: assigning.follow_sections(
        c, _NEW, local_date(now)
    ),
    "services.roadmap.editing.put_indicators": lambda c, _, __: editing.put_indicators(
        c, [_WATER]
    ),
    "services.roadmap.editing.retire_indicator": lambda c, _, now: _retire(c, now),
    "services.roadmap.editing.tie_poll": _tie,
    "services.roadmap.editing.untie_poll": _untie,
    "services.roadmap.importing.import_table": lambda c, _, now: _import(c, now),
    "services.roadmap.importing.put_table": lambda c, _, now: _put(c, now),
    "services.roadmap.reminding.remind_of_reports": lambda c, _, now: _remind(c, now),
    "services.roadmap.reporting.report_fact": lambda c, _, now: _report(c, now),
    "services.roadmap.returning.reply_to_return": lambda c, _, now: _reply(c, now),
    "services.roadmap.returning.return_fact": lambda c, _, now: _return(c, now),
    "services.roadmap.telling.tell_official": lambda c, _, now: tell_official(
        c, OFFICIALS_CODE, "fact_reported", "fact_reported:1", {}, now + timedelta(hours=1)
    ),
}
