"""What happens on the desk, for those who watch: events, calls, what is pending, files."""

import asyncio
import time

import orjson
from aiohttp import web

from sandbox.server.control.answers import answer
from sandbox.server.telegram import Telegram

LONGEST_WAIT = 60.0
PULSE = 0.01
KEEP_ALIVE_SECONDS = 15.0
SHOWN = ("image/", "audio/", "video/", "application/pdf")
"""What a browser may open by itself; a page sent as a file must not act on this desk."""


class Watching:
    """Answers questions and changes nothing."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of those who watch."""
        return [
            web.get("/api/files/{file}", self.file),
            web.get("/api/events", self.events),
            web.get("/api/calls", self.calls),
            web.get("/api/pending", self.pending),
        ]

    def close(self) -> None:
        """End the streams of events."""
        self._closing.set()

    async def file(self, request: web.Request) -> web.Response:
        """Serve a file's bytes."""
        stored = self.telegram.files.find(request.match_info["file"])
        if stored is None:
            raise KeyError(request.match_info["file"])
        headers = {"X-Content-Type-Options": "nosniff"}
        if not stored.mime_type.startswith(SHOWN) or "svg" in stored.mime_type:
            headers["Content-Security-Policy"] = "sandbox"
        return web.Response(body=stored.data, content_type=stored.mime_type, headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Tell what happens: a stream, or a long poll with `format=json`."""
        events = self.telegram.events
        after = int(request.query.get("after", events.last))
        if request.query.get("format") == "json":
            wait = min(float(request.query.get("wait", 0)), LONGEST_WAIT)
            found = await events.wait(after, wait)
            return answer({"events": found, "last": events.last})
        if "Last-Event-ID" in request.headers:
            after = max(int(request.headers["Last-Event-ID"]), int(request.query.get("after", 0)))
        return await self._stream(request, after)

    async def _stream(self, request: web.Request, after: int) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        await response.write(b": here\n\n")
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            while not self._closing.is_set():
                waiting = asyncio.ensure_future(
                    self.telegram.events.wait(after, KEEP_ALIVE_SECONDS)
                )
                await asyncio.wait({waiting, closing}, return_when=asyncio.FIRST_COMPLETED)
                if not waiting.done():
                    waiting.cancel()
                    break
                for event in waiting.result():
                    after = event["id"]
                    await response.write(b"id: %d\ndata: %b\n\n" % (after, orjson.dumps(event)))
                if not waiting.result():
                    await response.write(b": still here\n\n")
        except ConnectionError:
            return response
        finally:
            closing.cancel()
        return response

    async def calls(self, request: web.Request) -> web.Response:
        """Show what the bot has called."""
        calls = self.telegram.calls
        after = int(request.query.get("after", 0))
        return answer(
            {
                "calls": [record.shown() for record in calls.after(after)],
                "last": calls.last,
                "unimplemented": dict(calls.unimplemented),
            }
        )

    async def pending(self, request: web.Request) -> web.Response:
        """Tell what the bot has not confirmed; with `wait`, once it is idle.

        `quiet` asks for that many seconds without any event, call or update first.
        """
        until = time.monotonic() + min(float(request.query.get("wait", 0)), LONGEST_WAIT)
        quiet = float(request.query.get("quiet", 0))
        while not self._settled(quiet) and time.monotonic() < until:  # noqa: ASYNC110  # idleness is no single event
            await asyncio.sleep(PULSE)
        telegram = self.telegram
        return answer(
            {
                "updates": telegram.updates.unconfirmed + telegram.webhook_pending,
                "polling": telegram.updates.polling,
                "idle": telegram.idle,
                "settled": self._settled(quiet),
                "under_way": telegram.calls.under_way,
                "last_event": telegram.events.last,
            }
        )

    def _settled(self, quiet: float) -> bool:
        telegram = self.telegram
        last = max(telegram.events.last_at, telegram.updates.last_at, telegram.calls.last_at)
        return telegram.idle and time.monotonic() - last >= quiet
