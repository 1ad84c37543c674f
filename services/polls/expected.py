"""How many people a poll would invite, before it is launched."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.clock import local_date
from services.delivery.target import Target
from services.polls.invitations import frame
from services.polls.sampling import allocate, population
from storage import audience as readers
from storage import poll_invitations as rows


@dataclass(frozen=True, slots=True)
class Expected:
    """People who would be invited now, and who would not.

    unsaid: outside only for what they left unsaid. recent: invited to another poll this week, so
    they find this one in the list. short: regions by settlement, of a sample, with fewer people
    than their share.
    """

    people: int
    unsaid: int = 0
    recent: int = 0
    short: int = 0


def expected(
    connection: Connection, target: Target, sample: int | None, now: datetime
) -> Expected:
    """Return whom a poll launched now would invite; reads everybody, so only as a query."""
    audience = target.audience(now)
    everybody = readers.count(connection, audience)
    fresh = frame(audience, local_date(now))
    people = readers.count(connection, fresh)
    unsaid = readers.count_unsaid(connection, audience)
    if sample is None:
        return Expected(people, unsaid, everybody - people)
    present = rows.strata(connection, fresh)
    shares = allocate(sample, population(), present)
    plenty = allocate(sample, population(), dict.fromkeys(shares, sample))
    return Expected(
        people=sum(shares.values()),
        unsaid=unsaid + people - sum(present.values()),
        recent=everybody - people,
        short=sum(1 for one, share in shares.items() if share < plenty[one]),
    )
