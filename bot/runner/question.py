"""getUpdates, asked raw: one update that nobody can read must not hide the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiohttp import ClientError, ClientTimeout

from bot.runner.reading import Unreadable, read_json

OK = 200
NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})')
PATIENCE = 15.0  # seconds beyond the long poll before the connection is given up


class Unreachable(Exception):  # noqa: N818 - it names a state of affairs
    """Telegram did not answer, or something else answered in its place."""


class Refused(Exception):  # noqa: N818 - likewise
    """Telegram said no: its code, its words and, with 429, after how many seconds to return."""

    def __init__(self, code: int, description: str, retry_after: float | None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Given:
    """A raw update: its number, where it has one, and its JSON value (bytes if it is no JSON)."""

    number: int | None
    raw: object


@dataclass(frozen=True, slots=True)
class Question:
    """A way to ask for updates of these kinds."""

    bot: Bot
    allowed_updates: Sequence[str]

    async def ask(self, offset: int, *, limit: int, wait: float) -> list[Given]:
        """Return raw updates from the offset on, waiting so many seconds for the first.

        Everything below the offset is thereby confirmed. Where many together cannot be read, one
        is asked for, and given as bytes if it is the broken one. Raises Unreachable and Refused.
        """
        status, body = await self._post(offset, limit, wait)
        try:
            return _given(status, read_json(body))
        except Unreadable:
            if status != OK:
                raise Unreachable(f"HTTP {status} without JSON") from None
        if limit > 1:
            return await self.ask(offset, limit=1, wait=0)
        number = NUMBER.search(body)
        if number is None:
            raise Unreachable(f"an unreadable answer of {len(body)} bytes")
        return [Given(int(number[1]), body)]

    async def _post(self, offset: int, limit: int, wait: float) -> tuple[int, bytes]:
        session = self.bot.session
        if not isinstance(session, AiohttpSession):
            raise TypeError("updates are asked for over aiohttp")
        fields = {
            "offset": str(offset),
            "limit": str(limit),
            "timeout": str(int(wait)),
            "allowed_updates": orjson.dumps(list(self.allowed_updates)).decode(),
        }
        url = session.api.api_url(self.bot.token, "getUpdates")
        client = await session.create_session()
        try:
            async with client.post(
                url, data=fields, timeout=ClientTimeout(total=wait + PATIENCE)
            ) as response:
                return response.status, await response.read()
        except (ClientError, TimeoutError, OSError) as error:
            raise Unreachable(type(error).__name__) from error


def _given(status: int, answer: object) -> list[Given]:
    if not isinstance(answer, dict):
        raise Unreachable(f"HTTP {status} with something else than an answer")
    result = answer.get("result")
    if answer.get("ok") is True and isinstance(result, list):
        return [Given(_number(raw), raw) for raw in result]
    parameters = answer.get("parameters")
    retry_after = parameters.get("retry_after") if isinstance(parameters, dict) else None
    raise Refused(
        int(answer.get("error_code") or status), str(answer.get("description")), retry_after
    )


def _number(raw: object) -> int | None:
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) else None
