"""People and polls for tests; time stands still unless a test moves it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.target import EVERYBODY
from services.language import Language
from services.people.model import Person, Profile, Role
from services.people.person import choose_language, join
from services.polls.ballot_box import BallotBox
from services.polls.closing import Closing
from services.polls.draft import PollDraft
from services.polls.emptying import counting_here
from services.polls.keys import PollKeys
from services.polls.launching import launch
from services.polls.model import Option, OptionRole, plain_questions
from services.polls.reading import find_result
from services.polls.results import Result
from services.polls.telling import Pictures
from storage.database import Database
from storage.people import grant_role
from storage.schema import metadata
from tests.agreed import agree

NOON = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
CLOSING = NOON + timedelta(days=1)
OPERATOR = 900

OPTIONS = (
    Option(0, "Бар", "Есть"),
    Option(1, "Жоқ", "Нет"),
    Option(2, "Жауап беру қиын", "Затрудняюсь ответить", OptionRole.DIFFICULT),
)
DRAFT = PollDraft(
    id="d1",
    questions=plain_questions("Ауылда ауызсу бар ма?", "Есть ли в ауле питьевая вода?", OPTIONS),
    target=EVERYBODY,
    closes_at=CLOSING,
    topic_class="social",
)


class NoCharts:
    """Draws nothing."""

    async def draw(self, result: Result) -> Pictures:  # noqa: ARG002
        """Return no pictures."""
        return {}

    async def page(self, *_args: object) -> Path | None:
        """Return no picture."""
        return None


def add_people(connection: Connection, people: Sequence[int], now: datetime) -> None:
    """Let people come, choose Kazakh and agree."""
    for person in people:
        join(connection, person, f"Тұрғын {person}", now)
        choose_language(connection, person, Language.KAZAKH)
        agree(connection, person)


def rows_of(connection: Connection, table: str) -> list[dict[str, Any]]:
    """Return all rows of a table in the order of its key."""
    found = metadata.tables[table]
    statement = sa.select(found).order_by(*found.primary_key)
    return [dict(row) for row in connection.execute(statement).mappings()]


def citizen(number: int, profile: Profile | None = None) -> Person:
    """Return a person as an update sees them."""
    profile = profile or Profile(asked=True)
    return Person(number, f"Тұрғын {number}", Language.KAZAKH, "2026-11", profile=profile)


@dataclass
class Stage:
    """A database with an operator and people, and everything that polls need."""

    db: Database
    keys: PollKeys
    box: BallotBox
    closing: Closing
    people: list[int] = field(default_factory=list)

    @classmethod
    async def set_up(cls, db: Database, keys: PollKeys, people: int = 30) -> "Stage":
        """Bring an operator and so many people."""
        closing = Closing(db, keys, counting_here, NoCharts())
        stage = cls(db, keys, BallotBox(db, keys), closing, list(range(1000, 1000 + people)))
        before = NOON - timedelta(days=30)
        await db.write(add_people, [OPERATOR, *stage.people], before)
        await db.write(grant_role, OPERATOR, Role.OPERATOR.value, None, before)
        return stage

    async def launch(self, **changes: Any) -> int:
        """Launch the usual poll with these changes and return its id."""
        draft = replace(DRAFT, **changes)
        return await launch(self.db, self.keys, draft, created_by=OPERATOR, now=NOON)

    async def vote(self, poll: int, person: int, option: int, at: datetime = NOON) -> None:
        """Let a person answer."""
        await self.box.cast(citizen(person), poll, option, at)

    async def vote_all(self, poll: int, votes: Sequence[int]) -> None:
        """Let as many people answer as there are votes."""
        for person, option in zip(self.people, votes, strict=False):
            await self.vote(poll, person, option)

    async def close(self, now: datetime = CLOSING) -> None:
        """Let the clock's job run."""
        await self.closing.close_due(now)

    async def result(self, poll: int) -> Result:
        """Return the result of a counted poll."""
        result = await self.db.read(find_result, poll)
        assert result is not None
        return result

    async def rows(self, table: str) -> list[dict[str, Any]]:
        """Return all rows of a table."""
        return await self.db.read(rows_of, table)
