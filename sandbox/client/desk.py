"""The desk over the control API: its people, its clock, its faults."""

from typing import Any

from sandbox.client.chat import Chat
from sandbox.client.connection import Connection
from sandbox.client.message import Json


class Desk(Connection):
    """The sandbox seen by a test: `async with Desk(sandbox.page) as desk`."""

    def __init__(self, page_url: str) -> None:
        super().__init__(page_url)
        self._chats: dict[int, Chat] = {}

    async def person(self, who: int | str) -> Chat:
        """Return the chat of a person, by id, username or name; raises KeyError."""
        for person in await self.people():
            names = {
                person["first_name"],
                f"{person['first_name']} {person['last_name'] or ''}".strip(),
                person["username"],
            }
            if who == person["id"] or who in names:
                return self.chat(person["id"])
        raise KeyError(who)

    async def people(self) -> list[Json]:
        """Return everybody on the desk."""
        people: list[Json] = (await self.request("GET", "state"))["people"]
        return people

    def chat(self, chat_id: int) -> Chat:
        """Return a chat by its id; always the same object."""
        return self._chats.setdefault(chat_id, Chat(self, chat_id))

    async def join(self, first_name: str, **facts: Any) -> Chat:
        """Let a new person join and return the chat."""
        person = await self.request("POST", "people", {"first_name": first_name, **facts})
        return self.chat(person["id"])

    async def channel(self, title: str, **facts: Any) -> Chat:
        """Open a channel and return it; the bot is its administrator, unless `bot="member"`.

        What is sent, edited and deleted there is its own: `send`, `send_files`, `edit`.
        """
        chat = await self.request("POST", "chats", {"type": "channel", "title": title, **facts})
        return self.chat(chat["id"])

    async def advance(self, seconds: float) -> Json:
        """Move the clock forward by seconds."""
        return await self._clock({"advance": seconds})

    async def next_working_day(self, at: str = "08:30") -> Json:
        """Move the clock to a time on the next working day in Almaty."""
        return await self._clock({"next_working_day": at})

    async def move_clock(self, to: str) -> Json:
        """Move the clock to an instant in ISO 8601 with a zone."""
        return await self._clock({"to": to})

    async def _clock(self, body: Json) -> Json:
        clock: Json = await self.request("POST", "clock", body)
        return clock

    async def fault(self, kind: str, count: int = 1, **facts: Any) -> None:
        """Order a fault (count -1: until cleared)."""
        await self.request("POST", "faults", {"kind": kind, "count": count, **facts})

    async def clear_faults(self) -> None:
        """Clear every order."""
        await self.request("DELETE", "faults")

    async def limits(self, **changes: Any) -> Json:
        """Change the limits (`off=True`: none) and return them with what they refused."""
        limits: Json = await self.request("POST", "limits", changes)
        return limits

    async def calls(self, method: str | None = None, after: int = 0) -> list[Json]:
        """Return what the bot has called, one method's calls if named."""
        found = await self.request("GET", "calls", query={"after": str(after)})
        return [call for call in found["calls"] if method in {None, call["method"]}]

    async def inject(self, update: Json) -> int:
        """Queue an update of any content and return its id."""
        return int((await self.request("POST", "updates", update))["update_id"])
