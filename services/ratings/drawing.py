"""What keeps the pictures of deputies, drawn in a worker process."""

from pathlib import Path
from typing import Protocol

from services.polls.chart import Card


class Pictures(Protocol):
    """Keeps pictures by what is on them."""

    async def picture(self, written: Card) -> Path:
        """Return the picture of a card, drawn unless it is there."""
