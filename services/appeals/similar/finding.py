"""Open appeals that may be about the matter that somebody is writing of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection

from services.appeals.model import OPEN
from services.appeals.similar.excerpt import excerpt
from services.appeals.similar.likeness import THRESHOLD, likeness, matter_of
from services.clock import local_date
from storage.similar_appeals import open_at_place

RECENT = timedelta(days=90)
_READ = 1000  # characters of a text that tell what it is about
# What happens to a whole district at once is compared with the same texts again and again.
_matter = lru_cache(maxsize=2_000)(matter_of)


@dataclass(frozen=True, slots=True)
class SimilarAppeal:
    """An appeal of somebody else, without personal data; joins: how many have joined it."""

    id: int
    number: str
    registered_on: date
    joins: int
    excerpt: str


def similar_open(
    connection: Connection,
    *,
    topic: str,
    region: str,
    district: str | None,
    text: str,
    exclude_person: int,
    now: datetime,
    limit: int = 3,
) -> list[SimilarAppeal]:
    """Return the open appeals of others that are most like this text, the most alike first.

    Of the same topic and place, registered in the last 90 days, not confidential; among the 200
    newest of them. Only what is as alike as THRESHOLD says.
    """
    rows = open_at_place(
        connection,
        topic=topic,
        region=region,
        district=district,
        statuses=sorted(status.value for status in OPEN),
        since=now - RECENT,
        exclude_person=exclude_person,
    )
    wanted = _matter(text[:_READ], topic)
    found = [(likeness(wanted, _matter(row["text"][:_READ], topic)), row) for row in rows]
    alike = sorted(
        (pair for pair in found if pair[0] >= THRESHOLD),
        key=lambda pair: (-pair[0], -pair[1]["id"]),
    )
    return [
        SimilarAppeal(
            id=row["id"],
            number=row["number"],
            registered_on=local_date(row["registered_at"]),
            joins=row["joins"],
            excerpt=excerpt(row["text"]),
        )
        for _, row in alike[:limit]
    ]
