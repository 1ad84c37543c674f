"""An appeal that is still being written.

Words and files stand under the ids of the messages that brought them, so a message that comes
twice changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from services.appeals.model import Attachment
from services.appeals.wording import text_problem
from services.language import Language

FILES_LIMIT = 30
# Telegram lets bots download no more (Bot API, getFile).
FILE_SIZE_LIMIT = 20 * 1024 * 1024


class Step(StrEnum):
    """What a draft is asked for, in this order."""

    TOPIC = "topic"
    PLACE = "place"
    TEXT = "text"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Draft:
    """All that the citizen has said so far.

    point is latitude and longitude in degrees. texts_since and files_since are message ids: what
    came up to them was given up by the citizen and does not come back by a repetition. While
    nothing newer has come, the old words stay.
    """

    id: str
    language: Language = Language.KAZAKH
    topic: str | None = None
    region: str | None = None
    district: str | None = None
    point: tuple[float, float] | None = None
    texts: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[int, Attachment] = field(default_factory=dict)
    texts_since: int = 0
    files_since: int = 0

    @property
    def text(self) -> str:
        """The words of all messages, in the order in which they were sent."""
        newer = [number for number in self.texts if number > self.texts_since]
        return "\n".join(self.texts[number] for number in sorted(newer or self.texts))

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing would be lost with the draft."""
        return not (self.topic or self.region or self.texts or self.files or self.point)

    @property
    def last_text(self) -> int:
        """The id of the last message whose words count, 0 where there are none."""
        return max(self.texts, default=0)

    @property
    def last_file(self) -> int:
        """The id of the last message whose file counts, 0 where there are none."""
        return max(self.files, default=0)

    @property
    def rewriting(self) -> bool:
        """Tell whether the citizen wants other words and has not written them yet."""
        return bool(self.texts) and self.last_text <= self.texts_since

    @property
    def next_step(self) -> Step:
        """What to ask for now."""
        if self.topic is None:
            return Step.TOPIC
        if self.region is None:
            return Step.PLACE
        if self.rewriting or text_problem(self.text) is not None:
            return Step.TEXT
        return Step.CHECK

    def with_text(self, message_id: int, text: str) -> Self:
        """Return the draft with the words of a message; words given up do not come back.

        PostgreSQL keeps no NUL characters, so they are left out.
        """
        if message_id <= self.texts_since:
            return self
        kept = {number: old for number, old in self.texts.items() if number > self.texts_since}
        return replace(self, texts={**kept, message_id: text.replace("\x00", "")})

    def with_file(self, message_id: int, file: Attachment) -> Self:
        """Return the draft with the file of a message; files removed do not come back."""
        if message_id <= self.files_since:
            return self
        return replace(self, files={**self.files, message_id: file})

    def with_topic(self, topic: str) -> Self:
        """Return the draft with this topic."""
        return replace(self, topic=topic)

    def with_point(self, point: tuple[float, float]) -> Self:
        """Return the draft with a point on the map: latitude and longitude in degrees."""
        return replace(self, point=point)

    def with_place(self, region: str, district: str | None, *, keep_point: bool) -> Self:
        """Return the draft for a place; a point on the map belongs to the place it came with."""
        point = self.point if keep_point else None
        return replace(self, region=region, district=district, point=point)

    def rewritten(self, since: int) -> Self:
        """Return the draft whose words up to this message are to be replaced by newer ones."""
        return replace(self, texts_since=max(self.texts_since, since))

    def with_words_kept(self) -> Self:
        """Return the draft with its words after all."""
        return replace(self, texts_since=0) if self.rewriting else self

    def without_files(self, since: int) -> Self:
        """Return the draft without the files of the messages up to this one."""
        kept = {number: file for number, file in self.files.items() if number > since}
        return replace(self, files=kept, files_since=max(self.files_since, since))
