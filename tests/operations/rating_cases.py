"""Commands of the rating, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import Connection

from services.people.model import Role
from services.ratings import approving, correcting, importing
from services.tables.reading import read_table
from services.tables.writing import to_xlsx
from storage.people import grant_role
from storage.schema.ratings import rating_corrections
from tests.operations.seeded import ADMINISTRATOR, NEIGHBOUR, NOW, Seeded

_LINES, _TITLES = importing.example("kk"), importing.example_titles("kk")
TABLE = read_table(to_xlsx(importing.FORMS, _LINES, "kk", _TITLES), "a.xlsx", importing.FORMS)
ROUND = "2026-1"


def prepare(connection: Connection, name: str) -> None:
    """Let an editor bring a round and ask for a correction of it, as far as a command needs it.

    The administrator knows nothing yet of what waits for them.
    """
    grant_role(connection, NEIGHBOUR, Role.EDITOR.value, None, NOW - timedelta(days=1))
    if "importing" in name:
        return
    importing.import_table(connection, NEIGHBOUR, TABLE, NOW)
    if "correcting" in name:
        _publish(connection, None, NOW)
    if name.endswith((".make_correction", ".decline_correction")):
        _ask(connection, None, NOW)


def _import(connection: Connection, _seeded: Seeded | None, now: datetime) -> None:
    importing.import_table(connection, NEIGHBOUR, TABLE, now)


def _publish(connection: Connection, _seeded: Seeded | None, now: datetime) -> None:
    approving.publish_round(connection, ADMINISTRATOR, ROUND, 1, now)


def _return(connection: Connection, _seeded: Seeded | None, now: datetime) -> None:
    approving.return_round(connection, ADMINISTRATOR, ROUND, 1, "Қате бар.", now)


def _ask(connection: Connection, _seeded: Seeded | None, now: datetime) -> None:
    wanted = correcting.Wanted(
        ROUND, "ulgi-2", "score", Decimal(95), "Қате.", "Ошибка.", f"{NEIGHBOUR}:1"
    )
    correcting.ask_correction(connection, NEIGHBOUR, wanted, now)


def asked(connection: Connection) -> int:
    """Return the correction that was asked for."""
    found: int = (
        connection.execute(sa.select(rating_corrections.c.id).order_by(rating_corrections.c.id))
        .scalars()
        .first()
        or 0
    )
    return found


def _make(connection: Connection, _seeded: Seeded | None, now: datetime) -> None:
    correcting.make_correction(connection, ADMINISTRATOR, asked(connection), now)


def _decline(connection: Connection, _seeded: Seeded | None, now: datetime) -> None:
    correcting.decline_correction(connection, ADMINISTRATOR, asked(connection), now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.ratings.approving.publish_round": _publish,
    "services.ratings.approving.return_round": _return,
    "services.ratings.correcting.ask_correction": _ask,
    "services.ratings.correcting.decline_correction": _decline,
    "services.ratings.correcting.make_correction": _make,
    "services.ratings.importing.import_table": _import,
    "services.ratings.importing.put_table": lambda c, _, now: importing.put_table(c, TABLE, now),
}
