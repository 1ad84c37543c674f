"""Whether a member of a council is active: a rule of its own, over plain numbers and days.

Somebody is inactive who has handled nothing for 90 days and either did not come to the last three
meetings, or has given no sign of life for 90 days: neither came nor told that they could not.
Meetings before they sat there, those they excused themselves from, and those of which nobody
noted who came do not count against them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.councils.model import Presence

# How far back anything counts, and how many meetings in a row may not be missed.
WINDOW = timedelta(days=90)
MISSED = 3


@dataclass(frozen=True, slots=True)
class Record:
    """What a member has done: since when they sit, cases in the window, meetings newest first.

    meetings: day and presence of the meetings since they sit there of which somebody noted who
    came; who is not named in the notes was absent.
    """

    since: date
    answered: int
    in_time: int
    meetings: tuple[tuple[date, Presence], ...] = ()

    @property
    def held(self) -> int:
        """Return how many meetings they could have come to."""
        return len(self.meetings)

    @property
    def came(self) -> int:
        """Return how many they came to."""
        return sum(presence is Presence.PRESENT for _day, presence in self.meetings)


def window_of(day: date) -> date:
    """Return the first day that counts."""
    return day - WINDOW + timedelta(days=1)


def is_inactive(record: Record, day: date) -> bool:
    """Tell whether the member has done nothing for too long, as the rule above says."""
    if record.answered:
        return False
    meetings = sorted(record.meetings, reverse=True)
    return _missed(meetings) or _silent(record.since, meetings, day)


def _missed(meetings: Sequence[tuple[date, Presence]]) -> bool:
    counted = [presence for _day, presence in meetings if presence is not Presence.EXCUSED]
    last = counted[:MISSED]
    return len(last) == MISSED and all(presence is Presence.ABSENT for presence in last)


def _silent(since: date, meetings: Sequence[tuple[date, Presence]], day: date) -> bool:
    first = window_of(day)
    signs = (held for held, presence in meetings if presence is not Presence.ABSENT)
    return since < first and not any(held >= first for held in signs)
