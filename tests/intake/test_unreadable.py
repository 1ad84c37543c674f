"""What Telegram, or somebody in its place, might send and nobody can parse."""

import json
from typing import Any

import pytest
from aiogram import Dispatcher
from aiogram.types import Message

from bot.runner.reading import Unreadable, read_json
from tests.intake.fake_telegram import FakeTelegram, message

DEEP = b"[" * 5000 + b"]" * 5000
CHAT = {"id": 7, "type": "private"}
FROM = {"id": 7, "is_bot": False, "first_name": "Aigul"}

UNPARSABLE: dict[str, bytes] = {
    "nothing but a number": b"{}",
    "a kind that is not known yet": b'{"telepathy": {"from": {"id": 7}}}',
    "a message that is a number": b'{"message": 5}',
    "a message that is a list": b'{"message": [1, 2]}',
    "a message that is a text": b'{"message": "hello"}',
    "a message without a chat": json.dumps({"message": {"message_id": 1, "date": 1}}).encode(),
    "a message without a date": json.dumps({"message": {"message_id": 1, "chat": CHAT}}).encode(),
    "a date in words": json.dumps({"message": {**message(7, "x"), "date": "today"}}).encode(),
    "a date past all calendars": json.dumps(
        {"message": {**message(7, "x"), "date": 10**17}}
    ).encode(),
    "a chat number in words": json.dumps(
        {"message": {**message(7, "x"), "chat": {"id": "seven", "type": "private"}}}
    ).encode(),
    "a chat that is null": json.dumps({"message": {**message(7, "x"), "chat": None}}).encode(),
    "a text that is an object": json.dumps({"message": {**message(7, "x"), "text": {}}}).encode(),
    "entities that are a text": json.dumps(
        {"message": {**message(7, "x"), "entities": "bold"}}
    ).encode(),
    "a tap without a sender": b'{"callback_query": {"id": "1", "chat_instance": "1"}}',
    "a tap that is true": b'{"callback_query": true}',
    "a membership without a state": json.dumps(
        {"my_chat_member": {"chat": CHAT, "from": FROM, "date": 1}}
    ).encode(),
    "a member of an unknown status": json.dumps(
        {
            "my_chat_member": {
                "chat": CHAT,
                "from": FROM,
                "date": 1,
                "old_chat_member": {"status": "ghost", "user": FROM},
                "new_chat_member": {"status": "ghost", "user": FROM},
            }
        }
    ).encode(),
    "a poll without options": b'{"poll": {"id": "1"}}',
    "an answer to nothing": b'{"poll_answer": {}}',
    "a number beyond 64 bits": b'{"message": {"message_id": 1%s, "date": 1}}' % (b"0" * 40),
    "not a number": b'{"message": {"message_id": NaN, "date": 1}}',
}
BROKEN: dict[str, bytes] = {
    "a text that is never closed": b'{"update_id": %d, "message": {"text": "',
    "bytes that are no text": b'{"update_id": %d, \xff\xfe\x00}',
    "ten thousand brackets": b'{"update_id": %d, "message": ' + DEEP + b"}",
    "a megabyte of noise": b'{"update_id": %d, "message": {"text": "' + b"x" * 2**20,
}


def numbered(number: int, body: bytes) -> bytes:
    """Return the JSON text of an update with its number put in front."""
    comma = b"" if body == b"{}" else b", "
    return b'{"update_id": %d%s' % (number, comma) + body[1:]


@pytest.mark.parametrize("body", UNPARSABLE.values(), ids=UNPARSABLE.keys())
async def test_an_unparsable_update_is_set_aside(
    body: bytes, make_intake: Any, quarantine: Any
) -> None:
    """What aiogram cannot parse is kept raw, once, and is done."""
    await make_intake().take(read_json(numbered(1, body)))

    assert [1] == quarantine.numbers


@pytest.mark.parametrize("value", [None, 5, "text", [], [[]], True, 0.5])
async def test_a_value_that_is_no_object_is_set_aside(
    value: object, make_intake: Any, quarantine: Any
) -> None:
    """Any JSON value may stand where an update should."""
    await make_intake().take(value)

    assert [json.dumps(value).encode()] == [raw for raw, _ in quarantine.cases]


async def test_the_reason_repeats_nothing_of_the_content(
    make_intake: Any, quarantine: Any
) -> None:
    """The reason goes to the log, where personal data must not."""
    await make_intake().take(
        {"update_id": 1, "message": {**message(7, "x"), "date": "Aigul lives in Abai 5"}}
    )

    assert ["Aigul" in reason for _, reason in quarantine.cases] == [False]


async def test_half_a_surrogate_pair_hides_no_other_update() -> None:
    """A strict reader would refuse the whole answer for one broken emoji in it."""
    assert {"a": "x?", "b": "😀"} == read_json(b'{"a": "x\\ud83d", "b": "\\ud83d\\ude00"}')


async def test_an_endless_nesting_is_unreadable() -> None:
    """A body made to exhaust the stack is refused like any other nonsense."""
    with pytest.raises(Unreadable):
        read_json(DEEP)


async def test_polling_survives_everything(
    telegram: FakeTelegram,
    dispatcher: Dispatcher,
    make_intake: Any,
    polling: Any,
    eventually: Any,
    quarantine: Any,
) -> None:
    """Among updates that nobody can read, each good one is handled and all are confirmed."""
    seen: list[str | None] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        seen.append(message.text)

    bad: list[int] = []
    for number, body in enumerate(UNPARSABLE.values()):
        telegram.say(7, f"before {number}")
        bad.append(telegram.next_number())
        telegram.give_bytes(bad[-1], numbered(bad[-1], body))
    for number, body in enumerate(BROKEN.values()):
        telegram.say(8, f"broken {number}")
        bad.append(telegram.next_number())
        telegram.give_bytes(bad[-1], body.replace(b"%d", b"%d" % bad[-1]))
    last = telegram.say(7, "last")

    async with polling(make_intake()):
        await eventually(lambda: telegram.confirmed[last])

    good = [f"before {n}" for n in range(len(UNPARSABLE))]
    assert [*good, "last"] == [text for text in seen if not str(text).startswith("broken")]
    assert [f"broken {n}" for n in range(len(BROKEN))] == [
        text for text in seen if str(text).startswith("broken")
    ]
    assert len(bad) == len(quarantine.cases)
    assert {} == telegram.queue
    print(f"{len(bad)} unreadable updates set aside, {len(seen)} readable ones handled")
