"""A place on disk for updates that take long, so that Telegram need not keep them."""

from collections.abc import Awaitable, Callable, Mapping

from services.clock import Clock
from storage.database import Database
from storage.parked import park, parked_updates, unpark


class Shelf:
    """Keeps raw updates in the database until their work has ended.

    ``secret`` names those that must never be written down as they came: an answer to a secret
    poll stands there beside the person.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        secret: Callable[[object], Awaitable[bool]] | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._secret = secret

    async def takes(self, raw: object) -> bool:
        """Tell whether this update may lie here; one that may not stays with Telegram."""
        return self._secret is None or not await self._secret(raw)

    async def put(self, updates: Mapping[int, bytes]) -> None:
        """Keep these raw updates durably; those already there stay as they are."""
        await self._db.write(park, updates, self._clock.now())

    async def remove(self, update_id: int) -> None:
        """Forget one: its work has ended."""
        await self._db.write(unpark, update_id)

    async def rest(self) -> list[tuple[int, bytes]]:
        """Return all that is kept, in the order of their numbers."""
        return await self._db.read(parked_updates)
