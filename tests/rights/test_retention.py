import sqlite3
from argparse import Namespace
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.commands.retention import retention
from bot.settings import Settings
from services.audit.recording import record
from services.people.deeds import Deed
from services.people.person import join
from services.people.retention import TERMS, Kind
from services.rights import retaining
from services.rights.retaining import count_due, retain, take
from storage import conversation, quarantine
from storage.conversation import Conversation
from storage.database import Database, open_database
from storage.outbox import tell
from storage.schema import metadata
from storage.vault import open_text
from tests.appeals_time.conftest import CITIZEN, OPERATOR, register, settle

DOCS = Path(__file__).resolve().parents[2] / "docs/administrator.md"
BEGIN = datetime(2026, 3, 6, 6, tzinfo=UTC)
MONTH = timedelta(days=30)
MONTHS = 63  # somewhat more than five years
DAY = timedelta(days=1)
# In words of SQL of their own: what must not be there any more at a moment.
TOO_OLD = {
    "conversations": "SELECT count(*) FROM conversations WHERE updated_at < :d30",
    "quarantine": "SELECT count(*) FROM quarantine WHERE received_at < :d30",
    "letters": "SELECT count(*) FROM outbox WHERE status = 'delivered' AND queued_at < :d90",
    "recipients": "SELECT count(*) FROM deliveries d JOIN mailings m ON m.id = d.mailing_id "
    "WHERE m.finished_at < :y1",
    "files": "SELECT count(*) FROM attachments f JOIN appeals a ON a.id = f.appeal_id "
    "WHERE a.ended_at < :y1 AND (f.erased_at IS NULL OR f.file_id <> '')",
    "appeals": "SELECT count(*) FROM appeals WHERE ended_at < :y3 AND (person_id IS NOT NULL "
    "OR answer IS NOT NULL OR contact_phone IS NOT NULL OR latitude IS NOT NULL)",
    "words": "SELECT count(*) FROM appeal_entries e JOIN appeals a ON a.id = e.appeal_id "
    "WHERE a.ended_at < :y3",
    "tokens": "SELECT count(*) FROM appeal_words w JOIN appeals a ON a.id = w.appeal_id "
    "WHERE a.ended_at < :y3",
    "authors": "SELECT count(*) FROM appeal_events e JOIN appeals a ON a.id = e.appeal_id "
    "WHERE a.ended_at < :y3 AND e.actor = 101",
    "bans": "SELECT count(*) FROM bans WHERE until < :y3",
    "invitations": "SELECT count(*) FROM invitations WHERE expires_at < :d90",
    "requests": "SELECT count(*) FROM approvals WHERE asked_at < :y3",
    "errands": "SELECT count(*) FROM errands WHERE created_at < :y3",
    "digests": "SELECT count(*) FROM digests WHERE day < date(:y3)",
    "audit": "SELECT count(*) FROM audit WHERE at < :y5",
    "blocked": "SELECT count(*) FROM people WHERE unreachable_since < :y3",
}
# What is younger than its term, or nobody's, and stays.
STAYS = {
    "appeals": "SELECT count(*) FROM appeals",
    "topics and days": "SELECT count(*) FROM appeals WHERE topic = 'water-supply' AND number > ''",
    "registered": "SELECT sum(registered) FROM appeal_days",
    "ratings": "SELECT count(*) FROM appeals WHERE rating = 4",
    "young letters": "SELECT count(*) FROM outbox WHERE queued_at >= :d90",
    "young words": "SELECT count(*) FROM appeals WHERE ended_at >= :y3 AND answer IS NOT NULL",
}


def past(now: datetime) -> dict[str, str]:
    """Return the moments before which something is too old, as SQLite writes them."""

    def years(number: int) -> datetime:
        return now.replace(year=now.year - number)

    moments = {
        "d30": now - timedelta(days=30),
        "d90": now - timedelta(days=90),
        "y1": years(1),
        "y3": years(3),
        "y5": years(5),
    }
    return {name: f"{moment:%Y-%m-%d %H:%M:%S.%f}" for name, moment in moments.items()}


