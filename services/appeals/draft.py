"""An appeal that is still being written.

Words and files stand under the ids of the messages that brought them, so a message that comes
twice changes nothing. Only topic, place and words are asked for; type, particulars, phone and
confidentiality are there for those who want them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self

from services.appeals.model import AppealType, Attachment
from services.appeals.wording import text_problem
from services.language import Language

FILES_LIMIT = 30
# Telegram lets bots download no more (Bot API, getFile).
FILE_SIZE_LIMIT = 20 * 1024 * 1024
PARTICULAR_LIMIT = 500  # characters


class Step(StrEnum):
    """What a draft is asked for, in this order."""

    TOPIC = "topic"
    PLACE = "place"
    TEXT = "text"
    # Only where somebody else has written of the same.
    SIMILAR = "similar"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Particular:
    """The answer to one of the topic's questions, and the message that brought it."""

    message: int
    words: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """For whom a reception desk writes, and the version of the text they agreed to aloud."""

    name: str
    consent: str


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A post of the news that somebody responds to, and its first line as they read it."""

    post: int
    title: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """The election campaign to whose candidates it goes, and its title as they read it."""

    campaign: int
    title: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """The deputy to whom somebody writes, and their name as they read it."""

    deputy: str
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """All that the citizen has said so far.

    point is latitude and longitude in degrees. texts_since and files_since are message ids: what
    came up to them was given up by the citizen and does not come back by a repetition. While
    nothing newer has come, the old words stay.

    particulars are answers by code of the question, asking is the question that the next words
    answer. heard are the ids of messages that were answers, or the phone: never words of the
    text, even if they come again. alike tells whether similar appeals were found for these words
    (None: not looked for yet), own whether the citizen said that theirs is another matter.

    visitor is for whom a reception desk writes: then the language and the phone are theirs, and
    nothing similar is offered, for without a chat nobody can follow it.

    news is the post that it responds to: then nothing similar is offered either, for everybody's
    own voice counts.

    begun_on is the day on which it was begun: one of before a campaign keeps its words. mandate is
    the campaign of which it speaks, where one runs in its place.

    recipient is the deputy to whom it is written: they answer it, so nothing similar is offered.
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
    type: AppealType | None = None
    particulars: Mapping[str, Particular] = field(default_factory=dict)
    asking: str | None = None
    heard: tuple[int, ...] = ()
    phone: str | None = None
    confidential: bool = False
    alike: bool | None = None
    own: bool = False
    visitor: Visitor | None = None
    news: NewsItem | None = None
    begun_on: date | None = None
    mandate: Mandate | None = None
    recipient: Recipient | None = None

    @property
    def messages(self) -> dict[int, str]:
        """The messages whose words count, in the order in which they were sent."""
        newer = [number for number in self.texts if number > self.texts_since]
        return {number: self.texts[number] for number in sorted(newer or self.texts)}

    @property
    def text(self) -> str:
        """The words of all messages, in the order in which they were sent."""
        return "\n".join(self.messages.values())

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing would be lost with the draft."""
        # To a response or a letter the bot itself adds what it knows of topic and place.
        added = self.news is not None or self.recipient is not None
        chosen = (self.topic or self.region) and not added
        return not (chosen or self.texts or self.files or self.point or self.visitor)

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
        if self.alike and not self.own and self.visitor is None:
            return Step.SIMILAR
        return Step.CHECK

    @property
    def is_complete(self) -> bool:
        """Tell whether everything is there that an appeal needs."""
        return self.next_step in {Step.SIMILAR, Step.CHECK}

    def with_text(self, message_id: int, text: str) -> Self:
        """Return the draft with the words of a message; words given up do not come back."""
        if message_id <= self.texts_since:
            return self
        kept = {number: old for number, old in self.texts.items() if number > self.texts_since}
        return replace(self, texts={**kept, message_id: _storable(text)}, alike=None)

    def with_file(self, message_id: int, file: Attachment) -> Self:
        """Return the draft with the file of a message; files removed do not come back."""
        if message_id <= self.files_since:
            return self
        return replace(self, files={**self.files, message_id: file})

    def with_topic(self, topic: str) -> Self:
        """Return the draft with this topic; questions of another topic are not answered."""
        if topic == self.topic:
            return self
        return replace(self, topic=topic, particulars={}, asking=None, alike=None, own=False)

    def with_type(self, kind: AppealType | None) -> Self:
        """Return the draft with this type; None leaves the choice to the operator."""
        return replace(self, type=kind)

    def with_question(self, code: str | None) -> Self:
        """Return the draft whose next words answer this question of the topic."""
        return replace(self, asking=code)

    def with_particular(self, message_id: int, words: str) -> Self:
        """Return the draft with the answer to the question that was asked.

        A message that has answered a question before changes that answer only.
        """
        known = {answer.message: code for code, answer in self.particulars.items()}
        code = known.get(message_id, None if message_id in self.heard else self.asking)
        if code is None:
            return self
        answer = Particular(message_id, _storable(words)[:PARTICULAR_LIMIT])
        asking = self.asking if message_id in known else None
        kept = {**self.particulars, code: answer}
        return replace(self.with_heard(message_id), particulars=kept, asking=asking)

    def with_phone(self, phone: str | None) -> Self:
        """Return the draft with a phone in E.164, or without one."""
        return replace(self, phone=phone)

    def with_heard(self, message_id: int) -> Self:
        """Return the draft that never takes this message for words of the text."""
        return replace(self, heard=tuple(sorted({*self.heard, message_id})))

    def with_seal(self, *, confidential: bool) -> Self:
        """Return the draft with name and phone sealed, or open."""
        return replace(self, confidential=confidential)

    def with_similar(self, *, found: bool) -> Self:
        """Return the draft for whose words similar appeals were looked for."""
        return replace(self, alike=found)

    def with_own_matter(self) -> Self:
        """Return the draft of a citizen for whom nothing similar is the same."""
        return replace(self, own=True)

    def with_point(self, point: tuple[float, float]) -> Self:
        """Return the draft with a point on the map: latitude and longitude in degrees."""
        return replace(self, point=point)

    def with_place(self, region: str, district: str | None, *, keep_point: bool) -> Self:
        """Return the draft for a place; a point on the map belongs to the place it came with."""
        point = self.point if keep_point else None
        changed = replace(self, region=region, district=district, point=point)
        same = (region, district) == (self.region, self.district)
        return changed if same else replace(changed, alike=None, own=False)

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


def _storable(text: str) -> str:
    """Return the text without NUL characters, which PostgreSQL does not keep."""
    return text.replace("\x00", "")
