"""Plays a transcript over HTTP and compares what people see."""

import asyncio
import difflib
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import yaml

from sandbox.client import Chat, Desk, Message
from tests.transcripts.script import Script, Seen, Step
from tests.transcripts.stage import PATIENCE, Stage

_QUIET_RECORDING = 1.5  # seconds without news after which a step is over that is recorded
_PAUSE = 0.02  # seconds between looks for what is still to come
_FILES = {"photo", "document", "voice", "album", "video"}

_HASH = re.compile(r"\b[0-9a-f]{64}\b")

Before = Callable[[int], Awaitable[None]]


class Player:
    """Acts for all people of a transcript and sees what they see."""

    def __init__(self, desk: Desk, script: Script, stage: Stage) -> None:
        self._desk = desk
        self._stage = stage
        self._ids = {name: person["id"] for name, person in script.people.items()}
        self._names = {identity: name for name, identity in self._ids.items()}
        self._script = script
        self._last = 0
        self._pressed: dict[str, tuple[int, str]] = {}
        self._menus: dict[int, list[list[str]]] = {}

    async def begin(self) -> None:
        """Take what is in the chats so far as seen."""
        self._last = (await self._events(0))[1]

    async def play(
        self, *, compare: bool = True, record: bool = False, before: Before | None = None
    ) -> None:
        """Play every step; `before` is called ahead of each with its number.

        With compare, each step waits for what the transcript says people see, and fails on any
        difference; with record, what they see is written into the script instead; with neither,
        it waits until the bot is through. What comes beyond what is expected fails the next step,
        or this one if it is the last.
        """
        for number, step in enumerate(self._script.steps, 1):
            if before is not None:
                await before(number)
            if step.who is None and not compare:
                # What repeated updates bring late must not be taken for what the clock brings.
                await self._look({})
            await self._act(step)
            waits = compare and not record
            expected = {who: len(sights) for who, sights in step.sees.items()} if waits else {}
            seen = await self._look(expected, quiet=_QUIET_RECORDING if record else 0)
            if record:
                step.sees = seen
            elif compare:
                where = f"{self._script.path.name}, step {number}: {step.action} {step.value}"
                compare_sights(where, step.sees, seen, any_order=step.any_order)

    def chat_of(self, name: str) -> Chat:
        """Return the chat of somebody in the play."""
        return self._desk.chat(self._ids[name])

    async def _act(self, step: Step) -> None:  # noqa: C901, PLR0912  # one branch a verb
        if step.who is None:
            await self._desk.request("POST", "clock", step.value)
            return
        chat = self.chat_of(step.who)
        value = step.value
        if step.action in _FILES:
            count = value if step.action == "album" else 1
            kind = "photo" if step.action == "album" else step.action
            caption = value if isinstance(value, str) else ""
            sent = files(kind, count)
            if isinstance(value, dict):
                sent = [(value["name"], value["text"].encode())]
                caption = value.get("caption", "")
            await chat.send_files(kind, *sent, caption=caption)
            return
        match step.action:
            case "send":
                await chat.send(value)
            case "write":
                await chat.send_html(value)
            case "press":
                pressed = await self._button(chat, value)
                self._pressed[step.who] = pressed
                await chat.press_data(*pressed, wait=0)
            case "press again":
                await chat.press_data(*self._pressed[step.who], wait=0)
            case "forge":
                await chat.press_data((await chat.last()).id, value, wait=0)
            case "location":
                await chat.location(*value)
            case "follow":
                await chat.start(value)
            case "edit":
                await chat.edit((await _said(chat, value["was"], own=True)).id, value["now"])
            case "reply":
                answered = await _said(chat, value["to"], own=False)
                await chat.send(value["text"], reply_to=answered.id)
            case "contact":
                await chat.contact(_number(value), own=isinstance(value, str))
            case "sticker":
                await chat.send_other(sticker=True)
            case "hand on":
                for channel in [one for one in self._ids.values() if one < 0]:
                    post = await _said(self._desk.chat(channel), value, own=True)
                    await chat.hand_on(channel, post.id)
            case "forward":
                await chat.send_other(forward={"text": value, "from": "Somebody"})
            case "block":
                await chat.block()
            case "unblock":
                await chat.unblock()
            case other:
                raise ValueError(other)

    async def _button(self, chat: Chat, label: str) -> tuple[int, str]:
        """Return the newest message that has an inline button with this label, and its data.

        Where updates come twice, what is expected may come after what was not: it is waited for.
        """
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            messages = await chat.messages()
            for message in reversed(messages):
                if message.button(label) is not None:
                    return message.id, message.button_data(label)
            if asyncio.get_running_loop().time() > deadline:
                shown = [message.labels for message in messages if message.labels][-3:]
                raise AssertionError(f"nobody shows a button {label!r}: {shown}")
            self._stage.alarms.ring()
            await asyncio.sleep(_PAUSE)

    async def _look(self, expected: Mapping[str, int], quiet: float = 0) -> dict[str, list[Seen]]:
        """Return what people saw since the last look, by person.

        That is over once all has come that is expected, the bot is through, and nothing came for
        so many seconds.
        """
        seen: dict[str, list[Seen]] = defaultdict(list)
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            await self._stage.still(deadline)
            events, self._last = await self._events(self._last, wait=quiet)
            for event in events:
                sight = self._news(event, sight_of(event))
                if sight is not None and event["chat"] in self._names:
                    seen[self._names[event["chat"]]].append(sight)
            enough = all(len(seen[who]) >= number for who, number in expected.items())
            late = asyncio.get_running_loop().time() > deadline
            if late or (enough and not (quiet and events)):
                return {who: sights for who, sights in seen.items() if sights}
            if not enough:
                self._stage.alarms.ring()
            await asyncio.sleep(0 if enough else _PAUSE)

    def _news(self, event: dict[str, Any], sight: Seen | None) -> Seen | None:
        """Return None for a menu that stays as it is under the composer."""
        if sight is None or "menu" not in sight:
            return sight
        unchanged = self._menus.get(event["chat"]) == sight["menu"]
        self._menus[event["chat"]] = sight["menu"]
        return None if unchanged else sight

    async def _events(self, after: int, wait: float = 0) -> tuple[list[dict[str, Any]], int]:
        query = {"after": str(after), "wait": str(wait), "format": "json"}
        answer = await self._desk.request("GET", "events", query=query)
        return answer["events"], answer["last"]


