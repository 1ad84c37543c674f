"""A balancer before webhook replicas: each update to the next one that can be reached.

It knows what Telegram knows: which updates were answered 200; and what Telegram does not: how
often one was in the hands of a replica that died, or came again though it had been dealt with.
"""

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus

import aiohttp
import orjson
from aiohttp import web

SECRET = "between-telegram-and-us"
_KEPT = ("Content-Type", "Retry-After")


class Balancer:
    """Hands updates to replicas by turns."""

    def __init__(self, replicas: Sequence[str]) -> None:
        self.url = ""
        self.answered: set[int] = set()
        self.in_flight = 0  # how often nobody could know whether an update was dealt with
        self.by_replica = dict.fromkeys(replicas, 0)
        self._at_work: set[int] = set()
        self._turn = 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Answer on a free port of loopback."""
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with aiohttp.ClientSession(connector=connector) as self._session:
            app = web.Application(client_max_size=16 * 2**20)
            app.router.add_post("/telegram", self._receive)
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
            await runner.setup()
            try:
                await web.TCPSite(runner, "127.0.0.1", 0).start()
                self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
                yield
            finally:
                await runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        number = int(orjson.loads(body)["update_id"])
        self.in_flight += number in self._at_work or number in self.answered
        self._turn += 1
        order = list(self.by_replica)
        for step in range(len(order)):
            replica = order[(self._turn + step) % len(order)]
            try:
                return await self._hand_over(replica, number, body, request)
            except aiohttp.ClientConnectorError:
                continue  # nobody is there
            except (aiohttp.ClientError, ConnectionError):
                self.in_flight += 1
                break  # it died with the update in its hands
        return web.Response(status=HTTPStatus.BAD_GATEWAY)

    async def _hand_over(
        self, replica: str, number: int, body: bytes, request: web.Request
    ) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name[:2] == "X-"}
        self._at_work.add(number)
        try:
            async with self._session.post(replica, data=body, headers=headers) as response:
                content = await response.read()
        finally:
            self._at_work.discard(number)
        if response.ok:
            self.answered.add(number)
            self.by_replica[replica] += 1
        kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
        return web.Response(status=response.status, body=content, headers=kept)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def replica_at(port: int) -> str:
    """Return the address of a bot's webhook."""
    return f"http://127.0.0.1:{port}/telegram"


def webhook_settings(balancer: Balancer, port: int) -> dict[str, str]:
    """Return the settings of a bot behind the balancer."""
    return {
        "WEBHOOK_URL": balancer.url,
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_PORT": str(port),
    }
