"""A proposal that is still being written."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from services.language import Language
from services.proposals.wording import text_problem


class Asked(StrEnum):
    """What a draft is asked for, in this order."""

    TOPIC = "topic"
    PLACE = "place"
    TEXT = "text"
    # Only where the board has something like it.
    SIMILAR = "similar"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Draft:
    """What the citizen has said so far.

    whole: it is for the whole country. message is the id of the message that brought the words:
    an older one does not come back. alike tells whether the board has something like it (None:
    not looked for yet), own whether the citizen said that theirs is another.
    """

    id: str
    language: Language = Language.KAZAKH
    topic: str | None = None
    region: str | None = None
    district: str | None = None
    whole: bool = False
    text: str = ""
    message: int = 0
    alike: bool | None = None
    own: bool = False

    @property
    def asked(self) -> Asked:
        """What to ask for now."""
        if self.topic is None:
            return Asked.TOPIC
        if not self.whole and self.region is None:
            return Asked.PLACE
        if text_problem(self.text) is not None:
            return Asked.TEXT
        return Asked.SIMILAR if self.alike and not self.own else Asked.CHECK

    def with_topic(self, topic: str) -> Self:
        """Return the draft with this topic."""
        return replace(self, topic=topic)

    def with_place(self, region: str | None, district: str | None) -> Self:
        """Return the draft for a place, None for the whole country."""
        return replace(
            self, region=region, district=district, whole=region is None, alike=None, own=False
        )

    def with_text(self, message: int, text: str) -> Self:
        """Return the draft with the words of a message; an older message changes nothing."""
        if message <= self.message:
            return self
        return replace(self, text=text, message=message, alike=None, own=False)
