"""Statements about stories of what was done, their ties, and who does not want to be told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import appeals
from storage.schema.stories import stories, story_links, story_mutes
from storage.upsert import upsert

_S, _L = stories.c, story_links.c
PUBLISHED, PREPARED = "published", "prepared"
Ties = Sequence[tuple[str, str]]


def find(connection: Connection, story_id: int) -> RowMapping | None:
    """Return the row of a story."""
    statement = sa.select(stories).where(_S.id == story_id)
    return connection.execute(statement).mappings().one_or_none()


def find_by_draft(connection: Connection, draft_id: str) -> RowMapping | None:
    """Return the row of what a draft has become."""
    statement = sa.select(stories).where(_S.draft_id == draft_id)
    return connection.execute(statement).mappings().one_or_none()


def by_drafts(connection: Connection, drafts: Collection[str]) -> dict[str, RowMapping]:
    """Return the rows of these drafts, by draft."""
    statement = sa.select(stories).where(_S.draft_id.in_(drafts))
    return {row["draft_id"]: row for row in connection.execute(statement).mappings()}


def put(connection: Connection, values: Mapping[str, Any], ties: Iterable[tuple[str, str]]) -> int:
    """Write a story with its ties and return its id; one that is only prepared is written anew."""
    row = find_by_draft(connection, values["draft_id"])
    if row is None:
        upsert(connection, stories, ["draft_id"], values, update=())
        row = find_by_draft(connection, values["draft_id"])
        if row is None:
            raise LookupError(values["draft_id"])
    else:
        changed = {name: value for name, value in values.items() if name != "created_at"}
        connection.execute(
            sa.update(stories)
            .where(_S.id == row["id"], _S.status == PREPARED)
            .values(**changed, version=row["version"] + 1)
        )
    story_id: int = row["id"]
    connection.execute(sa.delete(story_links).where(_L.story_id == story_id))
    links = [{"story_id": story_id, "kind": kind, "ref": ref} for kind, ref in ties]
    if links:
        connection.execute(sa.insert(story_links), links)
    return story_id


def change(
    connection: Connection, story_id: int, values: Mapping[str, Any], **expected: Any
) -> bool:
    """Change columns of a story that is as expected; False where it is not."""
    conditions = [stories.c[name] == value for name, value in expected.items()]
    statement = sa.update(stories).where(_S.id == story_id, *conditions).values(**values)
    return connection.execute(statement).rowcount == 1


def ties_of(connection: Connection, ids: Collection[int]) -> Mapping[int, Ties]:
    """Return kind and ref of what these stories are tied to."""
    found: dict[int, list[tuple[str, str]]] = {story: [] for story in ids}
    statement = sa.select(story_links).where(_L.story_id.in_(ids)).order_by(_L.kind, _L.ref)
    for row in connection.execute(statement):
        found[row.story_id].append((row.kind, row.ref))
    return found


def published(
    connection: Connection,
    now: datetime,
    limit: int,
    *,
    topic: str | None = None,
    region: str | None = None,
    before: tuple[datetime, int] | None = None,
) -> Sequence[RowMapping]:
    """Return stories that are shown, the newest first, from a (published_at, id) key on.

    Of a region: its own and those of the whole country.
    """
    statement = sa.select(stories).where(_shown(now))
    if topic is not None:
        tied = sa.select(_L.story_id).where(_L.kind == "topic", _L.ref == topic)
        statement = statement.where(_S.id.in_(tied))
    if region is not None:
        statement = statement.where(sa.or_(_S.region == region, _S.region.is_(None)))
    if before is not None:
        bounds = (sa.literal(before[0], _S.published_at.type), sa.literal(before[1]))
        statement = statement.where(sa.tuple_(_S.published_at, _S.id) < sa.tuple_(*bounds))
    statement = statement.order_by(_S.published_at.desc(), _S.id.desc()).limit(limit)
    return connection.execute(statement).mappings().all()


def about(
    connection: Connection, kind: str, ref: str, now: datetime, limit: int
) -> Sequence[RowMapping]:
    """Return stories tied to this that are shown, the newest first."""
    statement = (
        sa.select(stories)
        .join(story_links, _L.story_id == _S.id)
        .where(_L.kind == kind, _L.ref == ref, _shown(now))
        .order_by(_S.published_at.desc(), _S.id.desc())
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def near(
    connection: Connection, appeal_id: int, since: datetime, now: datetime
) -> RowMapping | None:
    """Return the newest story about an appeal's topic, shown since then, of its own place.

    Where there is none of its district or region, the newest one of the whole country.
    """
    own = appeals.c
    here = sa.or_(
        _S.region.is_(None),
        sa.and_(
            _S.region == own.region, sa.or_(_S.district.is_(None), _S.district == own.district)
        ),
    )
    statement = (
        sa.select(stories)
        .select_from(appeals)
        .join(story_links, sa.and_(_L.kind == "topic", _L.ref == own.topic))
        .join(stories, _S.id == _L.story_id)
        .where(own.id == appeal_id, _shown(now), _S.published_at >= since, here)
        .order_by(_S.region.is_(None), _S.published_at.desc(), _S.id.desc())
        .limit(1)
    )
    return connection.execute(statement).mappings().one_or_none()


def of_staff(
    connection: Connection, status: str, limit: int, before: int | None
) -> Sequence[RowMapping]:
    """Return stories in this state, the newest first, from below this id on."""
    statement = sa.select(stories).where(_S.status == status)
    if before is not None:
        statement = statement.where(_S.id < before)
    return connection.execute(statement.order_by(_S.id.desc()).limit(limit)).mappings().all()


def topics_told(connection: Connection, now: datetime) -> list[tuple[str, int]]:
    """Return each topic of which stories are shown, and how many; the most first."""
    number = sa.func.count()
    statement = (
        sa.select(_L.ref, number)
        .join(stories, _S.id == _L.story_id)
        .where(_L.kind == "topic", _shown(now))
        .group_by(_L.ref)
        .order_by(number.desc(), _L.ref)
    )
    return [(row[0], row[1]) for row in connection.execute(statement)]


def tied_since(connection: Connection, kind: str, since: datetime | None) -> frozenset[str]:
    """Return what published stories of this kind are about, those since this moment."""
    statement = sa.select(_L.ref).join(stories, _S.id == _L.story_id)
    statement = statement.where(_L.kind == kind, _S.status == PUBLISHED)
    if since is not None:
        statement = statement.where(_S.published_at >= since)
    return frozenset(connection.execute(statement).scalars())


def being_listed(connection: Connection) -> Sequence[RowMapping]:
    """Return published stories of which not everybody who took part is listed yet."""
    statement = sa.select(stories).where(
        _S.status == PUBLISHED, _S.listed_at.is_(None), _S.mailing_id.is_not(None)
    )
    return connection.execute(statement.order_by(_S.id)).mappings().all()


def mute(connection: Connection, person_id: int, now: datetime) -> None:
    """Tell this person no stories; told so before, nothing changes."""
    values = {"person_id": person_id, "since": now}
    upsert(connection, story_mutes, ["person_id"], values, update=())


def unmute(connection: Connection, person_id: int) -> None:
    """Tell this person stories again."""
    connection.execute(sa.delete(story_mutes).where(story_mutes.c.person_id == person_id))


def is_muted(connection: Connection, person_id: int) -> bool:
    """Tell whether this person wants no stories."""
    own = sa.exists().where(story_mutes.c.person_id == person_id)
    return bool(connection.execute(sa.select(own)).scalar_one())


def _shown(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_S.status == PUBLISHED, _S.published_at <= now)
