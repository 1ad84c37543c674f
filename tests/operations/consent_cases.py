"""Commands of consents, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from services.language import Language
from services.people.consent import ConsentKind, current_version
from services.people.consents import give_consent, withdraw_consent
from services.people.person import join
from tests.operations.seeded import CITIZEN, NOW, Seeded


def give(connection: Connection, now: datetime) -> object:
    """Let somebody new agree."""
    kind = ConsentKind.APPEALS
    join(connection, 999, "Жаңа адам", NOW)
    return give_consent(connection, 999, kind, current_version(kind), Language.RUSSIAN, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.people.consents.give_consent": lambda c, _, now: give(c, now),
    "services.people.consents.withdraw_consent": lambda c, _, now: withdraw_consent(
        c, CITIZEN, ConsentKind.NEWS, now
    ),
}
