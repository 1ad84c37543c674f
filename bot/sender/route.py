"""The way of a mailing from person to person."""

from collections import deque

from bot.sender.ledger import Ledger
from services.delivery.mailing import Mailing
from services.delivery.mailing_run import (
    Recipient,
    again_page,
    audience_page,
    claim,
    claim_again,
)

AHEAD = 500  # people read at once


class Route:
    """Goes through the audience, or through those to whom the mailing must be sent again."""

    def __init__(self, mailing: Mailing, ledger: Ledger, *, again: bool) -> None:
        self._mailing = mailing
        self._ledger = ledger
        self._again = again
        self._position = 0 if again else mailing.cursor
        self._ahead: deque[int] = deque()

    async def claim(self, limit: int) -> list[Recipient] | None:
        """Mark the messages of the next people as being sent and return these people.

        Returns nobody at the end of the way, None where the mailing no longer runs.
        """
        while people := await self._next(limit):
            recipients = await self._claim(people)
            self._position = people[-1]
            if recipients is None or recipients:
                return recipients
        return []

    async def _next(self, limit: int) -> list[int]:
        if not self._ahead:
            page = again_page if self._again else audience_page
            self._ahead.extend(await self._ledger.read(page, self._mailing, self._position, AHEAD))
        return [self._ahead.popleft() for _ in range(min(limit, len(self._ahead)))]

    async def _claim(self, people: list[int]) -> list[Recipient] | None:
        if self._again:
            return await self._ledger.write(claim_again, self._mailing, people)
        return await self._ledger.write(claim, self._mailing, self._position, people)
