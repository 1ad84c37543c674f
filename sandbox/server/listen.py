"""The sandbox as a whole: state, two listeners on loopback, and their addresses."""

import contextlib
import ipaddress
import re
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.seed import Seed
from sandbox.server.bot_api import BotApi
from sandbox.server.clock import SandboxClock
from sandbox.server.control import Control
from sandbox.server.limits import Limits
from sandbox.server.settings import Settings
from sandbox.server.telegram import Telegram

DEFAULT_TOKEN = "4242424242:AAHdeskdeskdeskdeskdeskdeskdeskdesk"  # noqa: S105  # opens nothing
TOKEN_SHAPE = re.compile(r"^(\d{5,}):[A-Za-z0-9_-]{30,}$")
SHUTDOWN_SECONDS = 0.2


class Sandbox:
    """Telegram on your desk: `async with Sandbox(seed) as sandbox`.

    Port 0 takes any free one. `bot_api` and `page` are the addresses once it runs. Raises
    ValueError for a token that is not of Telegram's shape and for a host off loopback.
    """

    def __init__(
        self,
        seed: Seed | None = None,
        *,
        bot_api_port: int = 8081,
        page_port: int = 8080,
        host: str = "127.0.0.1",
        token: str = DEFAULT_TOKEN,
        limits: Limits | None = None,
        start_at: datetime | None = None,
        settings: Settings | None = None,
    ) -> None:
        check_loopback(host)
        found = TOKEN_SHAPE.match(token)
        if found is None:
            raise ValueError("a bot token looks like 123456:ABC..., with 30 or more signs")
        self.token = token
        self.clock = SandboxClock(start_at)
        self.telegram = Telegram(
            seed or Seed(),
            int(found.group(1)),
            self.clock,
            limits or Limits(),
            settings or Settings(),
        )
        self._host = host
        self._ports = (bot_api_port, page_port)
        self._bot_api = BotApi(self.telegram, token)
        self._control = Control(self.telegram)
        self._runners: list[web.AppRunner] = []
        self.bot_api = ""
        self.page = ""

    @property
    def unimplemented(self) -> dict[str, int]:
        """How often the bot called methods that the sandbox does not have, by name."""
        return dict(self.telegram.calls.unimplemented)

    async def __aenter__(self) -> Self:
        try:
            self.bot_api = await self._listen(self._bot_api.application(), self._ports[0])
            self.page = await self._listen(self._control.application(), self._ports[1])
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop listening and end what is under way."""
        await self._bot_api.close()
        self._control.close()
        for runner in self._runners:
            await runner.cleanup()
        self._runners.clear()

    async def _listen(self, app: web.Application, port: int) -> str:
        runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=SHUTDOWN_SECONDS
        )
        self._runners.append(runner)
        await runner.setup()
        site = web.TCPSite(runner, self._host, port)
        await site.start()
        host, bound = runner.addresses[0][:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{bound}"


def check_loopback(host: str) -> None:
    """Raise ValueError for an address that others could reach."""
    with contextlib.suppress(ValueError):
        if host == "localhost" or ipaddress.ip_address(host).is_loopback:
            return
    raise ValueError(
        f"the sandbox listens on loopback only (127.0.0.1), never on {host}: "
        "anyone who reaches it can act as any of its people"
    )
