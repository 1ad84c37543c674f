"""How long to wait before trying again."""

import asyncio
import random


class Pauses:
    """Growing pauses with dispersion, in seconds: each about twice the last, up to a longest."""

    def __init__(self, first: float = 0.5, longest: float = 30.0) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def reset(self) -> None:
        """Begin again with the first pause: something worked."""
        self._next = self._first

    def next(self) -> float:
        """Return the pause to make now, between half and one and a half of its nominal length."""
        nominal, self._next = self._next, min(self._next * 2, self._longest)
        return dispersed(nominal)


def dispersed(seconds: float) -> float:
    """Return a length around this one, so that many who failed together do not return together."""
    return seconds * random.uniform(0.5, 1.5)  # noqa: S311 - no secret, only dispersion


async def sleep_unless(event: asyncio.Event, seconds: float) -> bool:
    """Wait so long or until the event is set; tell whether it is set."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
    return event.is_set()
