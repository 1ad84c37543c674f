"""What is never written down as it came."""

import asyncio
import json
from typing import Any

import pytest
from aiogram.fsm.storage.base import StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Update

from bot.confidence import Confidence
from handlers.citizen.phone import PhoneSharing
from handlers.citizen.survey.showing import Surveying
from handlers.official.poll_keys import PassphraseWords

BOT, ASEL = 42, 1000
STATES = [
    Surveying.answers,
    PassphraseWords.setting,
    PassphraseWords.giving,
    PhoneSharing.contact,
]
KEY = StorageKey(bot_id=BOT, chat_id=ASEL, user_id=ASEL)


@pytest.fixture
def storage() -> MemoryStorage:
    """Give conversations in memory."""
    return MemoryStorage()


@pytest.fixture
def confidence(storage: MemoryStorage) -> Confidence:
    """Give what knows secrets."""
    return Confidence(storage, BOT)


def _said(words: str, kind: str = "message") -> dict[str, Any]:
    chat = {"id": ASEL, "type": "private", "first_name": "Әсел"}
    sender = {"id": ASEL, "is_bot": False, "first_name": "Әсел"}
    return {
        "update_id": 7,
        kind: {"message_id": 3, "date": 0, "chat": chat, "from": sender, "text": words},
    }


def _pressed(data: str) -> dict[str, Any]:
    return {"update_id": 8, "callback_query": {"id": "1", "from": {"id": ASEL}, "data": data}}


@pytest.mark.parametrize("data", ["v:7:2", "vo:7:2", "svc:7:1:2", "svr:7:1:2"])
async def test_answers_by_button_are_known(confidence: Confidence, data: str) -> None:
    """A press that answers a poll or a survey is never written down."""
    assert await confidence.holds(_pressed(data))


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("state", STATES, ids=str)
async def test_words_are_known_by_their_conversation(
    confidence: Confidence, storage: MemoryStorage, state: Any, kind: str
) -> None:
    """Answers in words and passphrases are known by what the bot has asked for."""
    await storage.set_state(KEY, state)
    assert await confidence.holds(_said("ауызсу жоқ", kind))


@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_contacts_are_known(confidence: Confidence, kind: str) -> None:
    """A shared contact is a secret in every conversation; what is kept of it has no number."""
    update = _said("", kind)
    update[kind] |= {"contact": {"phone_number": "+77011234567", "first_name": "Әсел"}}
    assert await confidence.holds(update)
    assert b"7701" not in await confidence.veiled(json.dumps(update).encode())


@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_pins_are_known_wherever_they_are_typed(confidence: Confidence, kind: str) -> None:
    """Six digits may be a PIN that was typed unasked: they are never written down."""
    update = _said("246810", kind)
    assert await confidence.holds(update)
    assert b"246810" not in await confidence.veiled(json.dumps(update).encode())


@pytest.mark.parametrize("raw", [_said("ауызсу жоқ"), _pressed("poll:7"), {}, b"{}", None])
async def test_other_updates_may_be_written_down(confidence: Confidence, raw: object) -> None:
    """Appeals, menus and what is no update hold no secret."""
    assert not await confidence.holds(raw)


async def test_words_stay_secret_while_they_are_dealt_with(confidence: Confidence) -> None:
    """The last answer of a survey ends its conversation, and is a secret all the same."""
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(*_: Any) -> None:
        begun.set()
        await may_end.wait()

    update = Update.model_validate(_said("ауызсу жоқ"))
    work = asyncio.create_task(confidence(slow, update, {"raw_state": Surveying.answers.state}))
    await begun.wait()
    during = await confidence.holds(_said("ауызсу жоқ"))
    may_end.set()
    await work
    assert (True, False) == (during, await confidence.holds(_said("ауызсу жоқ")))


async def test_of_a_secret_only_its_shape_is_set_aside(
    confidence: Confidence, storage: MemoryStorage
) -> None:
    """What nobody can read is kept without words and people, where it may be an answer."""
    await storage.set_state(KEY, Surveying.answers)
    veiled = await confidence.veiled(json.dumps(_said("ауызсу жоқ")).encode())
    message = {
        "message_id": "int",
        "date": "int",
        "chat": {"id": "int", "type": "str", "first_name": "str"},
        "from": {"id": "int", "is_bot": "bool", "first_name": "str"},
        "text": "str",
    }
    assert {"update_id": "int", "message": message} == json.loads(veiled)


async def test_other_updates_are_set_aside_whole(confidence: Confidence) -> None:
    """What holds no secret is kept byte by byte, and so is what is no JSON."""
    bodies = [json.dumps(_said("жол бұзылды")).encode(), b"no json"]
    assert bodies == [await confidence.veiled(body) for body in bodies]
