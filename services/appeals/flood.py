"""How many appeals one person can leave: enough for every need, too few for a flood.

A first appeal is never held back. Joining has a limit of its own, so that nobody alone makes many
of an appeal; additions are bounded by the appeal that they belong to (services.appeals.additions),
an objection comes once for each ban. What was written stays in the draft, and the person is told
from when on it can be sent.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.refusal import N_, Refusal
from services.text.moments import day_and_time
from storage.bans import joins_of, registrations_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# Three matters in an hour (say water, road and school of one village) take about as long to be
# written well; ten in a day are more than anybody has left in a day at any public reception.
LIMITS = ((3, HOUR), (10, DAY))
# Joining takes a tap: ten matters of one's own street in an hour are read before they are joined,
# thirty in a day are more than a person meets.
JOIN_LIMITS = ((10, HOUR), (30, DAY))


def next_possible(
    times: Sequence[datetime],
    now: datetime,
    limits: Sequence[tuple[int, timedelta]] = LIMITS,
) -> datetime | None:
    """Return from when on the next appeal is possible; None where it is now.

    times are those of the person's appeals, the newest first.
    """
    waits = [times[count - 1] + span for count, span in limits if len(times) >= count]
    latest = max(waits, default=now)
    return latest if latest > now else None


def appeal_possible_from(connection: Connection, person_id: int, now: datetime) -> datetime | None:
    """Return from when on this person can leave the next appeal; None where now."""
    most = max(count for count, _ in LIMITS)
    return next_possible(registrations_of(connection, person_id, now - DAY, most), now)


def require_no_flood(connection: Connection, person_id: int, now: datetime) -> None:
    """Raise Refusal with the time where the person has left too many appeals just now."""
    possible = appeal_possible_from(connection, person_id, now)
    if possible is not None:
        raise Refusal(
            N_(
                "You have left several appeals in a short time. The next one can be sent from: "
                "{time}. Nothing is lost: your draft is kept."
            ),
            time=day_and_time(possible),
        )


def require_no_flood_of_joins(connection: Connection, person_id: int, now: datetime) -> None:
    """Raise Refusal with the time where the person has joined too many appeals just now."""
    most = max(count for count, _ in JOIN_LIMITS)
    times = joins_of(connection, person_id, now - DAY, most)
    possible = next_possible(times, now, JOIN_LIMITS)
    if possible is not None:
        raise Refusal(
            N_(
                "You have joined many appeals in a short time. The next one can be joined from: "
                "{time}. Nothing is lost: your draft is kept, and you can send it as your own."
            ),
            time=day_and_time(possible),
        )
