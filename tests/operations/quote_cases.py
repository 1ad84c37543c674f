"""Commands of quotes from appeals, each in a case run twice."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from services.appeals import quoting
from storage.quotes import find_quote
from tests.operations.seeded import OPERATOR, Seeded

_WORDS = "Ауылда үш күннен бері су жоқ."


def _approve(connection: Connection, seeded: Seeded, now: datetime) -> None:
    quoting.approve_quote(connection, seeded.open_appeal, OPERATOR, _WORDS, now)


def _take_back(connection: Connection, seeded: Seeded, now: datetime) -> None:
    if find_quote(connection, seeded.open_appeal) is None:
        _approve(connection, seeded, now)
    quoting.take_back_quote(connection, seeded.open_appeal, OPERATOR, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.appeals.quoting.approve_quote": _approve,
    "services.appeals.quoting.take_back_quote": _take_back,
}
