"""Stories as everybody reads them, and as staff find them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.stories.model import Story, StoryStatus, Tie, TieKind, story_of
from storage import stories as rows

PAGE = 5
# After an appeal a story of so long ago still says something.
RECENT = timedelta(days=365)
_ABOUT = 3


@dataclass(frozen=True, slots=True)
class Page:
    """A page of stories, and whether more follow."""

    stories: tuple[Story, ...]
    more: bool


def latest_stories(
    connection: Connection,
    now: datetime,
    *,
    topic: str | None = None,
    region: str | None = None,
    before: int | None = None,
) -> Page:
    """Return stories of a topic or a region, the newest first, from behind this one on (a query).

    Of a region: its own and those of the whole country.
    """
    key = None
    if before is not None and (last := rows.find(connection, before)) is not None:
        key = (last["published_at"], last["id"]) if last["published_at"] else None
    found = rows.published(connection, now, PAGE + 1, topic=topic, region=region, before=key)
    return _page(connection, found)


def topics_told(connection: Connection, now: datetime) -> list[tuple[str, int]]:
    """Return each topic of which there are stories, and how many (a query)."""
    return rows.topics_told(connection, now)


def stories_about(
    connection: Connection, kind: TieKind, ref: str, now: datetime
) -> tuple[Story, ...]:
    """Return the newest stories that are tied to this (a query)."""
    return _stories(connection, rows.about(connection, kind.value, ref, now, _ABOUT))


def story_after(connection: Connection, appeal_id: int, now: datetime) -> Story | None:
    """Return the newest story of the last year about an appeal's topic at its place (a query)."""
    row = rows.near(connection, appeal_id, now - RECENT, now)
    return None if row is None else _stories(connection, [row])[0]


def read_story(connection: Connection, story_id: int) -> Story:
    """Return a published story; raises Refusal where it was withdrawn or never was (a query)."""
    story = find_story(connection, story_id)
    if story is None or story.status is not StoryStatus.PUBLISHED:
        raise Refusal(N_("This story is no longer here."))
    return story


def find_story(connection: Connection, story_id: int) -> Story | None:
    """Return a story in whatever state, None where there is none (a query)."""
    row = rows.find(connection, story_id)
    return None if row is None else _stories(connection, [row])[0]


def existing(connection: Connection, story_id: int) -> Story:
    """Return a story in whatever state; raises Refusal where there is none (a query)."""
    story = find_story(connection, story_id)
    if story is None:
        raise Refusal(N_("This story is no longer here."))
    return story


def of_draft(connection: Connection, draft_id: str) -> Story | None:
    """Return what a draft has become (a query)."""
    row = rows.find_by_draft(connection, draft_id)
    return None if row is None else _stories(connection, [row])[0]


def list_for_staff(
    connection: Connection, actor: int, status: StoryStatus, before: int | None = None
) -> Page:
    """Return stories in this state, the newest first, from below this id on (a query).

    Raises Refusal for who writes no stories.
    """
    authorise(connection, actor, Deed.WRITE_STORY)
    return _page(connection, rows.of_staff(connection, status.value, PAGE + 1, before))


def _page(connection: Connection, found: Sequence[RowMapping]) -> Page:
    return Page(_stories(connection, found[:PAGE]), len(found) > PAGE)


def _stories(connection: Connection, found: Sequence[RowMapping]) -> tuple[Story, ...]:
    ties = rows.ties_of(connection, [row["id"] for row in found])
    return tuple(
        story_of(row, [Tie(TieKind(kind), ref) for kind, ref in ties.get(row["id"], ())])
        for row in found
    )
