"""What a reader does with a digest, each command in a case that may be run twice."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection

from services.digests import errands
from services.digests.errand import Errand
from services.digests.reading_proof import mark_read
from storage.digest_reading import digest_of
from storage.digests_due import add_digest
from tests.operations.seeded import NOW, OFFICIAL, OFFICIALS_CODE, OPERATOR, Seeded

_DAY = date(2026, 11, 23)
_DUE = date(2026, 11, 30)
_WORDS = (17, "Су тасымалын ұйымдастырыңыз.")


def digest(connection: Connection) -> int:
    """Return the digest that the official has got."""
    found = digest_of(connection, OFFICIALS_CODE, "daily", _DAY, OFFICIAL)
    if found is not None:
        number: int = found["id"]
        return number
    added = add_digest(
        connection,
        {
            "official": OFFICIALS_CODE,
            "period": "daily",
            "day": _DAY,
            "person_id": OFFICIAL,
            "channel": "telegram",
            "composed_at": NOW,
            "facts": {"sections": ["water"], "areas": [{"sections": ["water"]}]},
        },
    )
    assert added is not None
    return added


def _give(connection: Connection, now: datetime) -> Errand:
    return errands.delegate(connection, OFFICIAL, digest(connection), OPERATOR, _DUE, _WORDS, now)


def _ask(connection: Connection, now: datetime) -> Errand:
    text = "Құбырды ауыстыру жоспарда бар ма?"
    return errands.ask_operators(connection, OFFICIAL, digest(connection), 18, text, now)


def _accept(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    errands.accept_errand(connection, OPERATOR, _give(connection, NOW).id, now)


def _finish(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    errands.finish_errand(connection, OPERATOR, _ask(connection, NOW).id, "Бар.", now)


def _call_off(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    errands.call_off_errand(connection, OFFICIAL, _give(connection, NOW).id, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.digests.errands.accept_errand": _accept,
    "services.digests.errands.ask_operators": lambda c, _, now: _ask(c, now),
    "services.digests.errands.call_off_errand": _call_off,
    "services.digests.errands.delegate": lambda c, _, now: _give(c, now),
    "services.digests.errands.finish_errand": _finish,
    "services.digests.errands.take_on": lambda c, _, now: errands.take_on(
        c, OFFICIAL, digest(c), _DUE, now
    ),
    "services.digests.reading_proof.mark_read": lambda c, _, now: mark_read(
        c, OFFICIAL, digest(c), now
    ),
}
