"""A person's hands for tests: write, tap and read over the control API."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
import orjson

Json = dict[str, Any]
Pattern = str | re.Pattern[str]
ANSWER_SECONDS = 5.0
PATIENCE = 10.0
QUIET = 0.05
ROUND = 20.0


class DeskError(Exception):
    """The sandbox refused what a test asked; the message is the sandbox's own."""


class NotSeen(AssertionError):  # noqa: N818  # reads as the failure of a test
    """What a test waited for did not come; the message shows the end of the chat."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The pop-up after a tap; an empty text only ends the button's spinning."""

    text: str
    show_alert: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was when it was read; `json` is Telegram's own object."""

    json: Json

    @property
    def id(self) -> int:
        """The message's number in its chat."""
        return int(self.json["message_id"])

    @property
    def outgoing(self) -> bool:
        """Whether the bot sent it."""
        return bool(self.json["outgoing"])

    @property
    def text(self) -> str:
        """The text, or the caption; empty for neither."""
        return str(self.json.get("text") or self.json.get("caption") or "")

    @property
    def event(self) -> int:
        """The number of the event that last changed it."""
        return int(self.json["event"])

    @property
    def buttons(self) -> list[list[Json]]:
        """The rows of inline buttons."""
        rows: list[list[Json]] = self.json.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def labels(self) -> list[str]:
        """The texts of the inline buttons, in reading order."""
        return [str(button["text"]) for row in self.buttons for button in row]

    def button(self, label: Pattern) -> Json | None:
        """Return the first button whose text is the label (a pattern: matches it)."""
        for row in self.buttons:
            for button in row:
                if fits(label, str(button["text"])):
                    return button
        return None

    def button_data(self, label: Pattern) -> str:
        """Return the callback data behind a label; raises NotSeen."""
        button = self.button(label)
        if button is None or "callback_data" not in button:
            raise NotSeen(f"no button {label!r} with data among {self.labels}")
        return str(button["callback_data"])


def fits(label: Pattern, text: str) -> bool:
    """Return whether a text is this label; a compiled pattern is searched for in it."""
    if isinstance(label, str):
        return label == text
    return label.search(text) is not None


