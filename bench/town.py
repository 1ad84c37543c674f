"""A database with people who may vote and one open poll."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from services.clock import SystemClock
from services.people.consent import ConsentKind, current_version
from services.polls.keys import PollKeys
from services.polls.model import Option, PollKind, PollStatus, plain_questions
from services.polls.reading import question_rows
from storage import migrations
from storage.data_keys import note_key
from storage.database import open_database
from storage.polls import add_poll
from storage.schema.people import consents, people

AT_ONCE = 10_000
AGREED = (ConsentKind.APPEALS, ConsentKind.NEWS)
DRAFT = "bench"
POLL = 1


async def found(url: str, keys: Path, inhabitants: int) -> None:
    """Make a database in which people 1 to N have agreed, chosen Kazakh and told their profile.

    Poll 1 is open to all of them; no mailing announces it.
    """
    migrations.upgrade(url)
    now = SystemClock().now()
    public_key = PollKeys(keys).create(DRAFT).public_key
    db = await open_database(url)
    try:
        await db.write(note_key, now)
        for first in range(1, inhabitants + 1, AT_ONCE):
            last = min(first + AT_ONCE - 1, inhabitants)
            await db.write(move_in, range(first, last + 1), now)
        await db.write(open_poll, public_key, now)
    finally:
        await db.close()


def move_in(connection: Connection, numbers: range, now: datetime) -> None:
    """Write people with these numbers."""
    connection.execute(sa.insert(people), list(_people(numbers, now)))
    connection.execute(
        sa.insert(consents),
        [
            {
                "person_id": number,
                "kind": kind.value,
                "version": current_version(kind),
                "language": "kk",
                "given_at": now,
            }
            for number in numbers
            for kind in AGREED
        ],
    )


def _people(numbers: range, now: datetime) -> Iterator[dict[str, object]]:
    joined_at = now - timedelta(days=1)  # a surge of newcomers would be slowed down
    for number in numbers:
        yield {
            "id": number,
            "name": "Aigul",
            "language": "kk",
            "joined_at": joined_at,
            "region": "71",
            "born_from": 1980 + number % 20,
            "born_to": 1989 + number % 20,
            "sex": "female",
            "settlement": "urban",
            "profile_asked_at": now,
        }


def open_poll(connection: Connection, public_key: bytes, now: datetime) -> None:
    """Write a poll of three options that takes answers for ten days."""
    values = {
        "draft_id": DRAFT,
        "title_kk": "Жолдар қалай?",
        "title_ru": "Как дороги?",
        "target": {},
        "kind": PollKind.SECRET.value,
        "topic_class": "social",
        "wording_hash": "",
        "status": PollStatus.OPEN.value,
        "created_by": 1,
        "launched_at": now,
        "closes_at": now + timedelta(days=10),
        "public_key": public_key,
    }
    options = [
        Option(position, kk, ru)
        for position, (kk, ru) in enumerate(
            [("Жақсы", "Хорошо"), ("Орташа", "Средне"), ("Нашар", "Плохо")]
        )
    ]
    questions = plain_questions("Жолдар қалай?", "Как дороги?", options)
    if add_poll(connection, values, *question_rows(questions)) != POLL:
        raise AssertionError("the poll of the bench is not number 1")


def count_ballots(connection: Connection) -> int:
    """Return how many ballots are kept."""
    return connection.scalar(sa.text("SELECT count(*) FROM ballots")) or 0


def count_appeals(connection: Connection) -> int:
    """Return how many appeals are kept."""
    return connection.scalar(sa.text("SELECT count(*) FROM appeals")) or 0
