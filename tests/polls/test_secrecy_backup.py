"""A copy of the database, made while people answer, opens nothing anywhere."""

import asyncio
import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.mailing import launch
from services.polls.ballot import voter_tag
from services.polls.ballot_box import BallotBox
from services.polls.keys import PollKeys
from services.polls.model import Answer, QuestionType, Stream
from services.refusal import Refusal
from storage.backup import backup, restore
from storage.database import open_database
from storage.schema.delivery import deliveries, mailings
from tests.cluster import binaries
from tests.polls.stage import DRAFT, NOON, Stage, citizen, rows_of
from tests.polls.surveys import question

# A key would hide what must not be there at all.
pytestmark = pytest.mark.usefixtures("no_key")

WORDS = "ауызсу-мүлде-жоқ-7431"
VOTER, OTHER = 1000, 1001


async def test_a_copy_does_not_say_who_was_invited_or_took_part(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the list of a sample nor what became of its messages is in it; of news it may be."""
    monkeypatch.setenv("PATH", f"{binaries()[0]}:{os.environ['PATH']}")
    poll = await stage.launch()
    at = {"created_by": None, "now": NOON, "payload": {}}
    news = await stage.db.write(launch, key="news:1", kind="news", recipients=[VOTER], **at)
    told = await stage.db.write(
        launch, key="x:1", kind="poll_result", recipients=[VOTER], forget_recipients=True, **at
    )

    def deliver(connection: Connection) -> None:
        asked = sa.select(mailings.c.id).where(mailings.c.key == f"poll:{poll}")
        for mailing in (connection.execute(asked).scalar_one(), news, told):
            row = {"mailing_id": mailing, "person_id": VOTER, "status": "delivered"}
            connection.execute(sa.insert(deliveries).values(row))

    await stage.db.write(deliver)
    copy = await asyncio.to_thread(backup, stage.db.url, tmp_path / "copies", NOON)
    await stage.db.close()
    await asyncio.to_thread(restore, stage.db.url, copy, NOON)
    db = await open_database(stage.db.url)
    try:
        left = [await db.read(rows_of, name) for name in ("mailing_recipients", "deliveries")]
    finally:
        await db.close()
    kept = {row["mailing_id"] for rows in left for row in rows}
    assert kept == ({news} if db.dialect == "sqlite" else set())


async def test_a_copy_made_meanwhile_yields_no_answer(sqlite_stage: Stage, tmp_path: Path) -> None:
    """No key, no ballot and no answer under way is in it; restored elsewhere nothing opens."""
    stage = sqlite_stage
    questions = (
        *DRAFT.questions,
        question(1, QuestionType.NUMBER, least=0, most=20),
        question(2, QuestionType.TEXT),
    )
    poll = await stage.launch(questions=questions, title_kk="Су", title_ru="Вода")
    whole = {0: Answer((1,)), 1: Answer(number=7), 2: Answer(text=WORDS)}
    await stage.box.submit(citizen(VOTER), poll, whole, Stream.OPEN, NOON)
    await stage.box.begin(citizen(OTHER), poll, Stream.OPEN, NOON)
    key = stage.keys.create(DRAFT.id)
    kept = [row["sealed"] for row in await stage.rows("ballots")]
    kept += [row["box"] for row in await stage.rows("poll_drafts")]
    tags = [voter_tag(key.tag_key, poll, person) for person in (VOTER, OTHER)]

    copy = await asyncio.to_thread(backup, stage.db.url, tmp_path / "copies", NOON)
    content = await asyncio.to_thread(copy.read_bytes)
    elsewhere = f"sqlite:///{tmp_path}/elsewhere/unqosu.db"
    await asyncio.to_thread(restore, elsewhere, copy, NOON)
    db = await open_database(elsewhere)
    try:
        left = [await db.read(rows_of, table) for table in ("ballots", "poll_drafts")]
        box = BallotBox(db, PollKeys(tmp_path / "elsewhere" / "keys"))
        with pytest.raises(Refusal, match="out of order"):
            await box.filling(citizen(VOTER), poll)
    finally:
        await db.close()

    secrets = [key.secret_key, key.tag_key, WORDS.encode(), *kept, *tags]
    assert 2 == len(kept)
    assert [] == [secret for secret in secrets if secret in content]
    assert [[], []] == left