def live_a_month(connection: Connection, number: int, at: datetime) -> None:
    """Let something of every kind happen."""
    appeal = register(connection, f"draft-{number}", at=at)
    over = {"status": "closed", "ended_at": at + DAY, "rating": 4, "answer": "Су берілді."}
    of_appeals = metadata.tables["appeals"]
    connection.execute(sa.update(of_appeals).where(of_appeals.c.id == appeal).values(over))
    key = f"letter-{number}"
    tell(connection, CITIZEN, "banned", key, {"text": "Хат"}, at)
    told = sa.text("UPDATE outbox SET status = 'delivered', ended_at = queued_at")
    connection.execute(told)
    record(connection, who=OPERATOR, what=Deed.BEGIN, on="appeal:1", now=at, key=key)
    said = Conversation("Writing:text", '{"appeal":{}}')
    conversation.save(connection, f"1:{number}", said, at)
    quarantine.keep(connection, f"raw {number}".encode(), "unreadable", at)
    join(connection, 10_000 + number, "Кетіп қалған", at)
    mailing = {
        "id": number,
        "key": key,
        "kind": "news",
        "payload": {},
        "status": "finished",
        "started_at": at,
        "finished_at": at,
    }
    digest = {
        "id": number,
        "period": "daily",
        "official": "mysalbaev",
        "day": at.date(),
        "person_id": 201,
        "channel": "telegram",
        "composed_at": at,
        "facts": {},
    }
    ban = {
        "person_id": CITIZEN,
        "number": number,
        "since": at,
        "until": at + DAY,
        "reason": "Себеп",
        "by": OPERATOR,
        "appeal_id": appeal,
        "lifted_at": at if number % 2 else None,
    }
    for table, row in (
        ("mailings", mailing),
        ("deliveries", {"mailing_id": number, "person_id": CITIZEN, "status": "delivered"}),
        ("digests", digest),
        (
            "errands",
            {
                "key": key,
                "kind": "asked",
                "digest_id": number,
                "by": 201,
                "text": "Сұрақ",
                "official": "mysalbaev",
                "created_at": at,
            },
        ),
        (
            "approvals",
            {
                "subject": f"export:{number}",
                "version": 1,
                "fingerprint": key,
                "content": {},
                "people": 1,
                "status": "declined",
                "asked_by": 201,
                "asked_at": at,
            },
        ),
        ("bans", ban),
        (
            "invitations",
            {
                "token_hash": key,
                "role": "operator",
                "created_at": at,
                "expires_at": at,
            },
        ),
        (
            "attachments",
            {
                "appeal_id": appeal,
                "message_id": 3,
                "kind": "photo",
                "file_id": "id",
                "file_unique_id": "unique",
                "path": f"{appeal}-3.jpg",
                "copy_state": "stored",
            },
        ),
    ):
        connection.execute(sa.insert(metadata.tables[table]).values(row))
    gone = sa.text("UPDATE people SET unreachable_since = joined_at WHERE id >= 10000")
    connection.execute(gone)


def live(connection: Connection) -> None:
    """Let somewhat more than five years go by without anything being deleted."""
    settle(connection)
    for number in range(1, MONTHS + 1):
        live_a_month(connection, number, BEGIN + number * MONTH)


NOW = BEGIN + MONTHS * MONTH + DAY


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """Make the database of those years once."""
    path = tmp_path_factory.mktemp("years") / "years.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        live(connection)
    engine.dispose()
    return path


