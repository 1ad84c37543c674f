"""How many messages of mailings may be in flight: rate x round trip x 1.5, from 3 to 100."""

import asyncio

from bot.allowance import Allowance

FEWEST = 3
MOST = 100
LONGEST_WAIT = 0.5  # seconds
_MARGIN = 1.5
_GATHERING = 0.02  # seconds that results wait for each other, and a claim for its turn
_MEMORY = 0.1  # weight of the newest commit


class Slots:
    """Places for messages in flight; a place is free again once the result is written down.

    So a round trip is the call and the two commits around it. Paid messages have places of their
    own, for they may go at another rate.
    """

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._commit = 0.0
        self._taken = {False: 0, True: 0}
        self._freed = asyncio.Event()

    def places(self, *, paid: bool) -> int:
        """Return how many there are now."""
        round_trip = self._allowance.round_trip + 2 * self._commit + _GATHERING
        rate = self._allowance.pace(paid=paid)
        return max(FEWEST, min(MOST, round(rate * round_trip * _MARGIN)))

    async def take(self, share: int, *, paid: bool) -> int:
        """Wait for free places and take up to the share of them.

        Where there are many, a quarter must be free: people are then claimed many at a time.
        Returns 0 where too few became free in a while, so that whoever waits can look around.
        """
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                while (free := self._free(paid=paid)) < max(1, self.places(paid=paid) // 4):
                    self._freed.clear()
                    await self._freed.wait()
        except TimeoutError:
            return 0
        places = min(share, free)
        self._taken[paid] += places
        return places

    def give_back(self, places: int, *, paid: bool) -> None:
        """Free places."""
        self._taken[paid] -= places
        self._freed.set()

    def _free(self, *, paid: bool) -> int:
        return self.places(paid=paid) - self._taken[paid]

    def learn(self, commit: float) -> None:
        """Note how many seconds a commit took."""
        self._commit += _MEMORY * (commit - self._commit)