class Desk:
    """The sandbox seen by a test: `async with Desk(sandbox.page) as desk`."""

    def __init__(self, page_url: str) -> None:
        self._url = page_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None
        self._chats: dict[int, Chat] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def request(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        form: aiohttp.FormData | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """Call the control API and return its JSON; raises DeskError for a refusal."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90))
        data = form if form is not None else None if body is None else orjson.dumps(body)
        url = f"{self._url}/api/{path}"
        async with self._session.request(method, url, data=data, params=query) as response:
            content = orjson.loads(await response.read())
        if not response.ok:
            raise DeskError(content.get("error", str(response.status)))
        return content

    async def person(self, who: int | str) -> "Chat":
        """Return the chat of a person, by id, username or name; raises KeyError."""
        for person in await self.people():
            names = {
                person["first_name"],
                f"{person['first_name']} {person['last_name'] or ''}".strip(),
                person["username"],
            }
            if who == person["id"] or who in names:
                return self.chat(person["id"])
        raise KeyError(who)

    async def people(self) -> list[Json]:
        """Return everybody on the desk."""
        people: list[Json] = (await self.request("GET", "state"))["people"]
        return people

    def chat(self, chat_id: int) -> "Chat":
        """Return a chat by its id; always the same object."""
        return self._chats.setdefault(chat_id, Chat(self, chat_id))

    async def join(self, first_name: str, **facts: Any) -> "Chat":
        """Let a new person join and return the chat."""
        person = await self.request("POST", "people", {"first_name": first_name, **facts})
        return self.chat(person["id"])

    async def settle(self, timeout: float = PATIENCE, quiet: float = QUIET) -> None:  # noqa: ASYNC109
        """Wait until the bot has confirmed everything and nothing happened for a moment.

        Raises NotSeen when the bot is still busy after `timeout` seconds.
        """
        until = time.monotonic() + timeout
        while True:
            left = max(0.0, until - time.monotonic())
            query = {"wait": str(min(left, ROUND)), "quiet": str(quiet)}
            state = await self.request("GET", "pending", query=query)
            if state["settled"]:
                return
            if time.monotonic() >= until:
                raise NotSeen(f"the bot is still busy: {state}")

    async def advance(self, seconds: float) -> Json:
        """Move the clock forward by seconds."""
        return await self._clock({"advance": seconds})

    async def next_working_day(self, at: str = "08:30") -> Json:
        """Move the clock to a time on the next working day in Almaty."""
        return await self._clock({"next_working_day": at})

    async def move_clock(self, to: str) -> Json:
        """Move the clock to an instant in ISO 8601 with a zone."""
        return await self._clock({"to": to})

    async def _clock(self, body: Json) -> Json:
        clock: Json = await self.request("POST", "clock", body)
        return clock

    async def fault(self, kind: str, count: int = 1, **facts: Any) -> None:
        """Order a fault (count -1: until cleared)."""
        await self.request("POST", "faults", {"kind": kind, "count": count, **facts})

    async def clear_faults(self) -> None:
        """Clear every order."""
        await self.request("DELETE", "faults")

    async def limits(self, **changes: Any) -> Json:
        """Change the limits (`off=True`: none) and return them with what they refused."""
        limits: Json = await self.request("POST", "limits", changes)
        return limits

    async def calls(self, method: str | None = None, after: int = 0) -> list[Json]:
        """Return what the bot has called, one method's calls if named."""
        found = await self.request("GET", "calls", query={"after": str(after)})
        return [call for call in found["calls"] if method in {None, call["method"]}]

    async def inject(self, update: Json) -> int:
        """Queue an update of any content and return its id."""
        return int((await self.request("POST", "updates", update))["update_id"])


class Chat:
    """One chat, from a person's side.

    `wait_for` looks at what the bot sent or edited after the person's last own action.
    """

    def __init__(self, desk: Desk, chat_id: int) -> None:
        self.id = chat_id
        self._desk = desk
        self._mark = 0

    async def _act(self, path: str, body: Json | None = None, **more: Any) -> Any:
        before = await self._desk.request("GET", "events", query={"format": "json"})
        result = await self._desk.request("POST", f"chats/{self.id}/{path}", body or {}, **more)
        self._mark = before["last"]
        return result

    async def send(
        self, text: str, *, reply_to: int | None = None, sender: int | None = None
    ) -> Message:
        """Write a text (`sender`: who, in a group) and return the (last) message."""
        body = {"text": text, "reply_to": reply_to, "from": sender}
        found = await self._act("messages", body)
        return Message(found["messages"][-1] | {"event": 0})

    async def start(self, payload: str = "") -> None:
        """Press «Start», perhaps by a deep link."""
        await self._act("start", {"payload": payload})

    async def send_files(
        self, kind: str, *files: Path | bytes | tuple[str, bytes], caption: str = ""
    ) -> list[Message]:
        """Send a photo, document, video, voice or audio file; several go as an album."""
        form = aiohttp.FormData()
        form.add_field("kind", kind)
        form.add_field("caption", caption)
        for number, file in enumerate(files, 1):
            name, data = _named(file, f"file{number}")
            form.add_field("file", data, filename=name)
        found = await self._act("messages", form=form)
        return [Message(message | {"event": 0}) for message in found["messages"]]

    async def send_other(self, **content: Any) -> None:
        """Send what is neither text nor file: sticker=True, dice=True, forward={...}, ..."""
        await self._act("messages", content)

    async def location(self, latitude: float, longitude: float) -> None:
        """Share a place."""
        await self.send_other(location={"latitude": latitude, "longitude": longitude})

    async def contact(self, phone_number: str = "+77000000000", *, own: bool = True) -> None:
        """Share a telephone number."""
        await self.send_other(contact={"phone_number": phone_number, "own": own})

    async def edit(self, message_id: int, text: str) -> None:
        """Change one's own message."""
        path = f"chats/{self.id}/messages/{message_id}"
        await self._desk.request("PATCH", path, {"text": text})

    async def press(
        self,
        label: Pattern,
        message_id: int | None = None,
        *,
        wait: float = ANSWER_SECONDS,
        sender: int | None = None,
    ) -> Answer | None:
        """Tap an inline button of the newest message that has it, and wait for the answer.

        Returns None when the bot did not answer within `wait` seconds; raises NotSeen for a
        label that is on no message.
        """
        for message in reversed(await self.messages()):
            if message_id not in {None, message.id}:
                continue
            button = message.button(label)
            if button is not None:
                data = str(button.get("callback_data", ""))
                return await self.press_data(message.id, data, wait=wait, sender=sender)
        raise NotSeen(f"no button {label!r}\n{await self._ending()}")

    async def press_data(
        self,
        message_id: int,
        data: str,
        *,
        wait: float = ANSWER_SECONDS,
        sender: int | None = None,
    ) -> Answer | None:
        """Tap with any data, forged ones too."""
        body = {"message_id": message_id, "data": data, "wait": wait, "from": sender}
        answer = (await self._act("press", body))["answer"]
        return None if answer is None else Answer(**answer)

    async def tap(self, label: Pattern) -> Message:
        """Tap a button of the reply keyboard; raises NotSeen when it is not there."""
        keyboard = await self.reply_keyboard() or []
        for button in (button for row in keyboard for button in row):
            if fits(label, button["text"]):
                return await self.send(button["text"])
        raise NotSeen(f"no button {label!r} among {keyboard}")

    async def block(self) -> None:
        """Block the bot."""
        await self._act("block")

    async def unblock(self) -> None:
        """Take the bot back."""
        await self._act("unblock")

    async def shown(self) -> Json:
        """Return everything the chat shows: messages, commands, reply keyboard, actions."""
        shown: Json = await self._desk.request("GET", f"chats/{self.id}")
        return shown

    async def messages(self) -> list[Message]:
        """Return all messages, oldest first."""
        return [Message(message) for message in (await self.shown())["messages"]]

    async def last(self) -> Message:
        """Return the newest message of the bot; raises NotSeen when there is none."""
        for message in reversed(await self.messages()):
            if message.outgoing:
                return message
        raise NotSeen("the bot has sent nothing")

    async def commands(self) -> dict[str, str]:
        """Return the commands that this person is offered, with their descriptions."""
        commands = (await self.shown())["commands"]
        return {each["command"]: each["description"] for each in commands}

    async def reply_keyboard(self) -> list[list[Json]] | None:
        """Return the rows of the reply keyboard that is open."""
        keyboard = (await self.shown())["reply_keyboard"]
        return None if keyboard is None else keyboard["keyboard"]

    async def wait_for(
        self,
        wanted: Pattern | Callable[[Message], bool],
        timeout: float = PATIENCE,  # noqa: ASYNC109
    ) -> Message:
        """Return the newest message of the bot that fits, as soon as there is one.

        Looked at are messages sent or edited since the person's last action here; a string is a
        regular expression searched for in the text or caption. Raises NotSeen after `timeout` s.
        """
        until = time.monotonic() + timeout
        pattern = None if callable(wanted) else re.compile(wanted)
        while True:
            now = (await self._desk.request("GET", "events", query={"format": "json"}))["last"]
            for message in reversed(await self.messages()):
                if not message.outgoing or message.event <= self._mark:
                    continue
                if pattern.search(message.text) if pattern else wanted(message):  # type: ignore[operator]
                    return message
            left = until - time.monotonic()
            if left <= 0:
                raise NotSeen(f"{wanted!r} did not come\n{await self._ending()}")
            query = {"after": str(now), "wait": f"{min(left, ROUND):.3f}", "format": "json"}
            await self._desk.request("GET", "events", query=query)

    async def settle(self, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Wait until the bot has done its work (see Desk.settle)."""
        await self._desk.settle(timeout)

    async def _ending(self) -> str:
        lines = [
            f"{'bot' if message.outgoing else 'person'}: {message.text!r} {message.labels}"
            for message in (await self.messages())[-5:]
        ]
        return "\n".join(["the chat ends with", *lines])


def _named(file: Path | bytes | tuple[str, bytes], name: str) -> tuple[str, bytes]:
    if isinstance(file, Path):
        return file.name, file.read_bytes()
    return (name, file) if isinstance(file, bytes) else file
