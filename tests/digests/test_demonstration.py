"""The demonstration: plausible, quiet, and played once."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.demonstration import load
from services.appeals.reminding import reminders_due
from services.clock import local_date
from services.digests.composing import compose_digest
from services.digests.notes import NoteKind
from services.digests.queueing import queue_digests
from services.digests.unreachable import unreachable_readers
from services.people.consent import ConsentKind
from services.people.person import find_person, join
from services.polls.keys import PollKeys
from services.polls.reading import find_result
from services.programmes.model import ProgrammeKind
from services.proposals.board import evidence
from services.proposals.model import PUBLIC
from services.roadmap.board import read_board, read_history
from services.roadmap.indicator import Level, State
from services.roadmap.reminding import reports_due
from services.stories.model import TieKind
from services.stories.noted import what_wants
from storage.database import Database, open_database
from storage.schema import metadata
from storage.schema.appeals import appeals
from storage.schema.delivery import mailings, outbox
from storage.schema.news import posts
from storage.schema.polls import polls
from storage.schema.programmes import programmes
from storage.schema.proposals import proposals
from storage.schema.ratings import rating_rounds
from storage.schema.stories import story_links
from storage.staff import officials_with_accounts

SEED = Path(__file__).resolve().parents[2] / "sandbox/demonstration.yaml"
START = datetime(2026, 11, 23, 5, tzinfo=UTC)  # Monday, 10:00 in Asia/Almaty
WATER, OPERATOR, NEWCOMER = 1021, 1011, 1005
BUREAU, COUNCIL = WATER, 1023


class StartingClock:
    """Stands at the start."""

    def now(self) -> datetime:
        """Return the start."""
        return START


@pytest.fixture(scope="module")
def played_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Play the demonstration once into a file to copy from."""
    path = tmp_path_factory.mktemp("played") / "played.db"
    shutil.copyfile(migrated_file, path)

    async def play() -> None:
        db = await open_database(f"sqlite:///{path}")
        await load(db, StartingClock(), PollKeys(path.parent / "keys"), SEED)
        await db.close()

    asyncio.run(play())
    return path


