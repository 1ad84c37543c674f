"""The Road Map on both databases, from a table to the board."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from services.roadmap.board import counts, read_board
from services.roadmap.exporting import table_xlsx, whole_table
from services.roadmap.importing import put_table
from services.roadmap.indicator import State
from services.roadmap.reminding import remind_of_reports, reports_due
from services.roadmap.reporting import report_fact
from services.roadmap.returning import return_fact
from services.roadmap.scope import scope_of
from services.roadmap.table import FORMS
from services.tables.reading import read_table
from storage.appeal_counters import count_day
from storage.database import Database
from tests.digests.conftest import WATER
from tests.digests.conftest import settle as settle_party
from tests.roadmap.conftest import COUNCIL, LOCAL, NOW, TODAY, settle

LATER = date(2026, 6, 1)


def play(connection: Connection) -> None:
    """Report, return, and let citizens speak."""
    settle_party(connection)
    settle(connection)
    nation, district = ("water.nation", Decimal("92.5")), ("water.sairam", Decimal(40))
    first = report_fact(connection, COUNCIL, *nation, None, [], 1, NOW)
    report_fact(connection, COUNCIL, nation[0], Decimal(93), None, [], 2, NOW)
    report_fact(connection, LOCAL, *district, None, [], 1, NOW)
    return_fact(connection, WATER, first.id + 1, "Неге?", NOW)
    appeal = {"section": "water", "topic": "water-supply", "region": "61", "district": "615200"}
    count_day(connection, appeal, TODAY, registered=12, joined=3)


async def test_from_a_table_to_the_board(database: Database) -> None:
    """Statements say the same to SQLite and to PostgreSQL."""
    await database.write(play)
    board = await database.read(read_board, None, TODAY)
    assert [("92.5", 25, 12, None), ("40", 100, 12, None)] == [
        (str(line.fact and line.fact.value), line.percent, line.appeals, line.joined)
        for line in board
    ]
    assert [State.ON_TRACK, State.REACHED] == [line.state for line in board]
    scope = await database.read(scope_of, "mysalbaev", LATER)
    assert (1, 1) == await database.read(counts, scope, LATER)
    book = table_xlsx(await database.read(whole_table, "kk"), "kk")
    table = read_table(book, "a.xlsx", FORMS)
    assert 0 == (await database.write(put_table, table, NOW)).changes


async def test_reminders(database: Database) -> None:
    """Whoever is silent is reminded once on either."""
    await database.write(play)
    later = NOW.replace(month=4, day=6)
    assert 1 == await database.write(remind_of_reports, later)
    assert () == await database.read(reports_due, later)
