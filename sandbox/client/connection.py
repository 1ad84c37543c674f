"""The way to the control API."""

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
import orjson

from sandbox.client.message import Json, NotSeen

PATIENCE = 30.0
QUIET = 0.05
ROUND = 20.0


class DeskError(Exception):
    """The sandbox refused what a test asked; the message is the sandbox's own."""


class Connection:
    """Calls the control API at one address; close it, or use it as a context."""

    def __init__(self, page_url: str) -> None:
        self._url = page_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

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

    async def settle(self, timeout: float = PATIENCE, quiet: float = QUIET) -> None:  # noqa: ASYNC109  # the wait is the server's
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
