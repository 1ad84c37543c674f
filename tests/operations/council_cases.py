"""Commands of public councils, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from services.appeals import to_council
from services.councils import applying, deciding, importing, register
from services.councils.applying import Offered
from services.councils.table import FORMS
from services.language import Language
from services.tables.model import Row, Table
from tests.operations.seeded import (
    ADMINISTRATOR,
    CITIZEN,
    NOW,
    OFFICIALS_CODE,
    OPERATOR,
    Seeded,
)

COUNCIL, REGION = "water-10", "10"
_LINES = (
    ("fields", ("water", "1", "💧", "Су", "Вода", "yes", "yes", "", "no")),
    ("councils", (COUNCIL, "Су", "Вода", "water", REGION, "", "2026-01-01", "", "no")),
    ("members", (COUNCIL, OFFICIALS_CODE, "", "", "", "", "chair", "2026-01-01", "")),
)
TABLE = Table(
    tuple(
        Row(
            sheet,
            2,
            {column.key: cell for column, cell in zip(FORMS[sheet].columns, line, strict=True)},
        )
        for sheet, line in _LINES
    )
)
_OFFERED = Offered("offered", COUNCIL, "Серік Болатұлы", "Он жыл су құбырында істедім.")


def brought(connection: Connection) -> str:
    """Bring a council with its chair and return its code."""
    importing.put_table(connection, TABLE, NOW)
    return COUNCIL


def offered(connection: Connection) -> int:
    """Let a citizen offer themselves for it and return the number of the application."""
    brought(connection)
    spoken = Language.KAZAKH
    return applying.apply_for_council(connection, CITIZEN, _OFFERED, spoken, NOW).id


def _hand(connection: Connection, seeded: Seeded, now: datetime) -> None:
    council = brought(connection)
    to_council.hand_to_council(connection, seeded.open_appeal, 1, OPERATOR, council, now)


def _take(connection: Connection, seeded: Seeded, now: datetime) -> None:
    if now == NOW:
        _hand(connection, seeded, now)
    to_council.take_from_council(connection, seeded.open_appeal, 2, OPERATOR, now)


def _take_back(connection: Connection, now: datetime) -> None:
    number = offered(connection) if now == NOW else 1
    applying.take_back_application(connection, number, CITIZEN)


def _open(connection: Connection, now: datetime) -> None:
    deciding.open_application(connection, ADMINISTRATOR, offered(connection), now)


def _decide(connection: Connection, now: datetime) -> None:
    number, words = offered(connection), "Дүйсенбіде келіңіз."
    deciding.decide_application(connection, ADMINISTRATOR, number, 1, words, now, accept=True)


def _write(connection: Connection) -> None:
    before = register.load_register(connection)
    after = before.copy()
    after.names["empty"] = ("Бос", "Пусто")
    register.write_register(connection, before, after)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.appeals.to_council.hand_to_council": _hand,
    "services.appeals.to_council.take_from_council": _take,
    "services.councils.applying.apply_for_council": lambda c, _, __: offered(c),
    "services.councils.applying.take_back_application": lambda c, _, now: _take_back(c, now),
    "services.councils.deciding.decide_application": lambda c, _, now: _decide(c, now),
    "services.councils.deciding.open_application": lambda c, _, now: _open(c, now),
    "services.councils.importing.import_table": lambda c, _, now: importing.import_table(
        c, ADMINISTRATOR, TABLE, now
    ),
    "services.councils.importing.put_table": lambda c, _, now: importing.put_table(c, TABLE, now),
    "services.councils.register.write_register": lambda c, _, __: _write(c),
}
