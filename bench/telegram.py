"""Telegram for one bot on loopback: says yes to every call and holds a backlog of updates."""

import asyncio
import re
from collections import Counter, deque
from itertools import islice
from typing import Self

from aiohttp import web

ME = {"id": 4242, "is_bot": True, "first_name": "Unqosu", "username": "unqosu_bot"}
CHAT = re.compile(rb'chat_id"?[=:](\d+)')


class Telegram:
    """A Bot API server in this process; ``backlog`` holds what nobody confirmed yet.

    ``asked`` is set by the first question for updates, ``worked_off`` by one that leaves nothing.
    """

    def __init__(self) -> None:
        self.backlog: deque[tuple[int, bytes]] = deque()
        self.calls: Counter[str] = Counter()
        self.asked = asyncio.Event()
        self.worked_off = asyncio.Event()
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/bot{token}/getUpdates", self._updates)
        app.router.add_post("/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _updates(self, request: web.Request) -> web.Response:
        asked = await request.post()
        offset, limit = int(str(asked["offset"])), int(str(asked["limit"]))
        while self.backlog and self.backlog[0][0] < offset:
            self.backlog.popleft()
        self.asked.set()
        if not self.backlog:
            self.worked_off.set()
            await asyncio.sleep(1)
        bodies = (body for _, body in islice(self.backlog, limit))
        text = b'{"ok":true,"result":[' + b",".join(bodies) + b"]}"
        return web.Response(body=text, content_type="application/json")

    async def _call(self, request: web.Request) -> web.Response:
        body = await request.read()
        method = request.match_info["method"]
        self.calls[method] += 1
        result: object = True
        if method == "getMe":
            result = ME
        elif method == "sendMessage":
            result = self._message(int(CHAT.search(body)[1]))  # type: ignore[index]  # always so
        return web.json_response({"ok": True, "result": result})

    def _message(self, chat: int) -> dict[str, object]:
        return {
            "message_id": self.calls["sendMessage"],
            "date": 1_790_000_000,
            "chat": {"id": chat, "type": "private"},
            "text": "-",
        }
