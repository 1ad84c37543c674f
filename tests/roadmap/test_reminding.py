"""Whoever has reported nothing for 30 days is reminded, and not more often."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import Connection

from services.roadmap.board import read_history
from services.roadmap.reminding import remind_of_reports, reports_due
from services.roadmap.reporting import report_fact
from services.roadmap.returning import return_fact
from storage.organisation_writes import add_absence
from storage.schema.delivery import outbox
from tests.digests.conftest import WATER
from tests.roadmap.conftest import COUNCIL, LOCAL, NOW

LATE = datetime(2026, 4, 2, 5, tzinfo=UTC)  # Thursday, 10:00


def told(connection: Connection) -> list[tuple[int, str]]:
    """Return who was reminded of which indicator, in order."""
    statement = sa.select(outbox).where(outbox.c.kind == "indicator_stale").order_by(outbox.c.id)
    found = connection.execute(statement).mappings()
    return [(row["person_id"], row["payload"]["indicator"]) for row in found]


def report(connection: Connection, at: datetime, value: int = 91) -> None:
    """Report of the indicator of the republic."""
    message = round(at.timestamp())
    report_fact(connection, COUNCIL, "water.nation", Decimal(value), None, [], message, at)


def test_once_for_each_30_days(connection: Connection) -> None:
    """A report of 30 days is fresh, one of 31 is asked for once, and again after 30 more."""
    report(connection, NOW)
    report_fact(connection, LOCAL, "water.sairam", Decimal(40), None, [], 1, NOW)
    counts = []
    for days in range(1, 95):
        for minutes in (0, 1):
            moment = NOW + timedelta(days=days, minutes=minutes)
            if remind_of_reports(connection, moment):
                counts.append(days)
    # The 31st day after Tuesday 3 March, the 61st (a Sunday: the Monday), the 91st.
    assert [31, 62, 91] == counts
    assert [(COUNCIL, "water.nation")] * 3 == told(connection)


def test_a_new_report_begins_anew(connection: Connection) -> None:
    """Who reports is left alone for another 30 days; who never has is reminded from the start."""
    remind_of_reports(connection, NOW)
    assert [(COUNCIL, "water.nation"), (LOCAL, "water.sairam")] == told(connection)
    report(connection, NOW)
    remind_of_reports(connection, LATE)
    assert [LOCAL] == [person for person, _ in told(connection)[2:]]
    remind_of_reports(connection, LATE + timedelta(days=5))
    assert [COUNCIL] == [person for person, _ in told(connection)[3:]]


def test_only_in_office_hours(connection: Connection) -> None:
    """Nobody is reminded at night, on a day off, nor of what is reached."""
    night = NOW.replace(hour=15)
    sunday = NOW - timedelta(days=2)
    assert ((), ()) == (reports_due(connection, night), reports_due(connection, sunday))
    report(connection, NOW, value=100)
    assert ["water.sairam"] == [each.indicator.code for each in reports_due(connection, LATE)]


def test_the_deputy_is_told(connection: Connection) -> None:
    """While the responsible one is away, who stands in for them is reminded."""
    away = {"official": "kenesova", "deputy": "kenesov"}
    days = {"since": date(2026, 3, 1), "until": date(2026, 3, 10)}
    add_absence(connection, away | days)
    remind_of_reports(connection, NOW)
    assert [(LOCAL, "water.nation"), (LOCAL, "water.sairam")] == told(connection)


def test_a_question_is_no_silence(connection: Connection) -> None:
    """A report that was returned does not count, but it is a report: nobody is reminded."""
    report(connection, NOW - timedelta(days=20))
    report(connection, NOW)
    newest = read_history(connection, COUNCIL, "water.nation", NOW.date())[0]
    return_fact(connection, WATER, newest.id, "Неге?", NOW)
    found = reports_due(connection, NOW + timedelta(days=27))
    assert ["water.sairam"] == [each.indicator.code for each in found]
