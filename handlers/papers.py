"""Drawing documents for those who ask for one."""

from typing import Protocol

from services.appeals.evidence_sheet import Sheet


class Papers(Protocol):
    """Draws documents apart from the bot's own process."""

    async def draw(self, sheet: Sheet) -> bytes:
        """Return the document as a PDF file."""
