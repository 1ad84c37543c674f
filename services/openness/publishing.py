"""Putting a month out, once: on the first working day after the 5th of the next month.

Whoever was down on that day publishes later; months that were missed come out in their order. What
was counted cannot change any more: every count belongs to the day on which something happened.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy import Connection

from services.audit.acts import Act
from services.audit.recording import record
from services.calendar.calendar import load_calendar
from services.calendar.working_days import Calendar, next_working_day
from services.clock import local
from services.openness.counting import count_month
from services.openness.figures import (
    Cell,
    Figures,
    Measure,
    Source,
    month_after,
    month_before,
    month_of,
)
from services.openness.hiding import told_of
from storage import openness as rows
from storage.digests import first_day

# Of the month that follows; the figures come out on the first working day after it.
SETTLED_ON = 5
HOUR = time(9, 0)


def comes_out_on(month: date, calendar: Calendar) -> date:
    """Return the day on which the figures of a month come out."""
    return next_working_day(month_after(month).replace(day=SETTLED_ON), calendar)


def due_month(connection: Connection, now: datetime) -> date | None:
    """Return the earliest month that is to come out at this moment, None where none is (a query).

    Asked each minute: one statement where everything is out.
    """
    here = local(now)
    last = month_before(month_of(here.date()))
    newest = rows.newest_month(connection)
    if (newest is not None and newest >= last) or here.time() < HOUR:
        return None
    began = first_day(connection)
    if began is None:
        return None
    month = month_of(began) if newest is None else max(month_after(newest), month_of(began))
    calendar = load_calendar(connection, here.date())
    return month if month <= last and comes_out_on(month, calendar) <= here.date() else None


def publish_month(connection: Connection, month: date, now: datetime) -> bool:
    """Freeze the figures of a month and let everybody read them; False where it is out.

    Key: the month.
    """
    began = first_day(connection)
    since = max(month, began) if began is not None else month
    values = {"since": since, "source": Source.BOT.value, "brought_by": None}
    if not _add(connection, month, values, now):
        return False
    put(connection, month, count_month(connection, month))
    case = f"openness:{month.isoformat()}"
    what = Act.PUBLISH_OPENNESS
    record(connection, who=None, what=what, on=case, now=now, key="published")
    return True


def bring_month(
    connection: Connection,
    month: date,
    figures: Mapping[Cell, Figures],
    by: int | None,
    now: datetime,
) -> bool:
    """Let everybody read a month of before the bot; False where it is out. Key: the month."""
    values = {"since": month, "source": Source.TABLE.value, "brought_by": by}
    if not _add(connection, month, values, now):
        return False
    put(connection, month, figures)
    return True


def put(
    connection: Connection,
    month: date,
    figures: Mapping[Cell, Figures],
    before: Mapping[Cell, frozenset[Measure]] | None = None,
) -> None:
    """Keep figures and which of them are told; before: those told until now. Key: the month."""
    told = told_of(figures, before)
    kept = (
        {
            "region": cell.region,
            "topic": cell.topic,
            **each.as_json(),
            "told": " ".join(measure for measure in Measure if measure in told[cell]),
        }
        for cell, each in sorted(figures.items())
    )
    rows.put_figures(connection, month, kept)


def _add(connection: Connection, month: date, values: Mapping[str, object], now: datetime) -> bool:
    return rows.add_month(connection, {"month": month, "published_at": now, **values})
