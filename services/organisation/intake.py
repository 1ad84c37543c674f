"""What the party's data say of taking appeals in and answering them, as screens read it."""

from dataclasses import dataclass
from enum import StrEnum

from services.language import choose


class TermUnit(StrEnum):
    """The days in which a term is counted."""

    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Named:
    """Something that has a code and a name in both languages."""

    code: str
    name_kk: str
    name_ru: str

    def name(self, language: str) -> str:
        """Return the name in this language."""
        return choose(language, self.name_kk, self.name_ru)


@dataclass(frozen=True, slots=True)
class AppealKind(Named):
    """A type of appeals; its code is an AppealType, its term a number of days of the unit.

    The question is a plain one whose "yes" means this type.
    """

    emoji: str
    hint_kk: str
    hint_ru: str
    question_kk: str
    question_ru: str
    term: int
    unit: TermUnit

    def hint(self, language: str) -> str:
        """Return what the type is for, at most 90 characters."""
        return choose(language, self.hint_kk, self.hint_ru)

    def question(self, language: str) -> str:
        """Return the question that helps to choose this type."""
        return choose(language, self.question_kk, self.question_ru)


@dataclass(frozen=True, slots=True)
class TopicQuestion:
    """What is asked about an appeal of one topic; answering is optional."""

    topic: str
    code: str
    kk: str
    ru: str
    retired: bool = False

    def text(self, language: str) -> str:
        """Return the question, at most 200 characters."""
        return choose(language, self.kk, self.ru)


@dataclass(frozen=True, slots=True)
class StopMessage:
    """Where help comes from sooner than from a party; it never blocks an appeal.

    topics: codes before whose free text it is shown; words: folded triggers of both languages,
    see services/appeals/stops.py. An urgent one reaches the duty operator.
    """

    code: str
    urgent: bool
    phone: str
    topics: tuple[str, ...]
    words: tuple[str, ...]
    text_kk: str
    text_ru: str

    def text(self, language: str) -> str:
        """Return the message, at most 400 characters."""
        return choose(language, self.text_kk, self.text_ru)


@dataclass(frozen=True, slots=True)
class AnswerTemplate:
    """The beginning of an answer; blanks stand as «…». For one topic, or for any (None)."""

    code: str
    topic: str | None
    title_kk: str
    title_ru: str
    text_kk: str
    text_ru: str
    retired: bool = False

    def title(self, language: str) -> str:
        """Return what the button says."""
        return choose(language, self.title_kk, self.title_ru)

    def text(self, language: str) -> str:
        """Return the text to be filled in, at most 1500 characters."""
        return choose(language, self.text_kk, self.text_ru)
