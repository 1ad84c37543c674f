"""Officials to whom no digest can go: the bot knows since before that they cannot be reached.

Nothing is written to them until they come back, so nothing of theirs is ever late on its way; the
administrators hear of it half an hour after the digest would have gone out, once a day.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection

from services.appeals.recipients import administrators
from services.clock import ALMATY
from services.delivery.quiet_hours import is_quiet
from services.digests.alarming import KIND, NAMED, PATIENCE
from services.digests.channel import Trouble
from services.digests.due import Due, due
from services.digests.model import Period
from services.roadmap.scope import scope_of
from storage.outbox import tell
from storage.outbox_keys import told_already

_Alarm = tuple[str, int, list[Due]]


def unreachable_readers(connection: Connection, now: datetime) -> bool:
    """Tell whether administrators are to hear of somebody now; not at night (a query)."""
    return any(True for _alarm in _alarms(connection, now))


def tell_of_unreachable(connection: Connection, now: datetime) -> int:
    """Tell the administrators together of those whose digest cannot go out; how many messages.

    Key: (day, minute of the digest, administrator).
    """
    told = 0
    for key, administrator, waiting in list(_alarms(connection, now)):
        payload = {
            "digests": [_said(each) for each in waiting[:NAMED]],
            "more": max(len(waiting) - NAMED, 0),
        }
        tell(connection, administrator, KIND, key, payload, now)
        told += 1
    return told


def _alarms(connection: Connection, now: datetime) -> Iterator[_Alarm]:
    """Yield key, administrator and digests of what nobody was told of; by the minute."""
    if is_quiet(now):
        return
    waiting = [
        each
        for each in due(connection, now - PATIENCE, Period.DAILY, reachable=False)
        if scope_of(connection, each.official, each.day)
    ]
    minutes = attrgetter("minute")
    for minute, group in groupby(sorted(waiting, key=minutes), minutes):
        digests = list(group)
        keys = {
            f"{KIND}:{digests[0].day}:{minute}:{each}": each for each in administrators(connection)
        }
        known = told_already(connection, list(keys))
        yield from ((key, each, digests) for key, each in keys.items() if key not in known)


def _said(each: Due) -> dict[str, str]:
    """Return which official, what, since when and why: codes, never a person."""
    since = datetime.combine(each.day, time(), ALMATY) + timedelta(minutes=each.minute)
    return {
        "official": each.official,
        "period": each.period.value,
        "day": each.day.isoformat(),
        "since": since.isoformat(),
        "channel": each.channel.value,
        "why": Trouble.BLOCKED.value,
    }
