"""Stories of what was done, told so many days ago; one that waits to be looked at."""

from collections.abc import Iterable
from datetime import datetime, time

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from bot.demonstration.moments import at
from bot.demonstration.proposals import draft_id
from services.stories.model import Draft, StoryStatus, Tie, TieKind
from services.stories.publishing import put_out, values_of
from services.stories.takers import list_page, next_takers
from storage.polls import find_by_draft
from storage.proposals import find_by_draft as find_proposal
from storage.stories import put

_HOUR = time(12, 0)
_REGION = 2


class SeedText(BaseModel):
    """Words in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kk: str
    ru: str


class SeedStory(BaseModel):
    """A story; place is a KATO prefix, poll the draft of one, proposal the code of one.

    Without days it is only prepared.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    said: SeedText
    did: SeedText
    days_ago: int | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    poll: str | None = None
    proposal: str | None = None


def play_stories(
    connection: Connection, stories: Iterable[SeedStory], author: int, start: datetime
) -> None:
    """Publish the stories; who took part was told of them then."""
    for entry in sorted(stories, key=lambda one: -(one.days_ago or 0)):
        draft = _draft(connection, entry)
        if not draft.ties:
            continue
        if entry.days_ago is None:
            _prepare(connection, entry.code, draft, author, start)
            continue
        moment = at(start, entry.days_ago, _HOUR)
        story = put_out(connection, author, f"table:{entry.code}", draft, moment)
        people = next_takers(connection, story, 0)
        list_page(connection, story, 0, people, moment)


def _prepare(connection: Connection, code: str, draft: Draft, author: int, now: datetime) -> None:
    prepared = {"status": StoryStatus.PREPARED.value, "created_by": author, "created_at": now}
    values = values_of(draft) | prepared | {"draft_id": f"table:{code}"}
    put(connection, values, [(tie.kind.value, tie.ref) for tie in draft.ties])


def _draft(connection: Connection, entry: SeedStory) -> Draft:
    ties = [Tie(TieKind.TOPIC, topic) for topic in entry.topics]
    poll = entry.poll and find_by_draft(connection, entry.poll)
    if poll:
        ties.append(Tie(TieKind.POLL, str(poll)))
    proposal = entry.proposal and find_proposal(connection, draft_id(entry.proposal))
    if proposal:
        ties.append(Tie(TieKind.PROPOSAL, str(proposal["id"])))
    region = entry.place and entry.place[:_REGION]
    return Draft(
        said_kk=entry.said.kk,
        said_ru=entry.said.ru,
        did_kk=entry.did.kk,
        did_ru=entry.did.ru,
        region=region,
        district=entry.place if entry.place != region else None,
        ties=tuple(ties),
    )
