"""Delivery of updates to the bot's webhook."""

import asyncio
import contextlib
import ipaddress
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from sandbox.server.files import Upload
from sandbox.server.forms import parse_body
from sandbox.server.payload import Json, present
from sandbox.server.queued import Entry
from sandbox.server.refusal import Refusal
from sandbox.server.telegram import Telegram

MOST_CONNECTIONS = 100
LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0
ANSWER_SECONDS = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
Answered = Callable[[Json, dict[str, Upload]], Awaitable[None]]


@dataclass(slots=True)
class Lane:
    """Updates of one kind in one chat: one at a time, in order.

    Between lanes there is no order, so a tap may overtake the message before it, as in Telegram.
    """

    waiting: deque[Entry] = field(default_factory=deque)
    running: bool = False


class Webhook:
    """Posts updates to one address with at most `max_connections` at once.

    As Telegram's own server does, the first failure is tried again at once, further ones after
    doubling pauses; a `Retry-After` header is honoured. Other hosts than loopback are refused.

    Source: https://core.telegram.org/bots/api#setwebhook
    """

    def __init__(self, telegram: Telegram, answered: Answered) -> None:
        self.url = ""
        self._telegram = telegram
        self._answered = answered
        self._secret = ""
        self._connections = 40
        self._lanes: dict[str, Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(self._connections)
        self._session: aiohttp.ClientSession | None = None
        self._last_error: tuple[int, str] | None = None
        telegram.updates.listen(self._collect)

    async def start(self, url: str, secret: str, connections: int) -> None:
        """Deliver to this address from now on; raises Refusal for an address elsewhere."""
        check_address(url)
        if not 1 <= connections <= MOST_CONNECTIONS:
            raise Refusal.bad_request("max_connections must be between 1 and 100")
        if self.url:
            await self.stop()
        self.url, self._secret, self._connections = url, secret, connections
        self._slots = asyncio.Semaphore(connections)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections),
            timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS),
        )
        self._collect()

    async def stop(self) -> None:
        """Stop delivering; what was not delivered goes back to the queue."""
        self.url = ""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        undelivered = [entry for lane in self._lanes.values() for entry in lane.waiting]
        self._telegram.updates.entries.extendleft(
            sorted(undelivered, key=lambda entry: entry.id, reverse=True)
        )
        self._telegram.webhook_pending -= len(undelivered)
        self._lanes.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def info(self) -> Json:
        """Return Telegram's WebhookInfo."""
        last_date, last_words = self._last_error or (None, None)
        allowed = self._telegram.updates.allowed
        pending = self._telegram.updates.unconfirmed + self._telegram.webhook_pending
        return present(
            url=self.url,
            has_custom_certificate=False,
            pending_update_count=pending,
            max_connections=self._connections if self.url else None,
            ip_address="127.0.0.1" if self.url else None,
            last_error_date=last_date,
            last_error_message=last_words,
            allowed_updates=sorted(allowed) if allowed else None,
        )

    def _collect(self) -> None:
        if not self.url:
            return
        entries = self._telegram.updates.entries
        while entries:
            entry = entries.popleft()
            self._telegram.webhook_pending += 1
            lane = self._lanes.setdefault(entry.lane, Lane())
            lane.waiting.append(entry)
            if not lane.running:
                lane.running = True
                task = asyncio.get_running_loop().create_task(self._run(entry.lane, lane))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _run(self, name: str, lane: Lane) -> None:
        try:
            while lane.waiting:
                await self._deliver(lane.waiting[0])
                entry = lane.waiting.popleft()
                if entry.again:
                    entry.again -= 1
                    lane.waiting.appendleft(entry)
                else:
                    self._telegram.webhook_pending -= 1
                    self._telegram.updates.last_at = time.monotonic()
        finally:
            lane.running = False
        self._lanes.pop(name, None)

    async def _deliver(self, entry: Entry) -> None:
        pause = self._telegram.settings.webhook_retry
        failures = 0
        while True:
            async with self._slots:
                retry_after = await self._post(entry)
            if retry_after is None:
                return
            failures += 1
            if retry_after == 0 and failures > 1:
                pause = min(pause * 2, LONGEST_PAUSE)
                retry_after = pause
            await asyncio.sleep(min(retry_after, LONGEST_RETRY_AFTER))

    async def _post(self, entry: Entry) -> float | None:
        if self._session is None:
            raise asyncio.CancelledError
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers[SECRET_HEADER] = self._secret
        try:
            async with self._session.post(self.url, data=entry.body, headers=headers) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(f"Connection failed: {error}")
            return 0.0
        if not answer.ok:
            self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
            return _seconds(answer.headers.get("Retry-After"))
        with contextlib.suppress(Refusal):
            parameters, files = parse_body(answer.headers.get("Content-Type", ""), body)
            if "method" in parameters:
                await self._answered(parameters, files)
        return None

    def _failed(self, words: str) -> None:
        self._last_error = (self._telegram.clock.timestamp(), words)


def _seconds(header: str | None) -> float:
    try:
        return max(0.0, float(header or 0))
    except ValueError:
        return 0.0


def check_address(url: str) -> None:
    """Raise Refusal unless an address is on loopback, where alone the sandbox delivers."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    with contextlib.suppress(ValueError):
        if parts.scheme in {"http", "https"} and ipaddress.ip_address(host).is_loopback:
            return
    if host == "localhost" and parts.scheme in {"http", "https"}:
        return
    raise Refusal.bad_request("bad webhook: the sandbox delivers to loopback addresses only")
