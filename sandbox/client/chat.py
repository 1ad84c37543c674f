"""One chat, from a person's side."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

from sandbox.client.connection import PATIENCE, ROUND, Connection
from sandbox.client.message import Answer, Json, Message, NotSeen, Pattern, fits

ANSWER_SECONDS = 20.0


class Chat:
    """One chat, from a person's side.

    `wait_for` looks at what the bot sent or edited after the person's last own action.
    """

    def __init__(self, desk: Connection, chat_id: int) -> None:
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

    async def send_html(self, html: str) -> Message:
        """Write a text formatted with Telegram's HTML."""
        found = await self._act("messages", {"html": html})
        return Message(found["messages"][-1] | {"event": 0})

    async def hand_on(self, channel: int, message_id: int) -> None:
        """Forward a post of a channel to the bot."""
        await self.send_other(forward={"chat": channel, "message_id": message_id})

    async def change_bot(self, wanted: str, sender: int) -> None:
        """In a group or channel: let somebody make the bot administrator, member, or left."""
        await self._act("bot", {"as": wanted, "from": sender})

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

    async def react(self, message_id: int, emoji: str | None) -> None:
        """React to a message; None takes the reaction back."""
        await self._act("react", {"message_id": message_id, "emoji": emoji})

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
        timeout: float = PATIENCE,  # noqa: ASYNC109  # the wait is the server's
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

    async def settle(self, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109  # the wait is the server's
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