@asynccontextmanager
async def player(stage: Stage, script: Script) -> AsyncIterator[Player]:
    """Open a desk on the stage and return who plays the script on it.

    To be opened before the bot starts: what it says by itself from then on is seen.
    """
    async with Desk(stage.sandbox.page) as desk:
        actor = Player(desk, script, stage)
        await actor.begin()
        yield actor


def compare_sights(
    where: str,
    expected: dict[str, list[Seen]],
    seen: dict[str, list[Seen]],
    *,
    any_order: bool = False,
) -> None:
    """Fail with the difference, line by line, where people see something else than expected.

    The screen of a press and a message that the same press brings may come in either order.
    """
    arranged = _sorted if any_order else _screens_first
    ordered = [arranged(_plain(expected)), arranged(_plain(seen))]
    if ordered[0] == ordered[1]:
        return
    texts = [
        yaml.dump(sights, allow_unicode=True, width=10_000).splitlines() for sights in ordered
    ]
    difference = "\n".join(difflib.unified_diff(*texts, "expected", "seen", lineterm="", n=1))
    raise AssertionError(f"{where}\n{difference}")


def _plain(value: Any) -> Any:
    """Return the same without the digits of hashes: what is hashed is random in each play."""
    match value:
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case str():
            return _HASH.sub("SHA-256", value)
        case _:
            return value


def _screens_first(sights: dict[str, list[Seen]]) -> dict[str, list[Seen]]:
    """Return the same with what a message became before what is new, for each person."""
    return {who: sorted(seen, key=lambda each: "text" in each) for who, seen in sights.items()}


def _sorted(sights: dict[str, list[Seen]]) -> dict[str, list[Seen]]:
    """Return the same in an order that does not depend on when it came."""
    return {who: sorted(seen, key=repr) for who, seen in sights.items()}


def _number(value: str | dict[str, str]) -> str:
    """Return the number of a contact; somebody else's stands as "other"."""
    return value if isinstance(value, str) else value["other"]


async def _said(chat: Chat, words: str, *, own: bool) -> Message:
    """Return the newest message with these words, of the person or of the bot."""
    messages = [message for message in await chat.messages() if message.outgoing is not own]
    found = [message for message in messages if words in message.text]
    if not found:
        raise AssertionError(f"nobody said {words!r}")
    return found[-1]


def sight_of(event: dict[str, Any]) -> Seen | None:
    """Return what a person sees of an event, or None where it is nothing new to see."""
    match event["type"]:
        case "message" if event["message"]["outgoing"]:
            return _message("text", event["message"])
        case "edit" if event["message"]["outgoing"]:
            return _message("edited", event["message"])
        case "answer" if event.get("text"):
            return {"pop-up": event["text"]}
        case "delete":
            return {"deleted": True}
        case "keyboard" if event["reply_keyboard"]:
            rows = event["reply_keyboard"]["keyboard"]
            return {"menu": [[button["text"] for button in row] for row in rows]}
        case _:
            return None


def _message(kind: str, message: dict[str, Any]) -> Seen:
    seen: Seen = {kind: message.get("text") or message.get("caption") or ""}
    for media in ("photo", "document", "video", "voice"):
        if media in message:
            seen["with"] = media
    markup = message.get("reply_markup", {})
    if markup.get("inline_keyboard"):
        rows = markup["inline_keyboard"]
        seen["buttons"] = [[button["text"] for button in row] for row in rows]
    return seen


def files(kind: str, count: int) -> list[tuple[str, bytes]]:
    """Return synthetic files to send: (name, bytes)."""
    if kind == "photo":
        return [(f"photo-{number}.png", _png(number)) for number in range(count)]
    suffix = {"document": "pdf", "voice": "ogg", "video": "mp4"}[kind]
    return [(f"file-{number}.{suffix}", f"synthetic {number}".encode()) for number in range(count)]


def _png(number: int) -> bytes:
    """Return a tiny picture; each number another one."""
    import struct  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    def chunk(name: bytes, body: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + checksum

    side = 64
    row = b"\0" + bytes([40 * number % 256, 120, 160]) * side
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * side))
        + chunk(b"IEND", b"")
    )
