"""Commands of the open figures, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection

from services.openness import correcting, importing, publishing
from services.openness.correcting import Asked, Reasons
from services.openness.figures import COUNTRY, Figures, Month
from services.openness.importing import FORMS
from services.people.model import Role
from services.people.rights import grants_of
from services.tables.reading import read_table
from storage.people import grant_role
from tests.operations.seeded import ADMINISTRATOR, NEIGHBOUR, NOW, Seeded

MONTH = date(2024, 3, 1)
_FIGURES: Month = {COUNTRY: Figures(120, 100, 80, 60, 40, 30, 120, 5, 12)}
_MENDED: Month = {COUNTRY: Figures(125, 100, 80, 60, 40, 30, 120, 5, 12)}
_TABLE = read_table(
    b"month;region;topic;registered;answered;in_time;judged;confirmed;rated;rating_sum;"
    b"median_days;p90_days\n2024-03;;;120;100;80;60;40;30;120;5;12",
    "a.csv",
    FORMS,
)


def ask(connection: Connection, now: datetime) -> Asked:
    """Ask an auditor for the correction of a month that is out."""
    publishing.bring_month(connection, MONTH, _FIGURES, None, NOW)
    if not grants_of(connection, NEIGHBOUR):
        grant_role(connection, NEIGHBOUR, Role.AUDITOR.value, None, NOW)
    reasons = Reasons("Қате кетті", "Была ошибка")
    return correcting.ask_correction(connection, ADMINISTRATOR, MONTH, _MENDED, reasons, 5, now)


def counted_month(connection: Connection) -> date:
    """Let a month be out that the bot has counted, and return it."""
    publishing.publish_month(connection, date(2026, 10, 1), NOW)
    return date(2026, 10, 1)


def _decide(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    asked = ask(connection, now)
    correcting.decide_correction(connection, NEIGHBOUR, asked.id, now, through=True)


def _put(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    publishing.bring_month(connection, MONTH, _FIGURES, None, now)
    publishing.put(connection, MONTH, _MENDED)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.openness.correcting.ask_correction": lambda c, _, now: ask(c, now),
    "services.openness.correcting.decide_correction": _decide,
    "services.openness.importing.import_table": lambda c, _, now: importing.import_table(
        c, ADMINISTRATOR, _TABLE, now
    ),
    "services.openness.importing.put_table": lambda c, _, now: importing.put_table(c, _TABLE, now),
    "services.openness.publishing.bring_month": lambda c, _, now: publishing.bring_month(
        c, MONTH, _FIGURES, None, now
    ),
    "services.openness.publishing.publish_month": lambda c, _, now: publishing.publish_month(
        c, date(2026, 10, 1), now
    ),
    "services.openness.publishing.put": _put,
}
