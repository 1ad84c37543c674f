"""What goes wrong while somebody answers a poll tells no log how they answered."""

import io
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiogram.fsm.storage.base import StorageKey

from bot.logs import LEVELS, PROCESSORS
from bot.runner.intake import Intake
from bot.settings import Settings
from bot.wiring import Application, assemble
from handlers.citizen.survey.showing import KEY, Surveying
from handlers.official.poll_keys import PassphraseWords
from handlers.views.poll_callbacks import OpenVote, Vote
from handlers.views.survey_callbacks import SurveyChosen, SurveyRated
from services.polls.ballot_box import BallotBox
from storage.database import Database
from tests.polls.stage import NOON, add_people

TOKEN = f"42:{'A' * 35}"
VOTER = 7431001
WORDS = "ауызсу-мүлде-жоқ-7431"
PRESSES = [
    Vote(poll=17, option=2).pack(),
    OpenVote(poll=17, option=2).pack(),
    SurveyChosen(poll=17, question=1, option=2).pack(),
    SurveyRated(poll=17, question=1, value=2).pack(),
]
SECRETS = [WORDS, str(VOTER), "Тұрғын", *PRESSES]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Give all that is logged at debug level, as the bot and as libraries write it."""
    written = io.StringIO()
    library = logging.StreamHandler(written)
    logging.getLogger().addHandler(library)
    before = structlog.get_config()
    structlog.configure(
        processors=PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS["debug"]),
        logger_factory=structlog.WriteLoggerFactory(written),
        cache_logger_on_first_use=False,
    )
    yield written
    structlog.configure(**before)
    logging.getLogger().removeHandler(library)


@pytest.fixture
async def application(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Application]:
    """Give a whole bot that reaches no Telegram."""
    shutil.copyfile(migrated_file, tmp_path / "bot.db")
    settings = Settings(
        _env_file=None,
        bot_token=TOKEN,
        telegram_api="http://127.0.0.1:9",
        database_url=f"sqlite:///{tmp_path}/bot.db",
        keys_dir=tmp_path / "keys",
        charts_dir=tmp_path / "charts",
    )
    async with assemble(settings) as assembled:
        await assembled.db.write(add_people, [VOTER], NOON)
        yield assembled


def _pressed(data: str) -> dict[str, Any]:
    message = {"message_id": 9, "date": 1, "chat": {"id": VOTER, "type": "private"}}
    sender = {"id": VOTER, "is_bot": False, "first_name": "Тұрғын"}
    query = {"id": "5", "from": sender, "message": message, "chat_instance": "1", "data": data}
    return {"update_id": 1, "callback_query": query}


def _said() -> dict[str, Any]:
    sender = {"id": VOTER, "is_bot": False, "first_name": "Тұрғын"}
    chat = {"id": VOTER, "type": "private"}
    message = {"message_id": 9, "date": 1, "chat": chat, "from": sender, "text": WORDS}
    return {"update_id": 2, "message": message}


def _break(monkeypatch: pytest.MonkeyPatch, where: type[Any], *names: str) -> None:
    """Let these methods fail and say all that they were given."""

    async def fail(_self: Any, *given: Any) -> None:
        raise ValueError(f"{given} {SECRETS}")

    for name in names:
        monkeypatch.setattr(where, name, fail)


def _leaks(log: io.StringIO) -> list[str]:
    return [secret for secret in SECRETS if secret in log.getvalue()]


@pytest.mark.parametrize("data", PRESSES)
async def test_a_failing_press_tells_nothing(
    application: Application, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, data: str
) -> None:
    """Whatever breaks while a button is dealt with, the log has a trace and no answer."""
    names = ("cast", "change", "begin", "filling", "seal_sheet", "answered")
    _break(monkeypatch, BallotBox, *names)
    await _take(application, _pressed(data))
    assert [] == _leaks(log)
    assert "ValueError" in log.getvalue()


@pytest.mark.parametrize(
    "state", [Surveying.answers, PassphraseWords.setting, PassphraseWords.giving], ids=str
)
async def test_failing_words_tell_nothing(
    application: Application, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, state: Any
) -> None:
    """Whatever breaks while words are dealt with, the log has a trace and not the words."""
    key = StorageKey(bot_id=42, chat_id=VOTER, user_id=VOTER)
    await application.dispatcher.fsm.storage.set_state(key, state)
    data = {KEY: {"poll": 17}, "poll_key": {"draft": "d1"}}
    await application.dispatcher.fsm.storage.set_data(key, data)
    _break(monkeypatch, BallotBox, "change")
    _break(monkeypatch, type(application.db), "read")
    await _take(application, _said())
    assert [] == _leaks(log)
    assert "ValueError" in log.getvalue()


async def _take(application: Application, raw: dict[str, Any]) -> None:
    set_aside: list[bytes] = []

    async def quarantine(body: bytes, _reason: str) -> None:
        set_aside.append(body)

    intake = Intake(
        application.dispatcher, application.bot, quarantine=quarantine, shortcut=application.votes
    )
    await intake.take(raw)
    assert [] == set_aside


async def test_no_answer_is_set_aside_in_the_clear(
    application: Application, sqlite_database: Database
) -> None:
    """An answer in a shape that nobody can read is kept without the answer."""
    del sqlite_database
    odd = _pressed("v:17:2")
    odd["callback_query"]["from"] = {"id": VOTER}
    veiled = await application.confidence.veiled(str(odd).replace("'", '"').encode())
    assert not [secret for secret in SECRETS if secret.encode() in veiled]
