"""The second pair of eyes lets out exactly what it saw, once, and never one's own."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.delivery.approval import (
    ApprovalStatus,
    find_approval,
    fingerprint,
    take_back_request,
)
from services.delivery.letting_out import approve, decline
from services.delivery.policy import Policy
from services.delivery.target import Target
from services.language import Language
from services.news.latest import latest
from services.news.model import ChannelText, Draft, Link, Media, MediaType, Post
from services.news.sending import Sent, send_post
from services.refusal import Refusal
from storage.database import Database
from storage.schema.delivery import mailings, outbox
from storage.schema.people import people, roles

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
ASKER, CITIZEN, SECOND, THIRD = 2, 3, 4, 5
DRAFT = Draft("roads", "Жол жөнделді", "Дорога готова", target=Target(regions=("71",)))
POLICY = Policy(approval_above=1, paid_stars=10)


@pytest.fixture
async def staffed(db: Database) -> Database:
    """Return a database with three who may approve; the asker is an administrator too."""

    def settle(connection: sa.Connection) -> None:
        for person in (SECOND, THIRD):
            connection.execute(
                sa.insert(people).values(id=person, name=f"P{person}", joined_at=NOW)
            )
        held = ((ASKER, "administrator"), (SECOND, "operator"), (THIRD, "administrator"))
        for person, role in held:
            connection.execute(sa.insert(roles).values(person_id=person, role=role, since=NOW))

    await db.write(settle)
    return db


async def send(
    db: Database, *, version: int = 1, draft: Draft = DRAFT, many: int = 2, at: datetime = NOW
) -> Sent:
    """Press «Send» for a draft that would reach so many."""
    return await db.write(send_post, ASKER, "draft", version, draft, many, POLICY, at)


async def asked(db: Database, *, version: int = 1, draft: Draft = DRAFT) -> tuple[int, str]:
    """Ask for approval; return the id of the request and what its button carries."""
    sent = await send(db, version=version, draft=draft)
    assert sent.approval is not None
    return sent.approval.id, sent.approval.seen


async def told(db: Database) -> list[tuple[int, str]]:
    """Return who was told what, in order."""

    def read(connection: sa.Connection) -> list[tuple[int, str]]:
        statement = sa.select(outbox.c.person_id, outbox.c.kind).order_by(outbox.c.id)
        return [(row.person_id, row.kind) for row in connection.execute(statement)]

    return await db.read(read)


async def listed(db: Database) -> tuple[Post, ...]:
    """Return the posts that readers can see."""
    return (await db.read(latest, Language.KAZAKH)).posts


async def test_few_people_need_nobody(staffed: Database) -> None:
    """A post to no more people than one alone may write to goes out at once."""
    sent = await send(staffed, many=1)
    assert sent.approval is None
    assert 1 == len(await listed(staffed))


async def test_two_approvers_at_once_publish_once(staffed: Database) -> None:
    """Asked, the others are told; two who approve together let out one post and tell once."""
    approval, seen = await asked(staffed)
    assert () == await listed(staffed)
    assert (approval, seen) == await asked(staffed)
    await asyncio.gather(
        *(staffed.write(approve, approval, seen, by, NOW) for by in (SECOND, THIRD))
    )
    assert [DRAFT.text_kk] == [post.text_kk for post in await listed(staffed)]
    requests = [(person, "approval_asked") for person in (SECOND, THIRD)]
    assert [*requests, (ASKER, "approval_decided")] == await told(staffed)

    def launched(connection: sa.Connection) -> int | None:
        return connection.scalar(sa.select(sa.func.count()).select_from(mailings))

    assert 1 == await staffed.read(launched)


async def test_nobody_approves_their_own(staffed: Database) -> None:
    """Who asked cannot approve, an administrator neither; nor can a citizen."""
    approval, seen = await asked(staffed)
    for by in (ASKER, CITIZEN):
        with pytest.raises(Refusal):
            await staffed.write(approve, approval, seen, by, NOW)
    assert () == await listed(staffed)


async def test_a_change_voids_the_request(staffed: Database) -> None:
    """Asked anew after a change, the former request lets nothing out, and the new one does."""
    former, former_seen = await asked(staffed)
    changed = replace(DRAFT, text_ru="Дорога почти готова")
    newer, seen = await asked(staffed, version=2, draft=changed)
    void = await staffed.write(approve, former, former_seen, SECOND, NOW)
    assert (ApprovalStatus.WITHDRAWN, ()) == (
        void.status,
        await listed(staffed),
    )
    with pytest.raises(Refusal):
        await staffed.write(approve, newer, former_seen, SECOND, NOW)
    await staffed.write(approve, newer, seen, SECOND, NOW)
    assert [changed.text_ru] == [post.text_ru for post in await listed(staffed)]


async def test_taken_back_or_declined_lets_nothing_out(staffed: Database) -> None:
    """A request that its author took back, or that somebody declined, stays so."""
    first, seen = await asked(staffed)
    with pytest.raises(Refusal):
        await staffed.write(take_back_request, first, SECOND, NOW)
    await staffed.write(take_back_request, first, ASKER, NOW)
    await staffed.write(approve, first, seen, SECOND, NOW)
    second, seen = await asked(staffed, version=2)
    with pytest.raises(Refusal):
        await staffed.write(decline, second, seen, SECOND, "  ", NOW)
    await staffed.write(decline, second, seen, SECOND, "Қате бар", NOW)
    declined = await staffed.write(approve, second, seen, THIRD, NOW)
    assert (ApprovalStatus.DECLINED, "Қате бар") == (declined.status, declined.reason)
    assert () == await listed(staffed)


async def test_a_time_that_passed_while_it_waited(staffed: Database) -> None:
    """A planned post approved after its time goes out right then."""
    planned = replace(DRAFT, publish_at=NOW + timedelta(hours=1))
    approval, seen = await asked(staffed, draft=planned)
    later = NOW + timedelta(hours=2)
    await staffed.write(approve, approval, seen, SECOND, later)
    assert [later] == [post.published_at for post in await listed(staffed)]


async def test_nobody_else_is_there(db: Database) -> None:
    """Where nobody else could look, the author is told so and nothing is kept."""
    with pytest.raises(Refusal, match="nobody else"):
        await send(db)
    assert await db.read(find_approval, 1) is None


@pytest.mark.parametrize(
    "draft",
    [replace(DRAFT, publish_at=NOW), replace(DRAFT, stars=11)],
    ids=["its time has passed", "too dear"],
)
async def test_what_cannot_go_out_is_not_asked_for(staffed: Database, draft: Draft) -> None:
    """A time in the past and a price above the limit are refused before anybody is asked."""
    with pytest.raises(Refusal):
        await send(staffed, draft=draft)
    assert [] == await told(staffed)


@pytest.mark.parametrize(
    "change",
    [
        {"text_kk": "Жол жөнделдi"},
        {"topic": "water"},
        {"target": Target()},
        {"publish_at": NOW},
        {"late_joiners": True},
        {"repeat_uncertain": False},
        {"stars": 1},
        {"media": (Media(MediaType.PHOTO, "photo"),)},
        {"links": (Link("Оқу", "Читать", "https://unqosu.example"),)},
        {"channel": ChannelText.BOTH},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_changes_the_fingerprint(change: dict[str, Any]) -> None:
    """Text, topic, media, links, readers, time, price, channel: nothing can be slipped in."""
    assert fingerprint(DRAFT.as_json()) != fingerprint(replace(DRAFT, **change).as_json())


def test_the_fingerprint_is_of_the_content_alone() -> None:
    """The order of keys, and a way through the database, change nothing."""
    content = DRAFT.as_json()
    turned = dict(reversed(content.items()))
    assert fingerprint(content) == fingerprint(turned)
    assert fingerprint(content) == fingerprint(Draft.of_json(content).as_json())
