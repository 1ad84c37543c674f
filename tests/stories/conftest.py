"""A poll that closed, a proposal and appeals: what people took part in, in one database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.mailing import mailing_of
from services.language import Language
from services.people.model import Role
from services.people.person import choose_language, join
from services.stories.model import Draft, Tie, TieKind
from services.stories.reading import existing
from services.stories.takers import list_page, next_takers
from storage import delivery
from storage.audience import page
from storage.people import grant_role
from storage.schema.people import people
from storage.schema.polls import polls
from storage.schema.proposals import proposal_supports, proposals
from tests.agreed import agree
from tests.digests.conftest import JOINED, citizen, file_appeal, settled

# Monday, 10:00 in Asia/Almaty.
NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
CLOSED = NOW - timedelta(days=40)
EDITOR, SECOND, SECRETARY = 701, 702, 703
TOPIC = "water-supply"
POLL, NAMED = 5, 6
PROPOSAL = 7


def words(**changed: Any) -> Draft:
    """Return a sound story about water in a district, with other parts."""
    parts: dict[str, Any] = {
        "said_kk": "Ауылда су үзіліп беріледі деп жаздыңыз.",
        "said_ru": "Вы писали, что вода в селе идёт с перебоями.",
        "did_kk": "Сорғы ауыстырылды, су тәулік бойы беріледі.",
        "did_ru": "Насос заменили, вода идёт круглосуточно.",
        "region": "61",
        "district": "615200",
        "ties": (Tie(TieKind.TOPIC, TOPIC),),
    }
    return Draft(**parts | changed)


def add_person(connection: Connection, number: int, region: str | None = None, **more: Any) -> int:
    """Let somebody come who lives there; return their number."""
    join(connection, number, "Сынақ Сынақов", more.pop("joined", JOINED))
    agree(connection, number)
    choose_language(connection, number, Language.KAZAKH)
    values = {"region": region} | more
    connection.execute(sa.update(people).where(people.c.id == number).values(**values))
    return number


def wrote(connection: Connection, number: int, topic: str, place: str, at: datetime) -> int:
    """Let a citizen who has chosen a language file an appeal; return its id."""
    appeal = file_appeal(connection, number, topic, place, at)
    choose_language(connection, citizen(number), Language.KAZAKH)
    return appeal


def add_poll(connection: Connection, number: int, **changed: Any) -> int:
    """Write a poll with a result; return its number."""
    values: dict[str, Any] = {
        "id": number,
        "draft_id": f"poll{number}",
        "title_kk": "Ауылда ауызсу бар ма?",
        "title_ru": "Есть ли в селе питьевая вода?",
        "target": {},
        "kind": "secret",
        "topic_class": "social",
        "wording_hash": "0" * 64,
        "status": "closed",
        "created_by": EDITOR,
        "launched_at": CLOSED - timedelta(days=7),
        "closes_at": CLOSED,
        "frozen_at": CLOSED,
        "closed_at": CLOSED,
        "public_key": b"k" * 32,
        "base": 100,
    }
    connection.execute(sa.insert(polls).values(**values | changed))
    return number


def add_proposal(connection: Connection, author: int, supporters: tuple[int, ...] = ()) -> int:
    """Write a proposal of the board with its supporters; return its number."""
    values = {
        "id": PROPOSAL,
        "draft_id": "proposal",
        "number": "U-26-1",
        "person_id": author,
        "language": "kk",
        "topic": TOPIC,
        "section": "water",
        "region": "61",
        "title": "Құдық қазу керек",
        "shown": "Ауылға құдық қазу керек",
        "status": "done",
        "at": CLOSED,
        "published_at": CLOSED,
        "supports": len(supporters),
    }
    connection.execute(sa.insert(proposals).values(**values))
    for person in supporters:
        row = {"proposal_id": PROPOSAL, "person_id": person, "day": CLOSED.date()}
        connection.execute(sa.insert(proposal_supports).values(**row))
    return PROPOSAL


def list_all(connection: Connection, story_id: int) -> list[int]:
    """List everybody who took part, page by page; return to whom the mailing goes then."""
    more, after = True, 0
    while more:
        story = existing(connection, story_id)
        people_listed = next_takers(connection, story, after)
        more = list_page(connection, story, after, people_listed, NOW)
        after = people_listed[-1] if people_listed else after
    row = delivery.find_by_key(connection, f"story:{story_id}")
    assert row is not None
    return list(page(connection, mailing_of(row).audience, 0, 1000))


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database with staff: two editors and the executive secretary."""
    with settled() as opened:
        for person, role, official in (
            (EDITOR, Role.EDITOR, None),
            (SECOND, Role.ADMINISTRATOR, None),
            (SECRETARY, Role.OFFICIAL, "elestetov"),
        ):
            add_person(opened, person)
            grant_role(opened, person, role.value, official, JOINED)
        yield opened
