"""Officials to whom no digest can go, because they blocked the bot before it was due."""

from datetime import datetime

from sqlalchemy import Connection

from services.digests.alarming import KIND
from services.digests.queueing import queue_digests
from services.digests.readers import set_hour
from services.digests.unreachable import tell_of_unreachable, unreachable_readers
from services.people.person import became_reachable, became_unreachable
from tests.digests.conftest import WATER
from tests.digests.sent import at, letters
from tests.digests.test_delivery import appoint


def test_administrators_hear_of_them(connection: Connection) -> None:
    """Half an hour after their digest was due, once a day, until they can be reached again."""
    administrator = appoint(connection)
    became_unreachable(connection, WATER, at(22, 12))
    set_hour(connection, WATER, 10 * 60)
    queue_digests(connection, at(23, 10))

    looks = [at(23, 9, 30), at(23, 10, 29), at(23, 10, 30), at(23, 11), at(23, 20), at(23, 21)]
    assert [0, 0, 1, 0, 0, 0] == [tell_of_unreachable(connection, look) for look in looks]
    assert not unreachable_readers(connection, at(23, 12))
    (letter,) = letters(connection, KIND)
    (told_of,) = letter["payload"]["digests"]
    assert (administrator, "mysalbaev", "blocked", at(23, 10)) == (
        letter["person_id"],
        told_of["official"],
        told_of["why"],
        datetime.fromisoformat(told_of["since"]),
    )
    assert unreachable_readers(connection, at(24, 10, 30))
    became_reachable(connection, WATER)
    assert not unreachable_readers(connection, at(24, 10, 30))
