"""What may be shown of a citizen's file: the file itself, a clean copy, or nothing."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from services.appeals.files import KeptFile


class Verdict(Enum):
    """What a look at the content says."""

    AS_IT_IS = "as it is"
    CLEANED = "cleaned"
    # None of the kinds that an appeal needs, or called what it is not.
    UNKNOWN = "unknown"
    # A picture from which the place cannot be taken.
    NOT_CLEANED = "not cleaned"
    TOO_BIG = "too big"
    GONE = "gone"
    # Telegram cannot be reached now.
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Look:
    """The verdict; where the file may be shown, the bytes to show and their extension."""

    verdict: Verdict
    data: bytes = b""
    extension: str = ""


class Inspection(Protocol):
    """Looks into files."""

    async def look(self, file: KeptFile) -> Look:
        """Return what may be shown of the file."""
