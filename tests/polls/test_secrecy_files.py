"""What the files of a closed poll tell: nothing of anybody, and not in what order they came."""

import asyncio
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Connection
from structlog.testing import capture_logs

from bot.conversation import ConversationStorage
from handlers.views.survey_callbacks import SurveyBegun
from services.delivery.mailing_run import finish
from services.people.model import Profile, Settlement, Sex
from services.polls.keys import PollKeys
from services.polls.model import Answer, Question, QuestionType, Stream
from services.polls.sheet import Sheet
from storage.backup import backup
from storage.database import Database, open_database
from storage.schema import metadata
from storage.schema.delivery import deliveries, mailings
from storage.schema.polls import poll_invitations
from tests.polls.stage import CLOSING, DRAFT, NOON, Stage, citizen

# A key would hide what must not be there at all.
pytestmark = pytest.mark.usefixtures("no_key")

CANARY = "құпия-сөз-7431"
CONVERSATION = "bG9ja2VkLWFuc3dlci1vZi1hLWNvbnZlcnNhdGlvbg"
MAN = Profile(region="75", born_from=1982, born_to=1996, sex=Sex.MALE, settlement=Settlement.URBAN)
WORDS = Question(1, "q2", QuestionType.TEXT, "Неге?", "Почему?", required=False)
STATE = "Surveying:answers"
Votes = Sequence[tuple[int, int]]


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def put(file: Path, folder: Path) -> None:
    """Make a folder with a copy of this database in it."""
    folder.mkdir()
    shutil.copyfile(file, folder / "test.db")


def remember_people(connection: Connection, poll: int, people: Sequence[int]) -> None:
    """Write that these people were invited and that the invitation reached them."""
    [mailing] = connection.execute(
        sa.select(mailings.c.id).where(mailings.c.key == f"poll:{poll}")
    ).scalars()
    reached = {"mailing_id": mailing, "status": "delivered", "message_id": 7}
    for person in people:
        invited = sa.insert(poll_invitations).values(poll_id=poll, person_id=person)
        connection.execute(invited)
        connection.execute(sa.insert(deliveries).values(person_id=person, **reached))


def tables_with(connection: Connection, person: int) -> set[str]:
    """Return the tables in which a person's number stands anywhere."""
    return {
        table.name
        for table in metadata.sorted_tables
        for row in connection.execute(sa.select(table))
        if any(str(person) in str(value) for value in row)
    }


async def fill(stage: Stage, conversations: ConversationStorage) -> tuple[int, list[bytes]]:
    """Let people answer a survey in every way; return the poll and what must not be left."""
    poll = await stage.launch(questions=(*DRAFT.questions, WORDS), title_kk="Су", title_ru="Вода")
    await stage.db.write(remember_people, poll, stage.people[:20])
    for number, person in enumerate(stage.people[:20]):
        words = Answer(text=f"{CANARY}-{number}") if number < 9 else Answer()
        answers = {0: Answer((number % 2,)), 1: words}
        await stage.box.submit(citizen(person, MAN), poll, answers, Stream.INVITED, NOON)

    def step(_questions: object, sheet: Sheet) -> Sheet:
        return replace(sheet, answers={1: Answer(text=CANARY)})

    someone = citizen(stage.people[25], MAN)
    await stage.box.begin(someone, poll, Stream.OPEN, NOON)
    await stage.box.change(someone, poll, step, NOON)
    for person in stage.people[:2]:
        key = StorageKey(bot_id=1, chat_id=person, user_id=person)
        await conversations.set_state(key, STATE)
        await conversations.set_data(key, {"poll_answer": {"poll": poll, "draft": CONVERSATION}})
    kept = [*await stage.rows("ballots"), *await stage.rows("poll_drafts")]
    assert 21 == len(kept)
    secret = stage.keys.create("d1")
    traces = [value for row in kept for value in row.values() if isinstance(value, bytes)]
    return poll, [*traces, secret.tag_key, secret.secret_key, CANARY.encode()]


