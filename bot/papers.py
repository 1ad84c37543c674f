"""Documents as PDF, drawn in a worker process: in the bot's own, answers to taps would wait."""

import asyncio

from bot.worker import worker
from services.appeals.evidence_sheet import Sheet, draw


class WorkerPapers:
    """Draws one document at a time and keeps none of them."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, sheet: Sheet) -> bytes:
        """Return the document as a PDF file."""
        async with self._one_at_a_time, worker() as run:
            return await run(draw, sheet)
