"""The way of a mailing from person to person."""

from collections import deque
from datetime import datetime
from enum import Enum

from bot.sender.ledger import Ledger
from services.delivery.claiming import (
    Recipient,
    Terms,
    again_page,
    audience_page,
    claim,
    claim_again,
    claim_late,
    late_page,
)
from services.delivery.mailing import Mailing

AHEAD = 500  # people read at once


class Way(Enum):
    """Along which people a route leads."""

    # Everybody it was for when it began, in the order of their ids.
    AUDIENCE = "audience"
    # Who joined after that, in the order of their coming.
    LATE = "late"
    # To whom it must be sent again.
    AGAIN = "again"


class Route:
    """Goes one way through the people of a mailing."""

    def __init__(self, mailing: Mailing, ledger: Ledger, way: Way) -> None:
        self._mailing = mailing
        self._ledger = ledger
        self._way = way
        self._position = mailing.cursor if way is Way.AUDIENCE else 0
        self._ahead: deque[int] = deque()
        self._joined: tuple[datetime, int] = (mailing.started_at, 0)

    async def claim(self, limit: int, terms: Terms) -> list[Recipient] | None:
        """Mark the messages of the next people as being sent and return these people.

        Returns nobody at the end of the way, None where the mailing no longer runs.
        """
        while people := await self._next(limit):
            recipients = await self._claim(people, terms)
            self._position = people[-1]
            if recipients is None or recipients:
                return recipients
        return []

    async def _next(self, limit: int) -> list[int]:
        if not self._ahead:
            self._ahead.extend(await self._read())
        return [self._ahead.popleft() for _ in range(min(limit, len(self._ahead)))]

    async def _read(self) -> list[int]:
        if self._way is Way.LATE:
            found = await self._ledger.read(late_page, self._mailing, self._joined, AHEAD)
            self._joined = found[-1] if found else self._joined
            return [person for _, person in found]
        page = again_page if self._way is Way.AGAIN else audience_page
        return list(await self._ledger.read(page, self._mailing, self._position, AHEAD))

    async def _claim(self, people: list[int], terms: Terms) -> list[Recipient] | None:
        match self._way:
            case Way.AUDIENCE:
                return await self._ledger.write(
                    claim, self._mailing, self._position, people, terms
                )
            case Way.LATE:
                return await self._ledger.write(claim_late, self._mailing, people, terms)
            case Way.AGAIN:
                return await self._ledger.write(claim_again, self._mailing, people, terms)
