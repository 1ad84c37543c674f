"""A bot of a few lines on the raw Bot API: what the page shows depends on no framework."""

from types import TracebackType
from typing import Any, Self

import aiohttp
import orjson

Json = dict[str, Any]


class TinyBot:
    """Calls methods of the Bot API by name and confirms the updates it takes."""

    def __init__(self, bot_api: str, token: str) -> None:
        self._url = f"{bot_api}/bot{token}"
        self._session = aiohttp.ClientSession()
        self._offset = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def call(self, method: str, **arguments: Any) -> Any:
        """Return the method's result; fails the test when the sandbox refuses."""
        body = orjson.dumps(arguments)
        headers = {"Content-Type": "application/json"}
        url = f"{self._url}/{method}"
        async with self._session.post(url, data=body, headers=headers) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, person: int, text: str, **more: Any) -> int:
        """Send a text and return its message id."""
        sent: Json = await self.call("sendMessage", chat_id=person, text=text, **more)
        return int(sent["message_id"])

    async def ask(self, person: int, text: str, *rows: list[Json]) -> int:
        """Send a text with inline buttons and return its message id."""
        return await self.say(person, text, reply_markup={"inline_keyboard": list(rows)})

    async def send_photo(self, person: int, picture: bytes, caption: str) -> int:
        """Upload a PNG as a photo and return its message id."""
        form = aiohttp.FormData({"chat_id": str(person), "caption": caption})
        form.add_field("photo", picture, filename="photo.png", content_type="image/png")
        async with self._session.post(f"{self._url}/sendPhoto", data=form) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return int(answer["result"]["message_id"])

    async def heard(self, kind: str, count: int = 1) -> list[Json]:
        """Wait for that many updates of a kind and return their contents; others are skipped."""
        found: list[Json] = []
        while len(found) < count:
            updates = await self.call("getUpdates", offset=self._offset, timeout=60)
            assert updates, f"no {kind} came within a minute"
            for update in updates:
                self._offset = update["update_id"] + 1
                if kind in update and len(found) < count:
                    found.append(update[kind])
        await self.call("getUpdates", offset=self._offset, timeout=0)
        return found
