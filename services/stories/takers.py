"""Those who took part in what a story is tied to: each of them is told it once.

- A topic: who filed or joined an appeal of it at the story's place within the year before.
- A proposal: its author and its supporters.
- A poll: for whom it was and who still gets results. Who answered a secret one nobody knows. Of
  a poll that was declared named, who answered it, for as long as that is kept.

Nobody is listed in memory: they are read from the tables page by page, and the last one of a
page is the cursor. Who it went to is erased at the end of the mailing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from services.delivery.target import Target
from services.stories.model import Draft, Story, Tie, TieKind, story_of
from storage import delivery, polls
from storage import stories as rows
from storage import story_takers as stored
from storage.delivery import MailingStatus

PAGE = 1000
_YEAR = timedelta(days=365)
_NAMED = "named"


def count_takers(connection: Connection, draft: Draft, now: datetime) -> int:
    """Return how many people a story published now would be told to (a query)."""
    return stored.count_takers(connection, _sources(connection, draft, now))


def being_listed(connection: Connection) -> list[Story]:
    """Return the stories of which not everybody who took part is listed (a query)."""
    found = rows.being_listed(connection)
    ties = rows.ties_of(connection, [row["id"] for row in found])
    return [
        story_of(row, [Tie(TieKind(kind), ref) for kind, ref in ties.get(row["id"], ())])
        for row in found
    ]


def listed_to(connection: Connection, story_id: int) -> int:
    """Return the last person that was listed for a story (a query)."""
    row = rows.find(connection, story_id)
    return row["listed_to"] if row is not None else 0


def next_takers(connection: Connection, story: Story, after: int) -> Sequence[int]:
    """Return the next people beyond this id who took part, at most a page (a query)."""
    at = story.published_at
    if at is None:
        return []
    return stored.takers(connection, _sources(connection, story.words, at), after, PAGE)


def list_page(
    connection: Connection, story: Story, after: int, people: Sequence[int], now: datetime
) -> bool:
    """List these people for the story's mailing; with the last page the mailing begins.

    Returns whether there may be more. A story that was withdrawn, or that is listed beyond this
    already, stays as it is.

    Key: (story, the last who was listed).
    """
    more = len(people) == PAGE
    moved: dict[str, Any] = (
        {"listed_to": people[-1]} if more else {"listed_to": 0, "listed_at": now}
    )
    expected = {"listed_to": after, "listed_at": None, "status": rows.PUBLISHED}
    if story.mailing_id is None or not rows.change(connection, story.id, moved, **expected):
        return False
    delivery.add_recipients(connection, story.mailing_id, people)
    if not more:
        begun = {"status": MailingStatus.RUNNING.value, "started_at": now}
        planned = MailingStatus.PLANNED.value
        delivery.change_mailing(connection, story.mailing_id, begun, status=planned)
    return more


def _sources(connection: Connection, draft: Draft, at: datetime) -> tuple[stored.TakersOf, ...]:
    return tuple(_source(connection, tie, draft, at) for tie in draft.ties)


def _source(connection: Connection, tie: Tie, draft: Draft, at: datetime) -> stored.TakersOf:
    if tie.kind is TieKind.TOPIC:
        return stored.OfTopic(tie.ref, draft.region, draft.district, at - _YEAR)
    if tie.kind is TieKind.PROPOSAL:
        return stored.OfProposal(int(tie.ref))
    poll = polls.find_poll(connection, int(tie.ref))
    if poll is None:
        raise LookupError(tie.ref)
    if poll["kind"] == _NAMED and stored.names_kept(connection, poll["id"]):
        return stored.OfNamed(poll["id"])
    # Who joined after it had closed was never asked.
    return stored.OfPoll(Target.of_json(poll["target"]).audience(poll["frozen_at"] or at))