@pytest.fixture
async def played(played_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """Open a copy of the played database."""
    path = tmp_path / "played.db"
    shutil.copyfile(played_file, path)
    db = await open_database(f"sqlite:///{path}")
    yield db
    await db.close()


def contents(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    return {
        table.name: [tuple(row) for row in connection.execute(sa.select(table))]
        for table in metadata.sorted_tables
    }


def counts(connection: Connection) -> dict[str, int]:
    """Count what was played."""
    late = sa.and_(appeals.c.answered_at.is_(None), appeals.c.due_on < START.date())
    open_ = sa.and_(appeals.c.answered_at.is_(None), appeals.c.due_on >= START.date())
    count = sa.func.count()
    return {
        "appeals": connection.scalar(sa.select(count).select_from(appeals)) or 0,
        "overdue": connection.scalar(sa.select(count).where(late)) or 0,
        "open": connection.scalar(sa.select(count).where(open_)) or 0,
        "regions": connection.scalar(sa.select(sa.func.count(appeals.c.region.distinct()))) or 0,
        "posts": connection.scalar(sa.select(count).select_from(posts)) or 0,
    }


async def test_there_is_something_of_everything(played: Database) -> None:
    """Sixty appeals and some letters, some late, some open, most answered, and three posts."""
    found = await played.read(counts)

    assert 60 <= found["appeals"] <= 90
    assert found["regions"] >= 10
    assert found["overdue"] >= 5
    assert found["open"] >= 15
    assert 3 == found["posts"]


async def test_party_life_has_something_of_everything(played: Database) -> None:
    """Proposals in every state, one with what shows it; stories of all ties; a council's case."""

    def found(connection: Connection) -> tuple[set[Any], ...]:
        columns = (
            proposals.c.status,
            story_links.c.kind,
            programmes.c.kind,
            rating_rounds.c.status,
            appeals.c.council,
        )
        return tuple(set(connection.execute(sa.select(each)).scalars()) for each in columns)

    states, ties, kinds, rounds, councils = await played.read(found)
    assert {status.value for status in PUBLIC} < states
    assert ["document"] == [file.kind for file in await played.read(evidence, 1)]
    assert {kind.value for kind in TieKind} == ties
    assert {kind.value for kind in ProgrammeKind} == kinds
    assert {"published", "awaiting"} == rounds
    assert {None, "utilities-61"} == councils
    wanted = await played.read(what_wants, local_date(START))
    assert ["heating"] == [one.topic for one in wanted.topics]
    digest = await played.read(compose_digest, "elestetov", START)
    assert {NoteKind.RATING_WAITS, NoteKind.STORIES_WANTED, NoteKind.PROPOSALS_TOP} <= {
        note.kind for note in digest.party
    }
    chair = await played.read(compose_digest, "mezhebaev", START)
    assert {NoteKind.COUNCIL_IDLE, NoteKind.COUNCIL_APPLICATIONS} <= {
        note.kind for note in chair.party
    }


async def test_one_poll_is_open_and_one_has_a_result(played: Database) -> None:
    """The result rests on so many answers that per cents can be shown."""

    def results(connection: Connection) -> tuple[list[tuple[Any, ...]], list[int]]:
        shown = sa.select(polls.c.status, polls.c.base).order_by(polls.c.id)
        counted = find_result(connection, 1)
        assert counted is not None
        return [tuple(row) for row in connection.execute(shown)], list(counted.votes or ())

    found, votes = await played.read(results)

    assert [("closed", 104), ("open", None)] == found
    assert [34, 27, 18, 14, 11] == votes


async def test_nobody_is_told_of_the_past(played: Database) -> None:
    """No message and no mailing waits; the officials on the desk get this morning's digest."""

    def waiting(connection: Connection) -> tuple[set[str], set[str]]:
        letters = connection.execute(sa.select(outbox.c.status)).scalars()
        sent = connection.execute(sa.select(mailings.c.status)).scalars()
        return set(letters), set(sent)

    assert ({"delivered"}, {"finished"}) == await played.read(waiting)
    assert not await played.read(reminders_due, START)
    assert 4 == await played.write(queue_digests, START)
    assert not await played.read(unreachable_readers, START + timedelta(days=1))


async def test_who_presses_start_is_recognised(played: Database) -> None:
    """The official's digest comes on the same morning; a newcomer is new."""
    await played.write(join, WATER, "Айбек", START)
    official = await played.read(find_person, WATER)
    digest = await played.read(compose_digest, "mysalbaev", START)

    assert official is not None
    assert ("mysalbaev", "kk") == (official.official, official.language)
    assert official.agrees(ConsentKind.APPEALS)
    assert digest.overdue >= 1
    assert digest.new >= 1
    assert 4 == await played.write(queue_digests, START)
    assert await played.read(find_person, NEWCOMER) is None


async def test_twice_is_once(played: Database, tmp_path: Path) -> None:
    """Playing it again changes no row."""
    before = await played.read(contents)
    await load(played, StartingClock(), PollKeys(tmp_path / "keys"), SEED)

    assert before == await played.read(contents)


async def test_the_road_map_is_alive(played: Database) -> None:
    """Indicators of three levels stand in every way there is; one report is asked about."""
    board = await played.read(read_board, None, local_date(START))

    assert 16 == len(board)
    assert set(Level) == {line.indicator.level for line in board}
    assert set(State) == {line.state for line in board}
    assert {line.official for line in board} < set(await played.read(officials_with_accounts))
    assert [104, 104] == [poll.base for line in board for poll in line.polls]
    facts = await played.read(read_history, BUREAU, "water.turkistan", local_date(START))
    assert [True, False, False, False] == [fact.asked for fact in facts]
    due = await played.read(reports_due, START)
    assert [(COUNCIL, "utilities.gas-turkistan")] == [
        (each.person, each.indicator.code) for each in due
    ]
