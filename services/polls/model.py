"""What a poll is, once launched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.delivery.target import Target
from services.language import choose

MOST_QUESTIONS = 12
MOST_OPTIONS = 12  # of a choice, with «other» and «difficult to answer»
MOST_RANKED = 6
LONGEST_TEXT = 500  # characters of an answer in words
LONGEST_OTHER = 100  # and of «other»
END = "end"  # where a skip may lead besides to a question's code


class PollStatus(StrEnum):
    """How far a poll has come; it only moves forward."""

    # Answers are taken.
    OPEN = "open"
    # No more answers; they are being opened and counted.
    CLOSING = "closing"
    # Results are written and ballots deleted; keys and their traces are being destroyed.
    COUNTED = "counted"
    CLOSED = "closed"


class PollKind(StrEnum):
    """Whether anybody can learn how a person answered."""

    SECRET = "secret"  # noqa: S105  # no password
    # For example a sign-up; every respondent is warned before answering.
    NAMED = "named"


class QuestionType(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"  # low…high, 1–5 or 0–10
    RANKING = "ranking"
    NUMBER = "number"
    TEXT = "text"
    PHOTO = "photo"


class OptionRole(StrEnum):
    """What an option is; all but plain ones stand last, in this order."""

    PLAIN = "plain"
    OTHER = "other"  # «басқа / другое», with words of one's own
    NONE = "none"  # excludes the others
    DIFFICULT = "difficult"  # «жауап беру қиын / затрудняюсь ответить», excludes the others too


class Stream(StrEnum):
    """How a respondent came; the two are never mixed silently."""

    INVITED = "invited"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `position` counts from 0."""

    position: int
    text_kk: str
    text_ru: str
    role: OptionRole = OptionRole.PLAIN

    def text(self, language: str) -> str:
        """Return the words in this language."""
        return choose(language, self.text_kk, self.text_ru)

    @property
    def difficult(self) -> bool:
        """Tell whether this is «difficult to answer»."""
        return self.role is OptionRole.DIFFICULT

    @property
    def exclusive(self) -> bool:
        """Tell whether no other option may be chosen beside it."""
        return self.role in {OptionRole.NONE, OptionRole.DIFFICULT}


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers from low to high, the two ends worded."""

    low: int
    high: int
    low_kk: str
    low_ru: str
    high_kk: str
    high_ru: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Who chose any of these options goes on with the question of this code, or to the END.

    Options by position, of a scale by value.
    """

    options: frozenset[int]
    target: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `position` counts from 0.

    options: of single, multiple and ranking; also «difficult to answer» of a scale (role
    difficult, the only option there). least, most: how many options of a multiple choice or how
    many places of a ranking; the bounds of a number. random: each person meets the plain options
    in an order of their own.
    """

    position: int
    code: str  # 1 to 16 of a–z, 0–9 and _; unique in the poll
    type: QuestionType
    text_kk: str
    text_ru: str
    options: tuple[Option, ...] = ()
    least: int = 1
    most: int = 1
    scale: Scale | None = None
    random: bool = False
    required: bool = True  # False: may be skipped
    skips: tuple[Skip, ...] = ()
    # A picture above the question: a Telegram file id.
    photo: str | None = None

    def text(self, language: str) -> str:
        """Return the question in this language."""
        return choose(language, self.text_kk, self.text_ru)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person answered to one question; see `services.polls.answers` for the rules.

    chosen: positions of options in their order (by rank for a ranking), the value of a scale, or
    nothing. number: of a number. text: the words of a text or of «other», the file id of a photo.
    An Answer with nothing in it is a question that was skipped; a question that was not asked
    has no Answer.
    """

    chosen: tuple[int, ...] = ()
    value: int | None = None  # of a scale
    number: int | None = None
    text: str = ""

    @property
    def skipped(self) -> bool:
        """Tell whether the question was seen and left without an answer."""
        return not self.chosen and self.value is None and self.number is None and not self.text


# By position of the question; a question that was not asked is not there.
Answers = Mapping[int, Answer]


@dataclass(frozen=True, slots=True)
class Passport:
    """What cannot change after the launch, and what is told with every result."""

    topic_class: str = "social"
    kind: PollKind = PollKind.SECRET
    author: int = 0
    approver: int | None = None
    wording_hash: str = ""  # SHA-256 over questions and options in both languages, hex
    # Legal entity, notice number, customer, payer, method, n, error: of political classes only.
    legal: Mapping[str, str] | None = None
    # The closing time announced first, where it was extended.
    extended_from: datetime | None = None
    # {"size", "seed_hash", "seed" once closed}: a stratified random sample; None: everybody.
    sample: Mapping[str, Any] | None = None
    quotas: Mapping[str, Any] | None = None
    # Only who has confirmed a phone number answers.
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    """What everybody may know; apart from one extension it never changes after the launch."""

    id: int
    title_kk: str
    title_ru: str
    questions: tuple[Question, ...]
    target: Target
    launched_at: datetime
    closes_at: datetime
    passport: Passport = field(default_factory=Passport)
    # A picture above the invitation: a Telegram file id.
    photo: str | None = None

    def title(self, language: str) -> str:
        """Return what the poll is called; of a plain poll its question."""
        return choose(language, self.title_kk, self.title_ru)

    @property
    def plain(self) -> bool:
        """Tell whether it is one single choice, which is answered by one tap on the invitation."""
        if len(self.questions) != 1 or self.passport.kind is PollKind.NAMED:
            return False
        only = self.questions[0]
        other = any(option.role is OptionRole.OTHER for option in only.options)
        return only.type is QuestionType.SINGLE and only.required and not other

    @property
    def options(self) -> tuple[Option, ...]:
        """Return the options of a plain poll."""
        return self.questions[0].options

    def question(self, code: str) -> Question:
        """Return the question of this code; raises KeyError."""
        return {one.code: one for one in self.questions}[code]


@dataclass(frozen=True, slots=True)
class Launched:
    """A poll with how far it has come and where its key is."""

    poll: Poll
    status: PollStatus
    # Names the key file.
    draft_id: str
    public_key: bytes
    created_by: int
    # When answers stopped being taken; None while they are.
    frozen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Running:
    """A poll that takes answers, as staff see it: participation and no counts."""

    poll: Poll
    # In whole tens.
    participation: int
    invited: int | None = None


def plain_questions(text_kk: str, text_ru: str, options: Sequence[Option]) -> tuple[Question, ...]:
    """Return the questions of a poll that is one single choice."""
    return (Question(0, "q1", QuestionType.SINGLE, text_kk, text_ru, tuple(options)),)
