"""Telegram as a bot sees it: a queue of updates, confirmed by offset, and a list of calls."""

import asyncio
import itertools
import json
from collections import Counter, deque
from typing import Any, Self

from aiohttp import web

TOKEN = "42:" + "T" * 35
ME = {"id": 42, "is_bot": True, "first_name": "Unqosu", "username": "unqosu_bot"}


class FakeTelegram:
    """Answers the Bot API on a free port of this machine.

    ``queue`` holds the raw JSON texts of updates that nobody confirmed, ``asked`` the questions
    for updates, ``calls`` all other calls. A response in ``faults`` is given, once, in place of
    updates.
    """

    def __init__(self, port: int = 0) -> None:
        self.queue: dict[int, bytes] = {}
        self.confirmed: Counter[int] = Counter()
        self.asked: list[dict[str, str]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults: deque[web.Response] = deque()
        self._numbers = itertools.count(1)
        self._news = asyncio.Event()
        self._port = port

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/bot{token}/getUpdates", self._get_updates)
        app.router.add_post("/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._news.set()
        await self._runner.cleanup()

    def say(self, chat: int, text: str = "hello") -> int:
        """Queue a private message; return the number of its update."""
        return self.give({"message": message(chat, text)})

    def give(self, content: dict[str, Any]) -> int:
        """Queue any update under the next number."""
        number = next(self._numbers)
        return self.give_bytes(number, json.dumps({"update_id": number, **content}).encode())

    def give_bytes(self, number: int, body: bytes) -> int:
        """Queue what should be the JSON text of an update."""
        self.queue[number] = body
        self._news.set()
        return number

    def next_number(self) -> int:
        """Take a number for ``give_bytes``."""
        return next(self._numbers)

    def method_fault(self) -> web.Response | None:
        """Return what to answer a call with instead of success; tests replace this."""
        return None

    async def _get_updates(self, request: web.Request) -> web.Response:
        fields = {key: str(value) for key, value in (await request.post()).items()}
        self.asked.append(fields)
        if self.faults:
            return self.faults.popleft()
        offset, limit = int(fields["offset"]), int(fields["limit"])
        for number in [number for number in self.queue if number < offset]:
            del self.queue[number]
            self.confirmed[number] += 1
        if not self.queue:
            await self._wait(float(fields["timeout"]))
        bodies = [body for _, body in sorted(self.queue.items())[:limit]]
        text = b'{"ok":true,"result":[' + b",".join(bodies) + b"]}"
        return web.Response(body=text, content_type="application/json")

    async def _wait(self, seconds: float) -> None:
        self._news.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            pass

    async def _call(self, request: web.Request) -> web.Response:
        fields = dict(await request.post())
        method = request.match_info["method"]
        self.calls.append((method, fields))
        if (fault := self.method_fault()) is not None:
            return fault
        result: object = True
        if method == "getMe":
            result = ME
        elif method == "sendMessage":
            sent = message(int(str(fields["chat_id"])), str(fields["text"]))
            result = {**sent, "message_id": len(self.calls)}
        return web.json_response({"ok": True, "result": result})


def message(chat: int, text: str) -> dict[str, Any]:
    """Return a message of a private chat, as Telegram writes it."""
    return {
        "message_id": 1,
        "date": 1_790_000_000,
        "chat": {"id": chat, "type": "private", "first_name": "Aigul"},
        "from": {"id": chat, "is_bot": False, "first_name": "Aigul", "language_code": "kk"},
        "text": text,
    }


def press(chat: int, data: str) -> dict[str, Any]:
    """Return a tap on an inline button, as Telegram writes it."""
    return {
        "callback_query": {
            "id": str(chat),
            "from": {"id": chat, "is_bot": False, "first_name": "Aigul"},
            "chat_instance": "1",
            "data": data,
            "message": {**message(chat, "?"), "from": ME},
        }
    }


def refusal(code: int, description: str, **parameters: int) -> web.Response:
    """Return Telegram's way of saying no."""
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return web.json_response(body, status=code)
