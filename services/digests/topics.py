"""What people write about most in some areas, and about what suddenly far more of them write."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import Connection

from services.digests.comparing import WEEKS, weeks_known
from services.digests.facts import Signal, TopicCount
from services.digests.signals import LEAST, is_signal, strongest
from services.roadmap.scope import Area
from storage import digests as rows

_TOPICS = 3
_SIGNALS = 3
# Of so many busiest topics and places, the signals are looked for.
_BUSIEST = 1000
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


def read_topics(
    connection: Connection, areas: Iterable[Area], day: date, begun: date | None
) -> tuple[tuple[TopicCount, ...], tuple[Signal, ...]]:
    """Return what most people wrote about in the last seven days, and the signals among it."""
    first = day - _WEEK
    known = weeks_known(first, begun) == WEEKS
    found = rows.busiest(
        connection, areas, first - WEEKS * _WEEK, first, day - _DAY, limit=_BUSIEST
    )
    topics = [
        TopicCount(
            row["topic"],
            row["region"],
            row["district"],
            row["count"],
            row["joined"],
            row["earlier"] / WEEKS if known else None,
        )
        for row in found
    ]
    return tuple(topics[:_TOPICS]), strongest(list(_signals(topics)), _SIGNALS)


def _signals(topics: Iterable[TopicCount]) -> Iterator[Signal]:
    for each in topics:
        people = each.count + each.joined
        if people < LEAST:
            return
        if each.before is not None and is_signal(people, each.before):
            yield Signal(each.topic, each.region, each.district, people, each.before)
