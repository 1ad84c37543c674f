"""Commands of the rating, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from services.people.model import Role
from services.ratings import approving, correcting, importing
from services.ratings.model import Correction
from services.tables.reading import read_table
from services.tables.writing import to_xlsx
from storage.people import grant_role
from storage.ratings_reading import find_round
from tests.operations.seeded import ADMINISTRATOR, NEIGHBOUR, NOW, Seeded

_LINES, _TITLES = importing.example("kk"), importing.example_titles("kk")
TABLE = read_table(to_xlsx(importing.FORMS, _LINES, "kk", _TITLES), "a.xlsx", importing.FORMS)
ROUND = "2026-1"


def bring(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    """Let an editor bring a round, of which the administrator knows nothing yet."""
    if now > NOW or find_round(connection, ROUND):  # what was decided is not brought again
        return
    grant_role(connection, NEIGHBOUR, Role.EDITOR.value, None, NOW - timedelta(days=1))
    importing.import_table(connection, NEIGHBOUR, TABLE, NOW)


def _import(connection: Connection, seeded: Seeded, now: datetime) -> None:
    bring(connection, seeded, NOW)
    importing.import_table(connection, NEIGHBOUR, TABLE, now)


def _publish(connection: Connection, seeded: Seeded, now: datetime) -> None:
    bring(connection, seeded, now)
    approving.publish_round(connection, ADMINISTRATOR, ROUND, 1, now)


def _return(connection: Connection, seeded: Seeded, now: datetime) -> None:
    bring(connection, seeded, now)
    approving.return_round(connection, ADMINISTRATOR, ROUND, 1, "Қате бар.", now)


def ask(connection: Connection, seeded: Seeded, now: datetime) -> Correction:
    """Let an editor ask for a correction of the published round."""
    if now == NOW:
        _publish(connection, seeded, now)
    wanted = correcting.Wanted(
        ROUND, "ulgi-2", "score", Decimal(95), "Қате.", "Ошибка.", f"{NEIGHBOUR}:1"
    )
    return correcting.ask_correction(connection, NEIGHBOUR, wanted, now)


def _make(connection: Connection, seeded: Seeded, now: datetime) -> None:
    correction = ask(connection, seeded, now).id if now == NOW else 1
    correcting.make_correction(connection, ADMINISTRATOR, correction, now)


def _decline(connection: Connection, seeded: Seeded, now: datetime) -> None:
    correction = ask(connection, seeded, now).id if now == NOW else 1
    correcting.decline_correction(connection, ADMINISTRATOR, correction, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.ratings.approving.publish_round": _publish,
    "services.ratings.approving.return_round": _return,
    "services.ratings.correcting.ask_correction": ask,
    "services.ratings.correcting.decline_correction": _decline,
    "services.ratings.correcting.make_correction": _make,
    "services.ratings.importing.import_table": _import,
    "services.ratings.importing.put_table": lambda c, _, now: importing.put_table(c, TABLE, now),
}
