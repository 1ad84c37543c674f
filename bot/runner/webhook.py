"""The HTTP side: an update is answered 200 once its work has committed."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import StreamReader, web

from bot.runner.intake import Intake, NotNow
from bot.runner.reading import Unreadable, read_json
from bot.runner.reply import Reply, Seats, reply_json

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LARGEST = 4 * 2**20  # bytes; no update of Telegram comes near
KEPT = 64 * 2**10  # bytes of what is larger
WAITING = 1000  # updates in work or in line, past which Telegram is asked to come again
COME_AGAIN = "2"  # seconds
READY_WITHIN = 1.0  # seconds


def webhook_app(
    intake: Intake,
    *,
    path: str,
    secret: str,
    ready: Callable[[], Awaitable[object]],
    waiting: int = WAITING,
    seats: Seats | None = None,
) -> web.Application:
    """Return an application with the webhook at ``path``, ``/healthz`` and ``/readyz``.

    ``ready`` asks the database something small and raises where it cannot answer. Raises
    ValueError for an empty secret: then anybody could speak in Telegram's name. What rides in
    ``seats`` is counted by them.
    """
    if not secret:
        raise ValueError("a webhook needs a secret")
    webhook = Webhook(intake, secret.encode(), ready, waiting, seats or Seats())
    app = web.Application()
    app.router.add_post(path, webhook.receive)
    app.router.add_get("/healthz", webhook.health)
    app.router.add_get("/readyz", webhook.readiness)
    return app


class Webhook:
    """Answers Telegram and those who watch over the process."""

    def __init__(
        self,
        intake: Intake,
        secret: bytes,
        ready: Callable[[], Awaitable[object]],
        waiting: int,
        seats: Seats,
    ) -> None:
        self._intake = intake
        self._secret = secret
        self._ready = ready
        self._waiting = waiting
        self._seats = seats

    async def receive(self, request: web.Request) -> web.Response:
        """Take one update; 200 says that its work has committed or that it was set aside.

        503 asks Telegram to bring it again: too much work waits, or nothing can be stored now.
        """
        shown = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(shown, self._secret):
            return web.Response(status=401)
        if self._intake.waiting >= self._waiting:
            return _come_again()
        try:
            with self._seats.offer() as seat:
                answer = await self._take(request)
        except NotNow:
            return _come_again()
        if answer is not None and (seat.rider is not None or not self._seats.admit(answer)):
            await self._intake.send(answer)
            answer = None
        answer = seat.rider or answer
        if answer is None:
            return web.Response()
        text = reply_json(answer, self._intake.bot)
        if text is None:
            await self._intake.send(answer)
        return web.Response(body=text, content_type="application/json")

    async def health(self, _: web.Request) -> web.Response:
        """Say that the process lives."""
        return web.Response(text="ok")

    async def readiness(self, _: web.Request) -> web.Response:
        """Say whether the database answers within a second."""
        try:
            async with asyncio.timeout(READY_WITHIN):
                await self._ready()
        except Exception as error:
            log.warning("Not ready", error=type(error).__name__, exc_info=True)
            return web.Response(text="the database does not answer", status=503)
        return web.Response(text="ready")

    async def _take(self, request: web.Request) -> Reply | None:
        body = await _read(request.content)
        if len(body) > LARGEST:
            await self._intake.set_aside(body[:KEPT], f"larger than {LARGEST} bytes")
            return None
        raw: object
        try:
            raw = read_json(body)
        except Unreadable:
            raw = body
        return await self._intake.take(raw)


async def _read(content: StreamReader) -> bytes:
    """Read a body, no further than where it is too large."""
    parts, size = [], 0
    async for part in content.iter_any():
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            break
    return b"".join(parts)


def _come_again() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": COME_AGAIN})
