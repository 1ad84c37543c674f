"""A surge of appeals from accounts that have just come: it is slowed down, and nobody else is.

One person alone is bounded by services.appeals.flood; a thousand accounts made in one night are
not. So the appeals of newcomers are counted together, and past the limit the next newcomers wait
for a minute with their draft kept. Whoever joined earlier never waits for them.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.clock import local
from services.people.model import Role
from services.refusal import N_, Refusal
from services.text.moments import day_and_time
from storage.bans import newcomers_appeals
from storage.outbox import tell
from storage.people import find_person, people_with_role

SURGE = "surge"
# Who joined less than so long ago is a newcomer.
NEWCOMER = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
# One a second, 3,600 in an hour, all of people who came within that hour. Television that brings
# a hundred thousand people in an hour, of whom every fiftieth writes at once, brings half of it.
MOST = 60
# Of the newest appeals that are looked at; those of others may lie between.
_LOOKED_AT = 10 * MOST


def require_no_surge(connection: Connection, person_id: int, now: datetime) -> None:
    """Raise Refusal, which says from when on, where newcomers wait and this is one of them."""
    if not _is_new(connection, person_id, now):
        return
    times = _times(connection, now)
    if len(times) >= MOST:
        raise Refusal(
            N_(
                "Very many people who have just come are writing right now. Your draft is kept. "
                "Please press “Send” again at: {time}"
            ),
            time=day_and_time(times[MOST - 1] + MINUTE),
        )


def watch_surge(connection: Connection, person_id: int, now: datetime) -> None:
    """Tell the administrators once an hour that newcomers are made to wait from now on.

    Called once an appeal is registered.

    Key: (administrator, hour).
    """
    if not _is_new(connection, person_id, now):
        return
    count = len(_times(connection, now))
    if count < MOST:
        return
    for administrator in people_with_role(connection, Role.ADMINISTRATOR.value):
        key = f"{SURGE}:{local(now):%Y%m%d%H}:{administrator}"
        tell(connection, administrator, SURGE, key, {"count": count}, now)


def _is_new(connection: Connection, person_id: int, now: datetime) -> bool:
    person = find_person(connection, person_id)
    return person is not None and person["joined_at"] > now - NEWCOMER


def _times(connection: Connection, now: datetime) -> list[datetime]:
    return list(newcomers_appeals(connection, now - MINUTE, now - NEWCOMER, _LOOKED_AT))