@pytest.fixture
def copied(years: Path, tmp_path: Path) -> str:
    """Return the address of a copy of it."""
    path = tmp_path / "old.db"
    path.write_bytes(years.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
async def old(copied: str) -> AsyncIterator[Database]:
    """Open the copy."""
    database = await open_database(copied)
    yield database
    await database.close()


def recount(database: Database, questions: dict[str, str]) -> dict[str, int]:
    """Ask the file itself, past everything that the program knows."""
    with sqlite3.connect(database.url.removeprefix("sqlite:///")) as connection:
        return {
            name: connection.execute(question, past(NOW)).fetchone()[0]
            for name, question in questions.items()
        }


async def test_years(old: Database) -> None:
    """After the round nothing is older than its term, and what is nobody's or young stays."""
    kept = recount(old, STAYS)
    assert all(recount(old, TOO_OLD).values())
    await retain(old, (1,), NOW)
    assert dict.fromkeys(TOO_OLD, 0) == recount(old, TOO_OLD)
    assert kept == recount(old, STAYS)
    texts = sa.text("SELECT text FROM appeals WHERE ended_at < :y3").bindparams(y3=past(NOW)["y3"])
    found = await old.read(lambda connection: connection.execute(texts).scalars().all())
    assert {""} == {open_text(each) for each in found}


async def test_dry_run_counts_what_a_run_deletes(old: Database) -> None:
    """A dry run and the run after it count the same, and a second run finds nothing."""
    due = {each.kind: each.due.count for each in await old.read(count_due, NOW)}
    assert due == await retain(old, (1,), NOW)
    assert dict.fromkeys(Kind, 0) == await retain(old, (1,), NOW)


async def test_oldest(old: Database) -> None:
    """A dry run names since when the oldest of a kind is kept."""
    oldest = {each.kind: each.due.oldest for each in await old.read(count_due, NOW)}
    assert BEGIN + MONTH == oldest[Kind.LETTERS]
    assert BEGIN + MONTH + DAY == oldest[Kind.APPEALS]
    assert oldest[Kind.LEAVING] is None


async def test_small_steps(old: Database) -> None:
    """No transaction deletes more rows than a batch, so that what is written waits for none."""
    assert 2 == await old.write(take, Kind.LETTERS, (1,), NOW, 2)
    assert 2 == await old.write(take, Kind.APPEALS, (1,), NOW, 2)


def test_terms_in_the_documentation() -> None:
    """docs/administrator.md names every kind with its term."""
    text = DOCS.read_text("utf-8")
    lines = [f"| `{kind}` | {lasting(kind)} |" for kind in Kind]
    assert [] == [line for line in lines if line not in text]


def lasting(kind: Kind) -> str:
    """Return a term as the documentation writes it."""
    term = TERMS[kind]
    if term.years:
        return f"{term.years} year{'s' if term.years > 1 else ''} {term.since}"
    return f"{term.days} days {term.since}" if term.days else f"at once {term.since}"


# The tables of mailings, polls and programmes are short, and are walked through.
_SHORT = {Kind.MAILINGS, Kind.NAMED_ANSWERS, Kind.ANSWERS_IN_WORDS, Kind.SIGNUPS}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.AUDIT, *_SHORT}])
async def test_found_by_an_index(old: Database, kind: Kind) -> None:
    """What is due is found without walking through a whole table."""

    def walked(connection: Connection) -> list[str]:
        asked: list[tuple[str, Any]] = []

        def hear(_connection: Any, _cursor: Any, statement: str, *more: Any) -> None:
            asked.append((statement, more[0]))

        sa.event.listen(connection, "before_cursor_execute", hear)
        retaining.is_due(connection, kind, NOW)
        sa.event.remove(connection, "before_cursor_execute", hear)
        plans = [
            row[3]
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
        return [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan]

    assert [] == await old.read(walked)


async def test_on_both_databases(database: Database) -> None:
    """On PostgreSQL, too, a run deletes what a dry run has counted."""

    def two_months(connection: Connection) -> None:
        settle(connection)
        for number in (1, MONTHS):
            live_a_month(connection, number, BEGIN + number * MONTH)

    await database.write(two_months)
    due = {each.kind: each.due.count for each in await database.read(count_due, NOW)}
    assert due == await retain(database, (1,), NOW)
    assert 1 == due[Kind.BLOCKED]


async def test_dry_run_changes_nothing(
    copied: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`retention --dry-run` prints a line for each kind and leaves the file as it is."""
    monkeypatch.setattr("bot.commands.retention.now_of", _standing)
    before = _tables(copied)
    settings = Settings(_env_file=None, database_url=copied)
    assert 0 == await retention(settings, Namespace(dry_run=True))
    lines = capsys.readouterr().out.splitlines()
    assert [kind.value for kind in Kind] == [line.split()[0] for line in lines]
    assert "letters                 120  2026-04-05" in lines
    assert before == _tables(copied)


async def _standing(_settings: Settings) -> datetime:
    return NOW


def _tables(address: str) -> list[str]:
    with sqlite3.connect(address.removeprefix("sqlite:///")) as connection:
        return list(connection.iterdump())