async def test_no_file_holds_a_trace(
    sqlite_stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After closing no file, backups and logs included, holds a tag, an answer or a key."""
    stage = sqlite_stage
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "temporary"))
    conversations = ConversationStorage(stage.db, lambda: NOON)
    stage.closing = replace(
        stage.closing, forget=partial(conversations.forget_poll, states=(STATE,))
    )
    with capture_logs() as logged:
        _, traces = await fill(stage, conversations)
        await asyncio.to_thread(backup, stage.db.url, tmp_path / "backups", NOON)
        await stage.close()
        await asyncio.to_thread(backup, stage.db.url, tmp_path / "backups", CLOSING)
    (tmp_path / "bot.log").write_text(repr(logged))
    copies = sorted(contents(tmp_path / "backups"))
    files = contents(tmp_path)
    found = {name for name, content in files.items() if any(each in content for each in traces)}
    # A conversation of then may hold an answer under way, which the destroyed key locks.
    held = {name for name, content in files.items() if CONVERSATION.encode() in content}
    assert (set(), {min(copies)}, 2) == (found, held, len(copies))


async def test_nobody_is_linked_to_a_closed_poll(stage: Stage) -> None:
    """Once the result is sent, no table but those of people themselves names who took part."""
    stage.closing = replace(
        stage.closing,
        forget=partial(ConversationStorage(stage.db, lambda: NOON).forget_poll, states=(STATE,)),
    )
    await fill(stage, ConversationStorage(stage.db, lambda: NOON))
    await stage.close()
    sent = [row["id"] for row in await stage.rows("mailings") if row["forget_recipients"]]
    assert 21 == len(await stage.rows("mailing_recipients"))
    for mailing in sent:
        await stage.db.write(finish, mailing, CLOSING + timedelta(hours=1))
    everywhere = await stage.db.read(tables_with, stage.people[0])
    assert {"people", "consents"} == everywhere


async def test_other_conversations_go_on(database: Database) -> None:
    """Only what is of the closed poll is taken out of a conversation, from memory too."""
    conversations = ConversationStorage(database, lambda: NOON)
    key = StorageKey(bot_id=1, chat_id=5, user_id=5)
    kept = {"survey": {"poll": 70}, "appeal": {"text": '"poll":7,'}}
    await conversations.set_state(key, "Appeal:text")
    await conversations.set_data(key, {**kept, "poll_answer": {"poll": 7, "draft": "x"}})
    await conversations.forget_poll(7, (STATE,))
    assert ("Appeal:text", kept) == (
        await conversations.get_state(key),
        await conversations.get_data(key),
    )


async def test_whoever_was_first_asked_about_themselves_is_forgotten_too(
    database: Database,
) -> None:
    """The survey that was to follow the profile is taken out; what was told so far stays."""
    conversations = ConversationStorage(database, lambda: NOON)
    left = []
    for poll in (7, 77):
        key = StorageKey(bot_id=1, chat_id=poll, user_id=poll)
        then = SurveyBegun(poll=poll, stream=Stream.OPEN).pack()
        await conversations.set_data(key, {"profile": {"told": {"sex": "male"}, "then": then}})
        await conversations.forget_poll(7, (STATE,))
        left.append((await conversations.get_data(key))["profile"])
    assert [None, "svb:77:open:0"] == [part["then"] for part in left]
    assert [{"sex": "male"}] * 2 == [part["told"] for part in left]


@pytest.fixture
def same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each history the same key: another one would make other files by itself."""
    monkeypatch.setattr(secrets, "token_bytes", lambda length: bytes(range(length)))


async def history(migrated: Path, folder: Path, votes: Votes) -> dict[str, bytes]:
    """Let these votes arrive in this order, close the poll, and return all files."""
    put(migrated, folder)
    db = await open_database(f"sqlite:///{folder}/test.db")
    stage = await Stage.set_up(db, PollKeys(folder / "keys"), 60)
    poll = await stage.launch()
    for person, option in votes:
        await stage.box.cast(citizen(person, MAN), poll, option, NOON)
    await stage.close()
    await db.close()
    return contents(folder)


VOTES = [(1000 + number, number % 3 % 2) for number in range(50)]


def rearranged(how: str) -> Votes:
    """Return the votes after which the files are to be the same as after VOTES."""
    (one, yes), (other, no), *rest = VOTES
    match how:
        case "swapped":
            return [(one, no), (other, yes), *rest]
        case "mixed":
            return Random(3).sample(VOTES, len(VOTES))  # noqa: S311  # no secret
        case "backwards":
            return VOTES[::-1]
        case "changed":
            return [(one, no), (other, no), *rest, (one, yes)]
        case _:  # there and back
            return [*VOTES, (one, no), (one, yes)]


@pytest.mark.usefixtures("same_keys")
@pytest.mark.parametrize("how", ["swapped", "mixed", "backwards", "changed", "there and back"])
async def test_files_tell_no_order(migrated_file: Path, tmp_path: Path, how: str) -> None:
    """Who of one stratum said what, who came first and who changed their mind: no byte differs."""
    first = await history(migrated_file, tmp_path / "first", VOTES)
    second = await history(migrated_file, tmp_path / "second", rearranged(how))
    assert first.keys() == second.keys()
    assert [] == [name for name in first if first[name] != second[name]]


@pytest.mark.usefixtures("same_keys")
@pytest.mark.parametrize("how", ["swapped", "mixed", "there and back"])
async def test_rows_tell_no_order(stage: Stage, keys: PollKeys, how: str) -> None:
    """On either kind of database the rows of two such polls are the same but for their number."""
    told: list[Any] = []
    for name, votes in (
        ("d1", VOTES[:30]),
        ("d2", [one for one in rearranged(how) if one[0] < 1030]),
    ):
        poll = await stage.launch(id=name)
        for person, option in votes:
            await stage.box.cast(citizen(person, MAN), poll, option, NOON)
        await stage.close()
        keys.destroy(name)
        rows = [row for row in await stage.rows("poll_results") if row["poll_id"] == poll]
        sent = max(row["id"] for row in await stage.rows("mailings"))
        listed = [
            row["person_id"]
            for row in await stage.rows("mailing_recipients")
            if row["mailing_id"] == sent
        ]
        told.append(([(row["key"], row["value"]) for row in rows], listed))
    assert told[0] == told[1]
