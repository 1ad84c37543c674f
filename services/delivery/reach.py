"""How many people a choice of readers reaches, and how many it leaves out for want of a word."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.delivery.target import Target
from storage import audience as readers


@dataclass(frozen=True, slots=True)
class Reach:
    """People who can be reached now, and those outside only for what they left unsaid."""

    people: int
    unsaid: int


def reach(connection: Connection, target: Target, now: datetime) -> Reach:
    """Return whom a mailing launched now would reach; reads everybody, so only as a query."""
    audience = target.audience(now)
    return Reach(readers.count(connection, audience), readers.count_unsaid(connection, audience))
