"""The organisation's file: what it may say, and every mistake in it named by its place.

`demonstration.yaml` beside this module is an example with comments.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.appeals.model import AppealType
from services.organisation.directory import Body
from services.organisation.intake import TermUnit

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9._-]{0,31}$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Emoji = Annotated[str, Field(min_length=1, max_length=8)]
Hint = Annotated[str, Field(min_length=1, max_length=90)]
Title = Annotated[str, Field(min_length=1, max_length=60)]
Message = Annotated[str, Field(min_length=1, max_length=400)]
Wording = Annotated[str, Field(min_length=1, max_length=1500)]
RegionCode = Annotated[str, Field(pattern=r"^[0-9]{2}$")]
DistrictCode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]


class Entry(BaseModel):
    """An entry of the file: unknown keys are mistakes, `region: 10` is as good as `"10"`."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, coerce_numbers_to_str=True, str_strip_whitespace=True
    )


class Names(Entry):
    """A short name in both languages."""

    kk: Name
    ru: Name


class Words(Entry):
    """A longer text in both languages."""

    kk: Annotated[str, Field(min_length=1, max_length=2000)]
    ru: Annotated[str, Field(min_length=1, max_length=2000)]


class Hints(Entry):
    """One line in both languages."""

    kk: Hint
    ru: Hint


class Titles(Entry):
    """The words of a button in both languages."""

    kk: Title
    ru: Title


class Messages(Entry):
    """A short message in both languages."""

    kk: Message
    ru: Message


class Wordings(Entry):
    """The text of an answer in both languages."""

    kk: Wording
    ru: Wording


class OfficialEntry(Entry):
    """A named person who answers for something."""

    code: Code
    body: Body
    name: Names
    position: Names


class SectionEntry(Entry):
    """A section of the Road Map; its place in the list is its place on screens."""

    code: Code
    emoji: Emoji
    name: Names


class TypeEntry(Entry):
    """A type of appeals; the term is a number of working or calendar days."""

    code: AppealType
    emoji: Emoji
    name: Names
    hint: Hints
    question: Names
    term: Annotated[int, Field(ge=1, le=90)]
    unit: TermUnit


class QuestionEntry(Entry):
    """What is asked about an appeal of a topic."""

    code: Code
    text: Names


class TopicEntry(SectionEntry):
    """What an appeal can be about."""

    section: str
    questions: Annotated[tuple[QuestionEntry, ...], Field(max_length=3)] = ()


class Triggers(Entry):
    """Beginnings of words that call for a stop message, by language."""

    kk: tuple[Name, ...] = ()
    ru: tuple[Name, ...] = ()


class StopEntry(Entry):
    """Where help comes from sooner than from a party."""

    code: Code
    urgent: bool
    phone: Annotated[str, Field(pattern=r"^[0-9+() -]{2,32}$")]
    topics: tuple[str, ...] = ()
    words: Triggers = Triggers()
    text: Messages


class TemplateEntry(Entry):
    """The beginning of an answer, for one topic or for any."""

    code: Code
    topic: str | None = None
    title: Titles
    text: Wordings


class NewsTopicEntry(SectionEntry):
    """What a post can be about, and of which topic of appeals the responses to it are."""

    responses: str | None = None


class AssignmentEntry(Entry):
    """Who answers for a section, from which day on."""

    section: str
    official: str
    since: date


class OfficeEntry(Entry):
    """A reception office; parent is that of the next level, head the official who leads it."""

    code: Code
    region: RegionCode | None = None
    district: DistrictCode | None = None
    parent: str | None = None
    head: str | None = None
    name: Names


class RouteEntry(Entry):
    """Which office handles a topic in a place; what is left out means "any"."""

    topic: str | None = None
    region: RegionCode | None = None
    district: DistrictCode | None = None
    office: str
    official: str | None = None
    since: date


class AbsenceEntry(Entry):
    """Who acts while an official is away; `until` is the first day back."""

    official: str
    deputy: str
    since: date
    until: date


class CalendarEntry(Entry):
    """A day that is working, or off, against the calendar of public holidays."""

    day: date
    working: bool
    reason: Names


class OrganisationFile(Entry):
    """The whole organisation, checked."""

    party: Names
    bodies: dict[Body, Names]
    texts: dict[str, Words]
    officials: tuple[OfficialEntry, ...]
    sections: tuple[SectionEntry, ...]
    topics: tuple[TopicEntry, ...]
    assignments: tuple[AssignmentEntry, ...]
    offices: tuple[OfficeEntry, ...]
    routes: tuple[RouteEntry, ...]
    news_topics: tuple[NewsTopicEntry, ...]
    calendar: tuple[CalendarEntry, ...] = ()
    absences: tuple[AbsenceEntry, ...] = ()
    stops: tuple[StopEntry, ...] = ()
    templates: tuple[TemplateEntry, ...] = ()
    # None: the shipped ones, types.yaml.
    types: tuple[TypeEntry, ...] | None = None
