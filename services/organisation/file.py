"""The organisation's file: what it may say, and every mistake in it named by its place.

`demonstration.yaml` beside this module is an example with comments.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.organisation.directory import Body

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9._-]{0,31}$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Emoji = Annotated[str, Field(min_length=1, max_length=8)]
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


class TopicEntry(SectionEntry):
    """What an appeal can be about."""

    section: str


class NewsTopicEntry(SectionEntry):
    """What a post can be about."""


class AssignmentEntry(Entry):
    """Who answers for a section, from which day on."""

    section: str
    official: str
    since: date


class OfficeEntry(Entry):
    """A reception office."""

    code: Code
    region: RegionCode | None = None
    name: Names


class RouteEntry(Entry):
    """Which office handles a topic in a place; what is left out means "any"."""

    topic: str | None = None
    region: RegionCode | None = None
    district: DistrictCode | None = None
    office: str
    since: date


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
